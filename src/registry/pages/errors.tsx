import type { FC } from 'hono/jsx'
import { DataTable, DidYouMean, Failure, type NavKey, stateName } from '../../ui/index.ts'
import type { SearchProblem } from '../search.ts'
import { fullPlaceName, localPlaces, nearRecords, nearStates, placeOf } from '../views/places.ts'
import { Frame } from './frame.tsx'
import type { View } from './view.ts'

interface NotFoundProps {
  readonly v: View
  readonly title: string
  readonly near: readonly { readonly label: string; readonly href: string }[]
  readonly all: { readonly label: string; readonly href: string }
  readonly current?: NavKey
}

/** Nothing stands at this address: what was asked, what is near to it, and where all of it is. */
export const NotFound: FC<NotFoundProps> = ({ v, title, near, all, current }) => (
  <Frame v={v} title={title} noindex {...(current && { current })}>
    <Failure lang={v.lang} title={title} nothingLost>
      <DidYouMean lang={v.lang} near={near} all={all} />
    </Failure>
  </Frame>
)

export const UnknownState: FC<{ v: View; asked: string }> = ({ v, asked }) => (
  <NotFound
    v={v}
    title={v.t.errors.noState(asked)}
    near={nearStates(asked).map((state) => ({
      label: stateName(state.usps, v.lang),
      href: v.to(`/states/${state.usps.toLowerCase()}`),
    }))}
    all={{ label: v.t.errors.allStates, href: v.to('/states') }}
    current="states"
  />
)

export const UnknownPlace: FC<{ v: View; asked: string; usps: Parameters<typeof localPlaces>[1] }> = ({
  v,
  asked,
  usps,
}) => {
  const places = localPlaces(v.book, usps, v.lang)
  return (
    <NotFound
      v={v}
      title={v.t.errors.noPlace(asked, stateName(usps, v.lang))}
      near={places.slice(0, 8).map((place) => ({ label: place.name, href: v.to(place.path) }))}
      all={{ label: stateName(usps, v.lang), href: v.to(`/states/${usps.toLowerCase()}`) }}
      current="states"
    />
  )
}

export const UnknownRecord: FC<{ v: View; asked: string }> = ({ v, asked }) => (
  <NotFound
    v={v}
    title={v.t.errors.noRecord(asked)}
    near={nearRecords(v.book, asked).map((rec) => ({
      label: recordLabel(v, rec.id),
      href: v.to(`/records/${rec.id}`),
    }))}
    all={{ label: v.t.errors.allRecords, href: v.to('/registry') }}
    current="registry"
  />
)

function recordLabel(v: View, id: string): string {
  const rec = v.book.records.get(id)
  if (rec === undefined) return id
  const [first] = rec.jurisdictions
  return first === undefined
    ? rec.title
    : `${rec.title} (${fullPlaceName(placeOf(v.book, first, v.lang), v.lang)})`
}

/** The address asks for something that cannot be: each fault with the parameter, what was found, what is wanted. */
export const BadAddress: FC<{
  v: View
  problems: readonly SearchProblem[]
  without: string
  current?: NavKey
}> = (props) => {
  const { v, problems } = props
  const t = v.t.errors
  return (
    <Frame v={v} title={t.badTitle} noindex {...(props.current && { current: props.current })}>
      <Failure lang={v.lang} title={t.badTitle} nothingLost>
        <DataTable
          lang={v.lang}
          caption={t.badTitle}
          rows={problems}
          columns={[
            {
              key: 'parameter',
              head: t.parameter,
              rowHead: true,
              cell: (row) => <code>{row.parameter}</code>,
            },
            { key: 'found', head: t.found, cell: (row) => (row.found === '' ? '–' : row.found) },
            { key: 'wanted', head: t.wanted, cell: (row) => wantedText(v, row) },
          ]}
        />
        <p>
          <a href={props.without}>{t.back}</a>
        </p>
      </Failure>
    </Frame>
  )
}

/** What is wanted, in the page's language; codes stay as they are written in addresses. */
function wantedText(v: View, problem: SearchProblem): string {
  if (v.lang === 'en' || problem.wanted in v.t.errors) return problem.wanted
  const listed = /^one of (.*)$/s.exec(problem.wanted)?.[1]
  switch (problem.code) {
    case 'unknown_parameter':
    case 'unknown_value':
      return listed === undefined ? problem.wanted : `uno de: ${listed}`
    case 'bad_date':
      return problem.parameter === 'as-of' || problem.parameter === 'peers'
        ? problem.wanted
        : 'una fecha como AAAA, AAAA-MM o AAAA-MM-DD que esté en el calendario y no sea anterior al comienzo'
    case 'bad_number':
      return problem.wanted.replace('a whole number from', 'un número entero de').replace(' to ', ' a ')
    case 'unknown_jurisdiction':
      return 'un código postal como CO, US para la nación, o un identificador como ocd-division/country:us/state:co'
    case 'query_too_long':
      return problem.wanted.replace('at most', 'a lo sumo').replace('characters', 'caracteres')
    case 'given_twice':
      return 'un solo valor'
    case 'broken_encoding':
      return 'texto UTF-8 con codificación de porcentaje'
  }
}
