import type { FC } from 'hono/jsx'
import { STATES } from '../../base/index.ts'
import {
  BigSearch,
  countScale,
  DataTable,
  EventList,
  Figure,
  FilterSelect,
  formatDate,
  LinkCards,
  label,
  MapLegend,
  PageHead,
  type Scale,
  Section,
  SmallMultiples,
  stateName,
  Tabs,
  TileMap,
  type TileValue,
} from '../../ui/index.ts'
import type { PolicyArea } from '../schema.ts'
import { type CountMap, countMap, MAPS, type MapName, type NewsItem, newestEvents } from '../views/home.ts'
import { isLocalOnly } from '../views/places.ts'
import { AsOfForm, Frame } from './frame.tsx'
import { listPath } from './links.ts'
import { RecordLink, Status } from './parts.tsx'
import type { HomeMap, WaysIn } from './slots.ts'
import type { View } from './view.ts'

export interface HomePageProps {
  readonly v: View
  /** The map to show; undefined for the one from the floor above. */
  readonly map: MapName | undefined
  readonly area: PolicyArea | undefined
  readonly slotted: HomeMap | undefined
  readonly ways: readonly WaysIn[]
}

const NEWS = 9

export const HomePage: FC<HomePageProps> = (props) => {
  const { v } = props
  const t = v.t.home
  return (
    <Frame v={v} title={t.title} description={t.promise}>
      <PageHead
        home
        title={t.title}
        aside={
          <BigSearch lang={v.lang} action={v.plain('/search')}>
            <p>
              {t.try}{' '}
              {t.tries.map((words, i) => (
                <>
                  {i > 0 && ', '}
                  <a href={v.to('/search', { q: words })} lang={v.lang === 'en' ? undefined : 'en'}>
                    {words}
                  </a>
                </>
              ))}
            </p>
          </BigSearch>
        }
      />
      <Maps {...props} />
      <News v={v} />
      <Ways v={v} ways={props.ways} />
    </Frame>
  )
}

const Maps: FC<HomePageProps> = ({ v, map, area, slotted }) => {
  const t = v.t.home
  const shown = map ?? (slotted === undefined ? MAPS[0] : undefined)
  const tabs = [
    ...(slotted === undefined ? [] : [{ label: slotted.tab, href: v.to('/'), current: shown === undefined }]),
    ...MAPS.map((name) => ({
      label: t.mapName[name],
      href: v.to('/', slotted === undefined && name === MAPS[0] ? {} : { map: name }),
      current: name === shown,
    })),
  ]
  const facts = shown === undefined ? undefined : countMap(v.book, shown, area)
  return (
    <Section
      id="map"
      title={facts === undefined ? slotted?.title : findingOf(v, facts)}
      rail={facts === undefined ? slotted?.rail : <MapRail v={v} facts={facts} area={area} />}
    >
      <Tabs name={t.maps} tabs={tabs} />
      {facts === undefined ? slotted?.figure : <CountFigure v={v} facts={facts} area={area} />}
      <SmallMaps v={v} />
    </Section>
  )
}

function findingOf(v: View, facts: CountMap): string {
  const [first] = facts.most
  return first === undefined
    ? v.t.home.mapName[facts.name]
    : v.t.home.most(facts.name, stateName(first.usps, v.lang), first.count)
}

const MapRail: FC<{ v: View; facts: CountMap; area: PolicyArea | undefined }> = ({ v, facts, area }) => {
  const t = v.t.home
  return (
    <>
      <p>{t.reach(facts.having, facts.records)}</p>
      <p>{t.caveat}</p>
      {facts.name === 'measures' && <AreaForm v={v} area={area} />}
      <p>
        <b>{t.sourceLabel}</b> {t.mapSource(v.book.revision)}{' '}
        <a href={v.plain('/method')}>{t.waysLinks.check}</a>
      </p>
      <AsOfForm v={v} action={v.plain('/')} />
    </>
  )
}

const AreaForm: FC<{ v: View; area: PolicyArea | undefined }> = ({ v, area }) => {
  const areas = [...new Set(v.book.byKind.measure.map((rec) => rec.policy_area))].sort()
  return (
    <form class="inline-form" method="get" action={v.plain('/')}>
      <input type="hidden" name="map" value="measures" />
      {v.asOf !== undefined && <input type="hidden" name="as-of" value={v.asOf} />}
      <FilterSelect
        name="area"
        label={v.t.home.area}
        options={[
          { value: '', label: v.t.home.allAreas, checked: area === undefined },
          ...areas.map((value) => ({ value, label: label(v.lang, 'area', value), checked: value === area })),
        ]}
      />
      <button type="submit" class="button outline">
        {v.t.home.show}
      </button>
    </form>
  )
}

const scaleOf = (facts: CountMap): Scale => countScale([...facts.counts.values()])

const valuesOf = (v: View, facts: CountMap): Record<string, TileValue> =>
  Object.fromEntries(
    [...facts.counts].map(([usps, value]) => [usps, { value, said: v.t.home.records(value) }]),
  )

const KIND_OF = {
  'federal-actions': 'federal-action',
  measures: 'measure',
  lawsuits: 'lawsuit',
  alliances: 'alliance',
} as const

const CountFigure: FC<{ v: View; facts: CountMap; area: PolicyArea | undefined }> = ({ v, facts, area }) => {
  const t = v.t.home
  const scale = scaleOf(facts)
  const title = `${t.mapTitle[facts.name]}${area === undefined ? '' : `: ${label(v.lang, 'area', area)}`}`
  const rows = STATES.map((state) => ({ usps: state.usps, count: facts.counts.get(state.usps) ?? 0 }))
  return (
    <Figure
      lang={v.lang}
      level={3}
      title={title}
      subtitle={t.mapUnit}
      tableWord={t.showTable}
      table={
        <DataTable
          lang={v.lang}
          caption={title}
          phone="scroll"
          rows={rows}
          columns={[
            {
              key: 'name',
              head: v.t.states.name,
              rowHead: true,
              cell: (row) => (
                <a href={v.to(`/states/${row.usps.toLowerCase()}`)}>{stateName(row.usps, v.lang)}</a>
              ),
            },
            {
              key: 'count',
              head: t.mapName[facts.name],
              align: 'right',
              cell: (row) => (
                <a href={v.to(listPath(KIND_OF[facts.name]), { state: row.usps })}>{row.count}</a>
              ),
            },
          ]}
        />
      }
    >
      <TileMap
        lang={v.lang}
        name={title}
        scale={scale}
        values={valuesOf(v, facts)}
        link={(usps) => v.to(`/states/${usps.toLowerCase()}`)}
      />
      <MapLegend lang={v.lang} scale={scale} />
    </Figure>
  )
}

const SmallMaps: FC<{ v: View }> = ({ v }) => {
  const t = v.t.home
  return (
    <>
      <SmallMultiples
        maps={MAPS.map((name) => {
          const facts = countMap(v.book, name)
          const most = facts.most.map(({ usps, count }) => `${usps} ${count}`).join(', ')
          const count = name === 'alliances' ? t.active(facts.records) : t.records(facts.records)
          return {
            title: t.mapName[name],
            href: v.to('/', { map: name }),
            note: most === '' ? `${count}.` : `${count}. ${t.mostShort}: ${most}`,
            scale: scaleOf(facts),
            values: valuesOf(v, facts),
          }
        })}
      />
      <p class="under muted">{v.lang === 'en' ? COUNT_NOTE.en : COUNT_NOTE.es}</p>
    </>
  )
}

const COUNT_NOTE = {
  en: 'Darker = more records that name the jurisdiction. A count of records is not a count of all that happened.',
  es: 'Más oscuro = más registros que nombran al lugar. Contar registros no es contar todo lo que pasó.',
}

const News: FC<{ v: View }> = ({ v }) => {
  const t = v.t.home
  return (
    <Section
      id="news"
      title={t.news}
      rail={
        <>
          <p>{t.newsRail}</p>
          <p>
            <a href={v.plain('/registry/changes')}>{t.allChanges}</a> ·{' '}
            <a href="/feeds/changes.atom">{t.feed}</a>
          </p>
        </>
      }
    >
      <EventList
        items={newestEvents(v.book, v.asOf ?? v.today, NEWS).map((item) => ({
          when: formatDate(item.date, v.lang),
          title: <RecordLink v={v} rec={item.rec} />,
          note: (
            <>
              {newsWords(v, item)} · {label(v.lang, 'area', item.rec.policy_area)} ·{' '}
              <Status v={v} rec={item.rec} />
            </>
          ),
        }))}
      />
    </Section>
  )
}

/** "Local measure enacted", "Lawsuit filed". */
function newsWords(v: View, { rec, moment }: NewsItem): string {
  const t = v.t.news
  const subject =
    rec.kind === 'lawsuit'
      ? t.suit
      : rec.kind === 'federal-action'
        ? t.action
        : isLocalOnly(rec)
          ? t.local
          : t.state
  const isTaken = rec.kind === 'federal-action' && (moment === 'enacted' || moment === 'started')
  return `${subject} ${isTaken ? t.taken : ((t.verb as Record<string, string>)[moment] ?? moment)}`
}

const Ways: FC<{ v: View; ways: readonly WaysIn[] }> = ({ v, ways }) => {
  const t = v.t.home
  const l = t.waysLinks
  const own: readonly WaysIn[] = [
    {
      role: 'analyst',
      links: [
        { label: l.actionsMoney, href: v.to('/registry/federal-actions', { area: 'fiscal' }) },
        { label: l.openTypes, href: v.to('/registry/playbook') },
        { label: l.compare, href: v.to('/registry/matrix') },
      ],
    },
    {
      role: 'attorney-general',
      links: [
        { label: l.suits, href: v.to('/registry/lawsuits') },
        { label: l.defendants, href: v.to('/registry/lawsuits', { state: 'US' }) },
        { label: l.doctrine, href: v.to('/registry/doctrine', { view: 'map' }) },
      ],
    },
    {
      role: 'treasurer',
      links: [
        { label: l.leverage, href: v.to('/registry/measures', { stance: 'fiscal-leverage' }) },
        { label: l.divest, href: v.to('/registry/measures', { stance: 'divestment' }) },
      ],
    },
    {
      role: 'records',
      links: [
        { label: l.demands, href: v.to('/registry/federal-actions', { area: 'data-sharing' }) },
        { label: l.dataLimits, href: v.to('/records/play-data-sharing-limits') },
      ],
    },
    {
      role: 'epidemiologist',
      links: [
        { label: l.alliances, href: v.to('/registry/alliances', { area: 'vaccination-public-health' }) },
        { label: l.vaccines, href: v.to('/registry/measures', { area: 'vaccination-public-health' }) },
      ],
    },
    {
      role: 'resident',
      links: [
        { label: l.lookUp, href: v.to('/states') },
        { label: l.check, href: v.plain('/method') },
        { label: l.report, href: v.plain('/corrections') },
      ],
    },
  ]
  const cards = own.map((way) => ({
    title: t.roles[way.role],
    links: [...ways.filter((other) => other.role === way.role).flatMap((other) => other.links), ...way.links],
  }))
  return (
    <Section id="ways" title={t.ways} rail={<p>{t.waysRail}</p>}>
      <LinkCards cards={cards} />
    </Section>
  )
}
