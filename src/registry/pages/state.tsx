import type { FC } from 'hono/jsx'
import { divisionOfState } from '../../base/index.ts'
import { formatCount, InPageNav, LocatorMap, PageHead, Section, stateName } from '../../ui/index.ts'
import { localPlaces } from '../views/places.ts'
import { type StateFacts, stateFacts } from '../views/state.ts'
import { recordsFile } from './files.ts'
import { AsOfForm, Frame, Under } from './frame.tsx'
import { Joined } from './parts.tsx'
import { Actions } from './state-actions.tsx'
import { Alliances } from './state-alliances.tsx'
import { Measures } from './state-measures.tsx'
import type { Drawn, StatePageProps } from './state-parts.ts'
import { Suits } from './state-suits.tsx'
import { Tiles } from './state-tiles.tsx'
import { Types } from './state-types.tsx'
import type { View } from './view.ts'

export const StatePage: FC<StatePageProps> = (props) => {
  const { v, state } = props
  const t = v.t.state
  const name = stateName(state.usps, v.lang)
  const code = state.usps.toLowerCase()
  const p: Drawn = { ...props, name, code, facts: stateFacts(v.book, state.usps) }
  return (
    <Frame
      v={v}
      title={name}
      current="states"
      crumbs={[{ label: t.crumb, path: '/states' }, { label: name }]}
      description={sentenceOf(p)}
      feeds={[{ title: `${name}: ${v.t.home.feed}`, href: `/feeds/states/${code}.atom` }]}
    >
      <PageHead
        title={name}
        lede={[props.sentence, sentenceOf(p)].filter(Boolean).join(' ')}
        meta={<Meta {...p} />}
        aside={<LocatorMap name={t.here(name)} here={[state.usps]} />}
      />
      {props.figures ?? <Tiles {...p} />}
      <InPageNav lang={v.lang} links={navOf(p)} />
      {props.sections.map((section) => section.body)}
      <Actions {...p} />
      <Measures {...p} />
      <Suits {...p} />
      <Alliances {...p} />
      <Types {...p} />
      <Local {...p} />
      <Files {...p} />
    </Frame>
  )
}

const sentenceOf = ({ v, facts }: Drawn): string =>
  v.t.state.sentence({
    actions: facts.actions.length,
    since: sinceText(v, facts),
    suits: facts.suits.length,
    plaintiff: facts.asPlaintiff,
    defendant: facts.asDefendant,
  })

const MONTHS = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
} as const

/** "January 2025" in a sentence; the short form stands in tables. */
function sinceText(v: View, facts: StateFacts): string {
  const [year, month] = (facts.actionsSince ?? '').split('-')
  if (year === undefined || month === undefined) return year ?? ''
  const word = MONTHS[v.lang][Number(month) - 1] ?? ''
  return v.lang === 'en' ? `${word} ${year}` : `${word} de ${year}`
}

const Meta: FC<Drawn> = ({ v, state, note }) => {
  const place = v.book.jurisdictions.get(divisionOfState(state.usps))
  const t = v.t.state
  return (
    <Joined
      items={[
        place?.population === undefined
          ? ''
          : t.residents(formatCount(place.population), place.population_year),
        note,
        <a href="#measures">{t.compare}</a>,
        <a href="#files">{t.download}</a>,
      ]}
    />
  )
}

function navOf({ v, name, sections, state }: Drawn) {
  const t = v.t.state.nav
  const own: readonly (readonly [string, string])[] = [
    ['actions', t.actions],
    ['measures', t.measures],
    ['suits', t.suits],
    ['alliances', t.alliances],
    ['types', t.types],
    ['open', t.open(name)],
    ...(localPlaces(v.book, state.usps, v.lang).length > 0 ? [['local', t.local] as const] : []),
    ['files', t.files],
  ]
  return [
    ...sections.map((section) => ({ href: `#${section.id}`, label: section.title })),
    ...own.map(([id, words]) => ({ href: `#${id}`, label: words })),
  ]
}

const Local: FC<Drawn> = ({ v, state }) => {
  const places = localPlaces(v.book, state.usps, v.lang)
  if (places.length === 0) return <></>
  const t = v.t.state.local
  const count = (id: string) =>
    [...v.book.records.values()].filter((rec) => rec.jurisdictions.some((own) => own === id)).length
  return (
    <Section id="local" title={t.title} rail={<p>{t.finding(places.length)}</p>}>
      <ul class="plain-list">
        {places.map((place) => (
          <li>
            <a href={v.to(place.path)}>{place.name}</a>{' '}
            <span class="muted">{t.records(count(place.id))}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Files: FC<Drawn> = ({ v, state, code }) => {
  const t = v.t.state.files
  return (
    <Section
      id="files"
      title={t.title}
      rail={
        <>
          <p>{t.finding}</p>
          <p class="muted">{t.print}</p>
        </>
      }
    >
      <ul class="plain-list">
        <li>
          <a href={recordsFile(v, 'csv', { state: state.usps })}>{t.csv}</a>
        </li>
        <li>
          <a href={recordsFile(v, 'json', { state: state.usps })}>{t.json}</a>
        </li>
        <li>
          <a href={v.plain('/downloads')}>{t.dictionary}</a>
        </li>
        <li>
          <a href={`/feeds/states/${code}.atom`}>{t.feed}</a>
        </li>
        <li>
          {t.permanent}: <a href={v.to(`/states/${code}`)}>/states/{code}</a>
        </li>
      </ul>
      <AsOfForm v={v} action={v.plain(`/states/${code}`)} />
      <Under>{v.t.common.notAdvice}</Under>
    </Section>
  )
}
