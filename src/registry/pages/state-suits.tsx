import type { FC } from 'hono/jsx'
import { DataTable, Section } from '../../ui/index.ts'
import type { RecOf } from '../schema.ts'
import { DateText, inEnglish, RecordLink, Status, shortCourt } from './parts.tsx'
import type { Drawn } from './state-parts.ts'
import type { View } from './view.ts'

export const Suits: FC<Drawn> = ({ v, facts, name, state }) => {
  const t = v.t.state.suits
  return (
    <Section id="suits" title={t.title} rail={<p>{t.finding(facts.suits.length, facts.byUnitedStates)}</p>}>
      {facts.suits.length > 0 && (
        <DataTable
          lang={v.lang}
          caption={t.caption(name)}
          phone="compact"
          allOnPhone={{
            label: t.all(facts.suits.length),
            href: v.to('/registry/lawsuits', { state: state.usps }),
          }}
          rows={facts.suits}
          columns={suitColumns(v)}
        />
      )}
    </Section>
  )
}

/** A suit as a row: case and what it is about, when, where, and how it stands. */
export const suitColumns = (v: View) => {
  const t = v.t.state.suits
  return [
    {
      key: 'case',
      head: t.case,
      rowHead: true,
      cell: (suit: RecOf<'lawsuit'>) => (
        <>
          <RecordLink v={v} rec={suit} />
          <span class="note-line" lang={inEnglish(v.lang)}>
            {suit.summary}
          </span>
        </>
      ),
    },
    {
      key: 'filed',
      head: t.filed,
      nowrap: true,
      cell: (suit: RecOf<'lawsuit'>) => <DateText v={v} date={suit.dates?.filed} />,
    },
    {
      key: 'court',
      head: t.court,
      cell: (suit: RecOf<'lawsuit'>) => <span lang={inEnglish(v.lang)}>{shortCourt(suit)}</span>,
    },
    { key: 'status', head: t.status, cell: (suit: RecOf<'lawsuit'>) => <Status v={v} rec={suit} asOf /> },
  ]
}
