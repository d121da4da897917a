import type { FC } from 'hono/jsx'
import type { EdtfDate, IsoDate } from '../base/index.ts'
import { Chain } from './chain.tsx'
import { Doubt, StatusChip, TierChip } from './chips.tsx'
import {
  FilterChips,
  FilterDate,
  FilterForm,
  FilterGroup,
  FilterSelect,
  FilterText,
  ListCount,
  ListTools,
  Pager,
} from './filters.tsx'
import { formatDate } from './format.ts'
import { href, type Lang } from './lang.ts'
import { MatrixTable, StatusKey } from './matrix.tsx'
import { Note } from './notices.tsx'
import { PARTS_WORDS } from './parts.words.ts'
import {
  BothSides,
  EventList,
  InPageNav,
  KeyValue,
  LinkCards,
  Section,
  Tabs,
  WithFilters,
} from './section.tsx'
import { STATUSES } from './status.ts'
import { DataTable } from './table.tsx'
import { StatTile, StatTiles } from './tiles.tsx'
import { Timeline, TimelineKey } from './timeline.tsx'
import { trackOf } from './track.ts'
import { label, stateName, words } from './words.ts'

const ROWS = [
  {
    title: 'Maryland ban on immigration enforcement agreements',
    usps: 'MD',
    date: '2026-02-17',
    status: 'in-effect',
    tier: 'settled',
  },
  {
    title: 'New Jersey Executive Order 12 on state property',
    usps: 'NJ',
    date: '2026-02',
    status: 'challenged',
    tier: 'contested',
  },
  {
    title: 'Texas SB 4 on illegal entry',
    usps: 'TX',
    date: '2023',
    status: 'enjoined',
    tier: 'likely-preempted',
  },
] as const

export const PartsTables: FC<{ lang: Lang }> = ({ lang }) => (
  <>
    <Tiles lang={lang} />
    <List lang={lang} />
    <Disputes lang={lang} />
    <Lists lang={lang} />
  </>
)

const Tiles: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const f = words(lang).figure
  const unit = lang === 'en' ? 'bn' : 'mil millones'
  return (
    <section class="section-full" aria-labelledby="tiles-title">
      <h2 id="tiles-title" class="vh">
        {w.tiles}
      </h2>
      <StatTiles>
        <StatTile
          lang={lang}
          level={3}
          fill="gives"
          name={f.gives}
          figure="$94.3"
          unit={unit}
          basis={w.basis}
        />
        <StatTile
          lang={lang}
          level={3}
          fill="gets"
          name={f.gets}
          figure="$91.3"
          unit={unit}
          basis={w.basis}
        />
        <StatTile
          lang={lang}
          level={3}
          fill="exposure"
          name={f.exposure}
          figure="$9.0"
          unit={unit}
          basis={w.basis}
          why={
            <>
              {w.rail} <Doubt id="doubt-tile">{w.years}</Doubt>
            </>
          }
        />
        <StatTile lang={lang} level={3} fill="plan" name={f.leverage} why={w.noReserve} />
      </StatTiles>
      <InPageNav
        lang={lang}
        links={[
          { label: w.map, href: '#maps' },
          { label: w.charts, href: '#charts' },
          { label: w.timeline, href: '#timeline' },
          { label: w.lists, href: '#lists' },
        ]}
      />
    </section>
  )
}

const List: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const field = words(lang).field
  const here = href(lang, '/method/parts')
  const areas = ['firearms', 'immigration', 'identity-documents', 'abortion', 'cannabis']
  return (
    <section class="section-full" aria-labelledby="tables-title">
      <h2 id="tables-title">{w.tables}</h2>
      <Tabs
        name={w.tables}
        tabs={[
          { label: `${words(lang).kinds.measure} 216`, href: here, current: true },
          { label: `${words(lang).kinds.lawsuit} 95`, href: here },
          { label: `${words(lang).kinds.alliance} 23`, href: here },
        ]}
      />
      <WithFilters
        filters={
          <FilterForm lang={lang} action={here} set={2}>
            <FilterText name="q" label={field.words} />
            <FilterGroup
              lang={lang}
              legend={field.area}
              name="area"
              shown={3}
              moreLabel={w.moreAreas}
              options={areas.map((area, i) => ({
                value: area,
                label: label(lang, 'area', area),
                count: 40 - i,
                checked: i < 2,
              }))}
            />
            <FilterSelect
              name="confidence"
              label={field.confidence}
              options={(['high', 'medium', 'low'] as const).map((value) => ({
                value,
                label: label(lang, 'confidenceShort', value),
                checked: value === 'medium',
              }))}
            />
            <FilterDate name="as_of" label={field.as_of} />
          </FilterForm>
        }
      >
        <ListCount count={w.measures}>
          {w.inAreas} <a href={here}>{w.clear}</a>
        </ListCount>
        <FilterChips
          lang={lang}
          chips={areas.slice(0, 2).map((area) => ({ label: label(lang, 'area', area), href: here }))}
        />
        <ListTools
          left={
            <>
              {w.sorted} · <a href={here}>{w.where}</a>
            </>
          }
          right={
            <>
              {w.view} · <a href={here}>CSV</a> · <a href={here}>JSON</a>
            </>
          }
        />
        <DataTable
          lang={lang}
          caption={w.tables}
          rows={ROWS}
          columns={[
            {
              key: 'title',
              head: w.measure,
              rowHead: true,
              sort: { href: here },
              cell: (row) => (
                <>
                  <a href={here} lang="en">
                    {row.title}
                  </a>
                  <span class="list-note">{w.rail}</span>
                </>
              ),
            },
            { key: 'where', head: w.where, cell: (row) => stateName(row.usps, lang) },
            {
              key: 'date',
              head: w.date,
              nowrap: true,
              sort: { href: here, direction: 'descending' },
              cell: (row) => formatDate(row.date, lang),
            },
            {
              key: 'status',
              head: w.statusWord,
              cell: (row) => <StatusChip lang={lang} kind="measure" status={row.status} />,
            },
            { key: 'tier', head: field.legal_tier, cell: (row) => <TierChip lang={lang} tier={row.tier} /> },
            {
              key: 'doubts',
              head: w.doubts,
              cell: (row) =>
                row.tier === 'settled' ? (
                  <span class="muted">{w.none}</span>
                ) : (
                  <Doubt id={`doubt-${row.usps}`} note={w.unverifiedNote}>
                    {w.unverified}
                  </Doubt>
                ),
            },
          ]}
        />
        <Pager lang={lang} from={26} to={50} total={51} previous={here} next={here} />
      </WithFilters>
    </section>
  )
}

const AS_OF = '2026-04-03' as IsoDate
const edtf = (date: string) => date as EdtfDate

const Disputes: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const here = href(lang, '/method/parts')
  const chip = (status: string) => <StatusChip lang={lang} kind="federal-action" status={status} />
  const tracks = [
    { facts: { started: edtf('2026-02-09'), ended: edtf('2026-02-21') }, status: 'ended' },
    { facts: { started: edtf('2026-02-01'), announcedOnly: true }, status: 'announced' },
    {
      facts: {
        started: edtf('2026-01-06'),
        blocked: edtf('2026-03-10'),
        sued: [edtf('2026-01-08')],
        relief: edtf('2026-03-10'),
      },
      status: 'blocked',
    },
    {
      facts: { started: edtf('2025-09'), sued: [edtf('2025-10-29')], relief: edtf('2026-03-16') },
      status: 'contested',
    },
    { facts: { started: edtf('2025') }, status: 'in-effect' },
  ]
  return (
    <>
      <Section id="timeline" title={w.timeline} rail={<TimelineKey lang={lang} suer="Colorado" />}>
        <Timeline
          lang={lang}
          caption={w.timeline}
          head={words(lang).kind['federal-action']}
          first={'2025-01-01' as IsoDate}
          last={AS_OF}
          rows={tracks.map(({ facts, status }, i) => ({
            title: i % 2 === 0 ? w.whatWashington : w.sampleAction,
            note: (
              <>
                {formatDate(facts.started, lang)} · <Doubt id={`track-doubt-${i}`}>{w.unverified}</Doubt>
              </>
            ),
            status: chip(status),
            marks: trackOf(facts, AS_OF),
          }))}
        />
      </Section>
      <Section id="chain" title={w.chain} rail={<p>{w.rail}</p>}>
        <Chain
          cards={[
            {
              kind: words(lang).kind['federal-action'],
              title: w.sampleAction,
              href: here,
              lines: ['1934', chip('in-effect')],
              relation: w.answered,
            },
            {
              kind: words(lang).kind.measure,
              title: <span lang="en">Missouri Second Amendment Preservation Act</span>,
              lines: ['12 Jun 2021', <StatusChip lang={lang} kind="measure" status="struck-down" />],
              relation: w.challenged,
              present: true,
            },
            {
              kind: words(lang).kind.lawsuit,
              title: <span lang="en">United States v. Missouri</span>,
              href: here,
              lines: ['No. 23-1457'],
              relation: w.ended,
            },
            { kind: w.order, title: w.held, lines: ['26 Aug 2024'] },
          ]}
        />
      </Section>
      <section class="section-full" aria-labelledby="matrix-title">
        <h2 id="matrix-title">{w.matrix}</h2>
        <StatusKey
          lang={lang}
          kind="measure"
          statuses={Object.keys(STATUSES.measure).slice(0, 5)}
          small
          none
        />
        <MatrixTable
          lang={lang}
          caption={`${w.matrix}: ${w.byType}`}
          corner={w.jurisdiction}
          cornerNote={w.mostFirst}
          columns={Object.keys(STATUSES.measure).map((status, i) => ({
            label: i % 2 ? w.whatWashington : status,
            href: here,
          }))}
          totalHead={w.onRecord}
          rows={(['NY', 'CO', 'WA', 'CA'] as const).map((usps, i) => ({
            label: stateName(usps, lang),
            href: href(lang, `/states/${usps.toLowerCase()}`),
            present: usps === 'CO',
            total: 12 - i,
            cells: Object.keys(STATUSES.measure).map((status, j) =>
              (i + j) % 3 === 2
                ? undefined
                : { kind: 'measure' as const, status, localOnly: (i + j) % 5 === 3 },
            ),
          }))}
          totals={{
            label: w.jurisdictions,
            counts: Object.keys(STATUSES.measure).map((_, i) => (i % 4) + 1),
          }}
        />
      </section>
    </>
  )
}

const Lists: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const here = href(lang, '/method/parts')
  return (
    <Section id="lists" title={w.lists} rail={<Note title={`${w.against}.`}>{w.againstText}</Note>}>
      <div class="flow">
        <EventList
          items={ROWS.map((row) => ({
            when: formatDate(row.date, lang),
            title: (
              <a href={here} lang="en">
                {row.title}
              </a>
            ),
            note: (
              <>
                {words(lang).kind.measure} · <StatusChip lang={lang} kind="measure" status={row.status} />
              </>
            ),
          }))}
        />
        <DataTable
          lang={lang}
          caption={`${w.lists}: ${words(lang).kinds.lawsuit}`}
          phone="compact"
          allOnPhone={{ label: `${words(lang).act.all}: 6`, href: here }}
          rows={[...ROWS, ...ROWS]}
          columns={[
            {
              key: 'title',
              head: words(lang).kind.lawsuit,
              rowHead: true,
              cell: (row) => (
                <a href={here} lang="en">
                  {row.title}
                </a>
              ),
            },
            { key: 'date', head: w.date, cell: (row) => formatDate(row.date, lang) },
            {
              key: 'status',
              head: w.statusWord,
              cell: () => <StatusChip lang={lang} kind="lawsuit" status="on-appeal" />,
            },
          ]}
        />
        <DataTable
          lang={lang}
          caption={w.doubts}
          rows={[]}
          columns={[]}
          empty={words(lang).figure.noneRecorded}
        />
        <KeyValue
          rows={[
            { key: w.statusWord, value: <StatusChip lang={lang} kind="measure" status="struck-down" /> },
            { key: w.date, value: formatDate('2021-06-12', lang) },
          ]}
        />
        <BothSides
          first={{ title: w.for, text: w.forText }}
          second={{ title: w.against, text: w.againstText }}
        />
        <LinkCards
          cards={[
            { title: w.home, links: [{ label: w.homeLink, href: here }] },
            { title: w.byType, links: [{ label: w.matrix, href: here }] },
            { title: w.byArea, links: [{ label: w.chain, href: here }] },
          ]}
        />
      </div>
    </Section>
  )
}
