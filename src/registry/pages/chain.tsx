import type { Child, FC } from 'hono/jsx'
import { NATION } from '../../base/index.ts'
import { Chain, type ChainCard, DataTable, formatDate, label, PageHead, Section } from '../../ui/index.ts'
import { RELATIONS } from '../relations.ts'
import type { Rec, RelationType } from '../schema.ts'
import { type ChainLink, chainOf } from '../views/chain.ts'
import { isDoubted } from '../views/doubts.ts'
import { leadingMoment } from '../views/moments.ts'
import { Frame } from './frame.tsx'
import { listPath } from './links.ts'
import { amountText, DoubtOf, Own, RecordLink, Status, statusWord, Where } from './parts.tsx'
import type { View } from './view.ts'

/** The chain of one record; where one act drew many answers, a card names the first few. */
export const ChainView: FC<{ v: View; rec: Rec; links: readonly ChainLink[] }> = ({ v, rec, links }) => (
  <Chain cards={links.map((link, i) => cardOf(v, rec, link, i))} />
)

const SHOWN = 3

function cardOf(v: View, rec: Rec, link: ChainLink, at: number): ChainCard {
  const relation = link.next === undefined ? undefined : v.t.record.link[link.next]
  const base = relation === undefined ? {} : { relation }
  if (link.order !== undefined) return { ...base, ...orderCard(v, link.order) }
  const [first] = link.records
  if (link.records.length > 1 || first === undefined) return severalCard(v, link, base)
  return {
    ...base,
    kind: label(v.lang, 'kind', first.kind),
    title: <Own v={v}>{first.title}</Own>,
    href: v.to(`/records/${first.id}`),
    present: first.id === rec.id,
    lines: linesOf(v, first, at),
  }
}

/** What a court said, and how the contested act or measure stands since. */
function orderCard(v: View, { suit, contested }: NonNullable<ChainLink['order']>): ChainCard {
  const t = v.t.record
  return {
    kind: t.order,
    title: statusWord(suit, v.lang),
    lines: [
      suit.outcome === undefined ? <span class="muted">{t.noOutcome}</span> : <Own v={v}>{suit.outcome}</Own>,
      ...(suit.status_as_of === undefined
        ? []
        : [<span class="muted">{`${v.t.asOf.asOf} ${formatDate(suit.status_as_of, v.lang)}`}</span>]),
      ...(contested === undefined
        ? []
        : [
            <>
              <span class="muted">{contested.kind === 'measure' ? t.measureSince : t.actionSince}</span>{' '}
              <Status v={v} rec={contested} />
            </>,
          ]),
    ],
  }
}

function severalCard(v: View, link: ChainLink, base: { readonly relation?: string }): ChainCard {
  const kind = link.records[0]?.kind ?? 'measure'
  return {
    ...base,
    kind: label(v.lang, 'kinds', kind),
    title: v.t.list.count[kind](link.records.length),
    lines: [
      ...link.records.slice(0, SHOWN).map((other) => (
        <>
          <RecordLink v={v} rec={other} />
          <div>
            <Status v={v} rec={other} />
          </div>
        </>
      )),
      ...(link.records.length > SHOWN
        ? [<span class="muted">{v.t.record.andMore(link.records.length - SHOWN)}</span>]
        : []),
    ],
  }
}

/** What a card says of a record: when, who, how much, and how it stands. */
function linesOf(v: View, rec: Rec, at: number): readonly Child[] {
  const moment = leadingMoment(rec)
  const field = moment === undefined ? '' : `dates.${moment.name}`
  const words =
    moment === undefined
      ? ''
      : ((v.t.record.event as Record<string, string>)[moment.name] ?? '').replace(/\.$/, '')
  const when = moment !== undefined && (
    <>
      {words} {formatDate(moment.date, v.lang)}
      {isDoubted(rec, field) && (
        <>
          {' '}
          <DoubtOf v={v} rec={rec} field={field} at={`h${at}`} />
        </>
      )}
    </>
  )
  const status = <Status v={v} rec={rec} />
  switch (rec.kind) {
    case 'federal-action':
      return [
        when,
        <Own v={v}>{rec.agency}</Own>,
        rec.amount_usd !== undefined && amountText(rec.amount_usd, v.lang),
        !rec.jurisdictions.includes(NATION) && <Where v={v} rec={rec} most={4} />,
        status,
      ].filter(Boolean)
    case 'measure':
      return [
        when,
        rec.citation !== undefined && <Own v={v}>{rec.citation}</Own>,
        <Where v={v} rec={rec} most={2} />,
        status,
      ].filter(Boolean)
    case 'lawsuit':
      return [
        <Own v={v}>{rec.dockets[0]?.court}</Own>,
        rec.dockets[0]?.number !== undefined && <Own v={v}>No. {rec.dockets[0].number}</Own>,
        moment === undefined ? <span class="muted">{v.t.record.filedUnknown}</span> : when,
        status,
      ].filter(Boolean)
    default:
      return [status]
  }
}

interface Row {
  readonly from: Rec
  readonly type: RelationType
  readonly to: Rec
}

/** One dispute from action to outcome, then every stored relation among its records. */
export const ChainPage: FC<{ v: View; rec: Rec; added?: Child }> = ({ v, rec, added }) => {
  const t = v.t.chainPage
  const links = chainOf(v.book, rec)
  const inChain = [
    ...new Map([rec, ...links.flatMap((link) => link.records)].map((one) => [one.id, one])).values(),
  ]
  const rows = relationsAmong(v, inChain)
  return (
    <Frame
      v={v}
      title={t.title(rec.title)}
      current="registry"
      crumbs={[
        { label: v.t.list.crumb, path: '/registry' },
        { label: label(v.lang, 'kinds', rec.kind), path: listPath(rec.kind) },
        { label: rec.title, path: `/records/${rec.id}` },
        { label: v.t.record.chain },
      ]}
    >
      <PageHead title={v.t.record.chain} eyebrow={<Own v={v}>{rec.title}</Own>} lede={t.lede} />
      {links.length < 2 ? (
        <p class="muted">{v.t.record.chainNone}</p>
      ) : (
        <ChainView v={v} rec={rec} links={links} />
      )}
      {added}
      <Section id="records" title={v.t.local.records}>
        <DataTable
          lang={v.lang}
          caption={v.t.local.records}
          rows={inChain}
          columns={[
            {
              key: 'record',
              head: v.t.local.record,
              rowHead: true,
              cell: (one) => <RecordLink v={v} rec={one} />,
            },
            { key: 'kind', head: v.t.local.kind, cell: (one) => label(v.lang, 'kind', one.kind) },
            { key: 'where', head: v.t.list.where, cell: (one) => <Where v={v} rec={one} most={2} /> },
            {
              key: 'date',
              head: v.t.list.date,
              nowrap: true,
              cell: (one) =>
                formatDate(leadingMoment(one)?.date ?? '', v.lang) || (
                  <span class="muted">{v.t.list.noDate}</span>
                ),
            },
            { key: 'status', head: v.t.list.status, cell: (one) => <Status v={v} rec={one} /> },
          ]}
        />
      </Section>
      {rows.length > 0 && (
        <Section id="relations" title={t.all} rail={<p>{t.allRail}</p>}>
          <DataTable
            lang={v.lang}
            caption={t.all}
            rows={rows}
            columns={[
              {
                key: 'from',
                head: t.from,
                rowHead: true,
                cell: (row) => <RecordLink v={v} rec={row.from} />,
              },
              {
                key: 'relation',
                head: t.relation,
                cell: (row) => RELATIONS[row.type][v.lang].from.toLowerCase(),
              },
              { key: 'to', head: t.to, cell: (row) => <RecordLink v={v} rec={row.to} /> },
            ]}
          />
        </Section>
      )}
    </Frame>
  )
}

function relationsAmong(v: View, recs: readonly Rec[]): readonly Row[] {
  const ids = new Set(recs.map(({ id }) => id))
  return recs.flatMap((from) =>
    v.book.relationsFrom(from.id).flatMap(({ type, to }): readonly Row[] => {
      const target = v.book.records.get(to)
      return target !== undefined && ids.has(to) ? [{ from, type, to: target }] : []
    }),
  )
}
