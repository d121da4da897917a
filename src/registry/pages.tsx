import { type Context, Hono } from 'hono'
import { EdtfDate, err, findState, IsoDate, ok, type Result, spanOf, stateOf } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { PageEnv } from '../ui/index.ts'
import type { Book } from './book.ts'
import { FEED_TYPE, feedOf, feedScope } from './feeds.ts'
import { AccessibilityPage, MethodPage } from './pages/about.tsx'
import { ChainPage } from './pages/chain.tsx'
import { CHANGES_PER_PAGE, ChangesPage } from './pages/changes.tsx'
import { CorrectionsPage } from './pages/corrections.tsx'
import { DownloadsPage } from './pages/downloads.tsx'
import { BadAddress, NotFound, UnknownPlace, UnknownRecord, UnknownState } from './pages/errors.tsx'
import { HomePage } from './pages/home.tsx'
import { KindsPage } from './pages/kinds.tsx'
import { kindOfSlug } from './pages/links.ts'
import { ListPage } from './pages/list.tsx'
import { type ListAsked, readList } from './pages/list-address.ts'
import type { Found } from './pages/list-filters.tsx'
import { MatrixPage, readMatrix } from './pages/matrix.tsx'
import { RecordPage } from './pages/record.tsx'
import { readSearchPage, SearchPage } from './pages/search.tsx'
import type { Slots } from './pages/slots.ts'
import { StatePage } from './pages/state.tsx'
import { findPlace, LocalPage, STATE_SORTS, StatesPage } from './pages/states.tsx'
import { type View, viewOf } from './pages/view.ts'
import { PolicyArea } from './schema.ts'
import { PAGE_SIZE_MAX, type SearchProblem } from './search.ts'
import { findRecords, searchBook } from './search-book.ts'
import { loadBook, loadChanges, loadHistory } from './store.ts'
import { allRecordsSum } from './views/checksum.ts'
import { MAPS } from './views/home.ts'
import { peersOf } from './views/places.ts'

type C = Context<PageEnv>

export const registryPages = (shell: Shell, slots: Slots = {}): Hono<PageEnv> => {
  const at = pageMaker(shell)
  // The log changes only with the revision, and several pages read all of it.
  let log: { readonly revision: number; readonly changes: ReturnType<typeof loadChanges> } | undefined
  const changeLog = ({ revision }: Book) => {
    if (log?.revision !== revision)
      log = { revision, changes: loadChanges(shell.db, { limit: Number.MAX_SAFE_INTEGER }) }
    return log.changes
  }
  return new Hono<PageEnv>()
    .get('/', (c) =>
      at(c, async (v) => {
        const map = one(v, 'map', MAPS)
        const area = one(v, 'area', PolicyArea.options)
        if (!map.ok) return bad(c, v, map.error)
        if (!area.ok) return bad(c, v, area.error)
        const slotted = await slots.homeMap?.(v.lang)
        const ways = slots.ways?.(v.lang) ?? []
        return c.html(<HomePage v={v} map={map.value} area={area.value} slotted={slotted} ways={ways} />)
      }),
    )
    .get('/states', (c) =>
      at(c, (v) => {
        const sort = one(v, 'sort', STATE_SORTS)
        return sort.ok ? c.html(<StatesPage v={v} sort={sort.value ?? 'name'} />) : bad(c, v, sort.error)
      }),
    )
    .get('/states/:usps', (c) => at(c, (v) => statePage(c, v, slots)))
    .get('/states/:usps/place/:slug', (c) => at(c, (v) => localPage(c, v, 'place')))
    .get('/states/:usps/county/:slug', (c) => at(c, (v) => localPage(c, v, 'county')))
    .get('/registry', (c) => at(c, (v) => c.html(<KindsPage v={v} />)))
    .get('/registry/matrix', (c) =>
      at(c, (v) => {
        const request = readMatrix(v)
        return request.ok ? c.html(<MatrixPage v={v} request={request.value} />) : bad(c, v, request.error)
      }),
    )
    .get('/registry/changes', (c) =>
      at(c, async (v) => {
        const changes = await changeLog(v.book)
        const asked = v.query.get('page') ?? '1'
        const last = Math.max(1, Math.ceil(changes.length / CHANGES_PER_PAGE))
        const page = /^\d{1,6}$/.test(asked) ? Number(asked) : 0
        if (page < 1 || page > last)
          return bad(c, v, wrong('page', asked, `a whole number from 1 to ${last}`, 'bad_number'))
        const from = changes.slice((page - 1) * CHANGES_PER_PAGE)
        return c.html(<ChangesPage v={v} page={page} changes={from} total={changes.length} />)
      }),
    )
    .get('/registry/corrections', (c) => c.redirect(prefix(c, '/corrections'), 301))
    .get('/registry/:slug', (c) =>
      at(c, async (v) => {
        const kind = kindOfSlug(c.req.param('slug'))
        if (kind === undefined) return unknownKind(c, v, c.req.param('slug'))
        const request = readList(kind, rawQuery(c))
        if (!request.ok) return bad(c, v, request.error)
        return c.html(<ListPage v={v} request={request.value} found={await found(v, request.value)} />)
      }),
    )
    .get('/r/:id', (c) => c.redirect(prefix(c, `/records/${c.req.param('id')}`), 301))
    .get('/records/:id', (c) => at(c, (v) => recordPage(c, v, undefined)))
    .get('/records/:id/chain', (c) =>
      at(c, async (v) => {
        const rec = v.book.records.get(c.req.param('id'))
        if (rec === undefined) return c.html(<UnknownRecord v={v} asked={c.req.param('id')} />, 404)
        const added = await slots.recordSection?.(rec.id, v.lang)
        return c.html(<ChainPage v={v} rec={rec} added={added} />)
      }),
    )
    .get('/records/:id/v/:n', (c) => at(c, (v) => recordPage(c, v, c.req.param('n'))))
    .get('/search', (c) =>
      at(c, async (v) => {
        const request = readSearchPage(rawQuery(c))
        if (!request.ok) return bad(c, v, request.error)
        const result =
          request.value.query === '' ? undefined : await searchBook(shell.db, v.book, request.value)
        return c.html(<SearchPage v={v} request={request.value} result={result} />)
      }),
    )
    .get('/corrections', (c) =>
      at(c, async (v) => {
        const corrected = (await changeLog(v.book)).filter((version) => version.change === 'correction')
        const before = await Promise.all(corrected.map((version) => loadHistory(shell.db, version.rec.id)))
        return c.html(<CorrectionsPage v={v} corrected={corrected} histories={before} />)
      }),
    )
    .get('/downloads', (c) => at(c, (v) => c.html(<DownloadsPage v={v} checksum={allRecordsSum(v.book)} />)))
    .get('/method', (c) => at(c, (v) => c.html(<MethodPage v={v} />)))
    .get('/accessibility', (c) => at(c, (v) => c.html(<AccessibilityPage v={v} />)))
    .get('/feeds/:file{.+\\.atom}', async (c) => {
      const scope = feedScope(c.req.param('file'))
      const book = await loadBook(shell.db)
      if (scope === undefined) {
        return at(c, (v) =>
          c.html(
            <NotFound
              v={v}
              title={v.t.errors.noPage(c.req.path)}
              near={[]}
              all={{ label: v.t.changes.feeds, href: v.plain('/registry/changes') }}
            />,
            404,
          ),
        )
      }
      const changes = await changeLog(book)
      const origin = new URL(c.req.url).origin
      return c.body(feedOf({ scope, book, changes, origin, lang: c.var.lang }), 200, {
        'Content-Type': FEED_TYPE,
      })
    })

  async function found(v: View, { kind, filters: { query } }: ListAsked): Promise<Found | undefined> {
    if (query === '') return undefined
    // The list filters by itself, since its facets count what its filters leave out.
    const { records, matching, corrected } = await findRecords(shell.db, v.book, {
      ...EVERYTHING,
      kind: [kind],
      query,
    })
    return { ids: records.map(({ id }) => id), matching, corrected: corrected ?? [] }
  }

  async function recordPage(c: C, v: View, asked: string | undefined) {
    const id = c.req.param('id') ?? ''
    const history = await loadHistory(shell.db, id)
    const newest = history.at(-1)
    if (newest === undefined) return c.html(<UnknownRecord v={v} asked={id} />, 404)
    const shown = asked === undefined ? newest : history.find((version) => String(version.version) === asked)
    if (shown === undefined)
      return c.html(
        <NotFound
          v={v}
          title={v.t.errors.noVersion(asked ?? '', newest.version)}
          near={[]}
          all={{ label: newest.rec.title, href: v.to(`/records/${id}`) }}
          current="registry"
        />,
        404,
      )
    // A record that did not exist on the day asked for still opens by its permanent link, as it is now.
    const rec = asked === undefined ? (v.book.records.get(id) ?? shown.rec) : shown.rec
    const added = await slots.recordSection?.(rec.id, v.lang)
    return c.html(<RecordPage v={v} rec={rec} version={shown} history={history} added={added} />)
  }
}

const EVERYTHING = {
  kind: [],
  area: [],
  status: [],
  stance: [],
  party: [],
  tier: [],
  confidence: [],
  jurisdiction: [],
  query: '',
  sort: 'rank',
  page: 1,
  limit: PAGE_SIZE_MAX,
} as const

async function statePage(c: C, v: View, slots: Slots) {
  const asked = c.req.param('usps') ?? ''
  const found = findState(asked)
  if (found === undefined) return c.html(<UnknownState v={v} asked={asked} />, 404)
  if (asked !== found.usps.toLowerCase()) return c.redirect(v.to(`/states/${found.usps.toLowerCase()}`), 301)
  const state = stateOf(found.usps)
  const peers = peersOf(state, v.query.getAll('peers').join(','))
  if (!peers.ok) return bad(c, v, wrong('peers', peers.unknown, v.t.errors.peers, 'bad_date'))
  const [sentence, note, figures, sections] = await Promise.all([
    slots.stateSentence?.(state.usps, v.lang),
    slots.stateNote?.(state.usps, v.lang),
    slots.stateFigures?.(state.usps, v.lang),
    slots.stateSections?.(state.usps, v.lang),
  ])
  return c.html(
    <StatePage
      v={v}
      state={state}
      peers={peers}
      sentence={sentence}
      note={note}
      figures={figures}
      sections={sections ?? []}
    />,
  )
}

function localPage(c: C, v: View, type: 'place' | 'county') {
  const [asked, slug] = [c.req.param('usps') ?? '', c.req.param('slug') ?? '']
  const state = findState(asked)
  if (state === undefined) return c.html(<UnknownState v={v} asked={asked} />, 404)
  const place = findPlace(v, state.usps, type, slug)
  if (place === undefined) return c.html(<UnknownPlace v={v} asked={slug} usps={state.usps} />, 404)
  return c.html(<LocalPage v={v} place={place} />)
}

const unknownKind = (c: C, v: View, asked: string) =>
  c.html(
    <NotFound
      v={v}
      title={v.t.errors.noKind(asked)}
      near={[]}
      all={{ label: v.t.kinds.title, href: v.to('/registry') }}
      current="registry"
    />,
    404,
  )

/** What every page begins with: the day asked for, the book of that day, and the view on it. */
const pageMaker =
  (shell: Shell) =>
  async (c: C, draw: (v: View) => Response | Promise<Response>): Promise<Response> => {
    const today = shell.now().slice(0, 10) as IsoDate
    const query = new URL(c.req.url).searchParams
    // The API's spelling of the day works here too.
    const written = query.get('as_of')
    if (written !== null && !query.has('as-of')) query.set('as-of', written)
    query.delete('as_of')
    const day = readDay(query.get('as-of') ?? undefined, today)
    const asOf = day.ok ? day.value : undefined
    const book = await loadBook(shell.db, asOf === undefined ? {} : { asOf })
    const v = viewOf({ lang: c.var.lang, book, today, asOf, pathname: englishPath(c), query })
    return day.ok
      ? draw(v)
      : bad(c, v, wrong('as-of', query.get('as-of') ?? '', v.t.errors[day.error], 'bad_date'))
  }

/** The first day of the federal government under the Constitution's text: nothing recorded is older. */
const FIRST_DAY = '1787-09-17'

function readDay(
  text: string | undefined,
  today: IsoDate,
): Result<IsoDate | undefined, 'date' | 'tooEarly' | 'notYet'> {
  if (text === undefined || text.trim() === '') return ok(undefined)
  const day = IsoDate.safeParse(text.trim())
  if (!day.success) {
    // A month or a year is taken as its last day, as far as it has come.
    const vague = EdtfDate.safeParse(text.trim())
    if (!vague.success) return err('date')
    const { first, last } = spanOf(vague.data)
    return first > today ? err('notYet') : ok(last > today ? today : last)
  }
  if (day.data < FIRST_DAY) return err('tooEarly')
  return day.data > today ? err('notYet') : ok(day.data)
}

const englishPath = (c: C): string =>
  c.var.lang === 'es' ? c.req.path.replace(/^\/es(?=\/|$)/, '') || '/' : c.req.path
const prefix = (c: C, path: string): string => (c.var.lang === 'es' ? `/es${path}` : path)
const rawQuery = (c: C): string => c.req.url.split('?')[1]?.split('#')[0] ?? ''

function one<T extends string>(
  v: View,
  name: string,
  values: readonly T[],
): Result<T | undefined, readonly SearchProblem[]> {
  const asked = v.query.get(name)
  if (asked === null || asked === '') return ok(undefined)
  const value = values.find((known) => known === asked)
  return value === undefined
    ? err(wrong(name, asked, `one of ${values.join(', ')}`, 'unknown_value'))
    : ok(value)
}

const wrong = (
  parameter: string,
  found: string,
  wanted: string,
  code: SearchProblem['code'],
): readonly SearchProblem[] => [{ code, parameter, found: found.slice(0, 120), wanted }]

function bad(c: C, v: View, problems: readonly SearchProblem[]): Response | Promise<Response> {
  const without = v.here(Object.fromEntries(problems.map(({ parameter }) => [parameter, undefined])))
  return c.html(<BadAddress v={v} problems={problems} without={without} />, 400)
}
