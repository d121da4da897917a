import type { FC } from 'hono/jsx'
import { type Column, ConfidenceChip, label, TierChip } from '../../ui/index.ts'
import type { Kind, Rec } from '../schema.ts'
import { leadingMoment } from '../views/moments.ts'
import { statesWithType, typesOf } from '../views/state.ts'
import {
  amountText,
  DateText,
  DoubtCount,
  firstClause,
  inEnglish,
  RecordLink,
  Status,
  shortCourt,
  Where,
} from './parts.tsx'
import type { View } from './view.ts'

type Col = Column<Rec>

const titleColumn = (v: View, kind: Kind): Col => ({
  key: 'title',
  head: label(v.lang, 'kind', kind),
  rowHead: true,
  cell: (rec) => (
    <>
      <RecordLink v={v} rec={rec} />
      <span class="note-line" lang={inEnglish(v.lang)}>
        {firstClause(rec.summary)}
      </span>
    </>
  ),
})

export function columnsOf(v: View, kind: Kind): readonly Col[] {
  const t = v.t.list
  const where: Col = { key: 'where', head: t.where, cell: (rec) => <Where v={v} rec={rec} most={2} /> }
  const date: Col = {
    key: 'date',
    head: t.date,
    nowrap: true,
    cell: (rec) => <DateText v={v} date={leadingMoment(rec)?.date} />,
  }
  const status: Col = { key: 'status', head: t.status, cell: (rec) => <Status v={v} rec={rec} asOf /> }
  const doubts: Col = {
    key: 'doubts',
    head: t.doubts,
    nowrap: true,
    cell: (rec) => <DoubtCount v={v} rec={rec} />,
  }
  const title = titleColumn(v, kind)
  switch (kind) {
    case 'measure':
      return [
        title,
        where,
        date,
        status,
        { key: 'tier', head: t.tier, cell: (rec) => <TierOf v={v} rec={rec} /> },
        doubts,
      ]
    case 'federal-action':
      return [
        title,
        where,
        date,
        status,
        {
          key: 'amount',
          head: t.amount,
          align: 'right',
          cell: (rec) =>
            rec.kind === 'federal-action' && rec.amount_usd !== undefined ? (
              amountText(rec.amount_usd, v.lang)
            ) : (
              <span class="muted">–</span>
            ),
        },
        doubts,
      ]
    case 'lawsuit':
      return [
        title,
        where,
        { ...date, head: v.t.state.suits.filed },
        {
          key: 'court',
          head: t.court,
          cell: (rec) => (
            <span lang={inEnglish(v.lang)}>{rec.kind === 'lawsuit' ? shortCourt(rec) : ''}</span>
          ),
        },
        status,
        doubts,
      ]
    case 'alliance':
      return [
        title,
        {
          key: 'members',
          head: t.members,
          align: 'right',
          cell: (rec) => (rec.kind === 'alliance' ? rec.members.length : ''),
        },
        { ...date, head: v.t.state.alliances.founded },
        {
          key: 'instrument',
          head: t.instrument,
          cell: (rec) => (
            <span lang={inEnglish(v.lang)}>{rec.kind === 'alliance' ? rec.instrument : ''}</span>
          ),
        },
        status,
        doubts,
      ]
    case 'doctrine':
      return [
        title,
        {
          key: 'citation',
          head: t.citation,
          cell: (rec) => <span lang={inEnglish(v.lang)}>{rec.kind === 'doctrine' ? rec.citation : ''}</span>,
        },
        {
          key: 'kind',
          head: t.kindOf,
          cell: (rec) => (rec.kind === 'doctrine' ? label(v.lang, 'authority', rec.doctrine_kind) : ''),
        },
        { ...date, head: t.date },
        status,
        doubts,
      ]
    case 'playbook-type':
      return [
        title,
        { key: 'tier', head: t.tierOwn, cell: (rec) => <TierOf v={v} rec={rec} /> },
        {
          key: 'stance',
          head: t.stance,
          cell: (rec) => ('stance' in rec ? label(v.lang, 'stance', rec.stance) : ''),
        },
        {
          key: 'precedents',
          head: t.precedents,
          cell: (rec) =>
            rec.kind === 'playbook-type'
              ? v.t.playbook.jurisdictions(statesWithType(v.book, rec).length)
              : '',
        },
        {
          key: 'confidence',
          head: v.t.state.alliances.confidence,
          cell: (rec) => <ConfidenceChip lang={v.lang} confidence={rec.confidence} />,
        },
      ]
  }
}

const TierOf: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const tier =
    rec.kind === 'playbook-type'
      ? rec.legal_tier
      : rec.kind === 'measure'
        ? typesOf(v.book, rec)[0]?.legal_tier
        : undefined
  return tier === undefined ? (
    <span class="muted">{v.t.common.none}</span>
  ) : (
    <TierChip lang={v.lang} tier={tier} />
  )
}
