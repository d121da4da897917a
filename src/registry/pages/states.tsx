import type { FC } from 'hono/jsx'
import { divisionOfState, isLocal, STATES, stateOfDivision, type Usps } from '../../base/index.ts'
import { DataTable, formatCount, label, PageHead, Section, stateName } from '../../ui/index.ts'
import { countMap, MAPS, type MapName } from '../views/home.ts'
import { leadingMoment, newestFirst } from '../views/moments.ts'
import { byText, localDivision, localPlaces, type Place } from '../views/places.ts'
import { recordsFile } from './files.ts'
import { AsOfForm, Frame, Under } from './frame.tsx'
import { DateText, FileLinks, inEnglish, RecordLink, Status } from './parts.tsx'
import type { View } from './view.ts'

export const STATE_SORTS = ['name', ...MAPS, 'residents'] as const
export type StateSort = (typeof STATE_SORTS)[number]

interface Row {
  readonly usps: Usps
  readonly name: string
  readonly counts: Readonly<Record<MapName, number>>
  readonly residents: number | undefined
}

export const StatesPage: FC<{ v: View; sort: StateSort }> = ({ v, sort }) => {
  const t = v.t.states
  const maps = MAPS.map((name) => countMap(v.book, name))
  const rows: readonly Row[] = STATES.map((state) => ({
    usps: state.usps,
    name: stateName(state.usps, v.lang),
    counts: Object.fromEntries(
      maps.map((map) => [map.name, map.counts.get(state.usps) ?? 0]),
    ) as Row['counts'],
    residents: v.book.jurisdictions.get(divisionOfState(state.usps))?.population,
  }))
  const sorted = [...rows].sort((a, b) => orderOf(sort)(a, b) || byText(a.name, b.name))
  const head = (name: StateSort) => ({
    href: v.here({ sort: name === 'name' ? undefined : name }),
    ...(sort === name && { direction: name === 'name' ? ('ascending' as const) : ('descending' as const) }),
  })
  const count = (name: MapName, words: string) => ({
    key: name,
    head: words,
    align: 'right' as const,
    sort: head(name),
    cell: (row: Row) => <span class={row.counts[name] === 0 ? 'muted' : undefined}>{row.counts[name]}</span>,
  })
  return (
    <Frame v={v} title={t.title} current="states" description={t.lede}>
      <PageHead title={t.title} lede={t.lede} />
      <div class="list-tools">
        <AsOfForm v={v} action={v.plain('/states')} />
      </div>
      <DataTable
        lang={v.lang}
        caption={t.caption}
        rows={sorted}
        columns={[
          {
            key: 'name',
            head: t.name,
            rowHead: true,
            sort: head('name'),
            cell: (row) => <a href={v.to(`/states/${row.usps.toLowerCase()}`)}>{row.name}</a>,
          },
          count('federal-actions', t.actions),
          count('measures', t.measures),
          count('lawsuits', t.suits),
          count('alliances', t.alliances),
          {
            key: 'residents',
            head: t.population,
            align: 'right',
            sort: head('residents'),
            cell: (row) =>
              row.residents === undefined ? <span class="muted">–</span> : formatCount(row.residents),
          },
        ]}
      />
      <Under>
        {t.note} <FileLinks v={v} csv={recordsFile(v, 'csv')} json={recordsFile(v, 'json')} />
      </Under>
      <LocalIndex v={v} />
    </Frame>
  )
}

const orderOf =
  (sort: StateSort) =>
  (a: Row, b: Row): number => {
    if (sort === 'name') return 0
    if (sort === 'residents') return (b.residents ?? 0) - (a.residents ?? 0)
    return b.counts[sort] - a.counts[sort]
  }

const LocalIndex: FC<{ v: View }> = ({ v }) => {
  const states = STATES.map((state) => ({ state, places: localPlaces(v.book, state.usps, v.lang) })).filter(
    ({ places }) => places.length > 0,
  )
  if (states.length === 0) return <></>
  return (
    <Section id="local" title={v.t.states.localTitle}>
      <ul class="plain-list columns">
        {states.map(({ state, places }) => (
          <li>
            <b>{stateName(state.usps, v.lang)}:</b>{' '}
            {places.map((place, i) => (
              <>
                {i > 0 && ', '}
                <a href={v.to(place.path)}>{place.name}</a>
              </>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** The place that an address names, if any record names it. */
export function findPlace(v: View, usps: Usps, type: 'place' | 'county', slug: string): Place | undefined {
  const asked = localDivision(usps, type, slug)
  return localPlaces(v.book, usps, v.lang).find((place) => place.id === asked)
}

export const LocalPage: FC<{ v: View; place: Place }> = ({ v, place }) => {
  const t = v.t.local
  const state = stateOfDivision(place.id)
  const recs = [...v.book.records.values()]
    .filter((rec) => rec.jurisdictions.includes(place.id))
    .sort(newestFirst)
  const residents = v.book.jurisdictions.get(place.id)
  if (state === undefined || !isLocal(place.id)) return <></>
  const within = stateName(state.usps, v.lang)
  return (
    <Frame
      v={v}
      title={`${place.name}, ${within}`}
      current="states"
      crumbs={[
        { label: v.t.state.crumb, path: '/states' },
        { label: within, path: `/states/${state.usps.toLowerCase()}` },
        { label: place.name },
      ]}
    >
      <PageHead
        title={place.name}
        lede={recs.length === 0 ? t.none(place.name) : t.lede(place.name, within, recs.length)}
        meta={
          residents?.population === undefined
            ? undefined
            : v.t.state.residents(formatCount(residents.population), residents.population_year)
        }
      />
      <Section id="records" title={t.records} rail={<p>{t.recordsRail}</p>}>
        <DataTable
          lang={v.lang}
          caption={t.caption}
          rows={recs}
          columns={[
            {
              key: 'record',
              head: t.record,
              rowHead: true,
              cell: (rec) => (
                <>
                  <RecordLink v={v} rec={rec} />
                  <span class="note-line" lang={inEnglish(v.lang)}>
                    {rec.summary}
                  </span>
                </>
              ),
            },
            { key: 'kind', head: t.kind, cell: (rec) => label(v.lang, 'kind', rec.kind) },
            {
              key: 'date',
              head: v.t.list.date,
              nowrap: true,
              cell: (rec) => <DateText v={v} date={leadingMoment(rec)?.date} />,
            },
            { key: 'status', head: v.t.list.status, cell: (rec) => <Status v={v} rec={rec} asOf /> },
          ]}
        />
        <Under>
          <FileLinks
            v={v}
            csv={recordsFile(v, 'csv', { jurisdiction: place.id })}
            json={recordsFile(v, 'json', { jurisdiction: place.id })}
          />
        </Under>
        <AsOfForm v={v} action={v.plain(place.path)} />
      </Section>
    </Frame>
  )
}
