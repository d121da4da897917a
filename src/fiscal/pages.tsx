import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { accessWords, leaveFor, principalOf } from '../access/index.ts'
import {
  actorOf,
  cents,
  type DivisionId,
  divisionOfState,
  findState,
  IsoDate,
  NATION,
  stateOf,
  stateOfDivision,
  type Usps,
} from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { loadBook } from '../registry/store.ts'
import { Failure, href, type PageEnv, Refusal } from '../ui/index.ts'
import { parseAmount } from './award-row.ts'
import { groupAwards, listInventories } from './awards-store.ts'
import { DISRUPTION_FIELDS, type DisruptionForm, type FieldFault, readDisruption } from './disruption-form.ts'
import { historyOf, listDisruptions, recordDisruption } from './disruption-store.ts'
import { importAwards } from './import.ts'
import { disruptionMessage, importMessage } from './messages.ts'
import { allMoneyActions, moneyActions } from './money-actions.ts'
import { OwnSeries, readOwnSeries } from './own-series.ts'
import { TrackerPage } from './pages/disruptions.tsx'
import { BalanceFigurePage, ExposureFigurePage, FigurePage, LeverageFigurePage } from './pages/figure.tsx'
import { FundsPage, type FundsProps, type WhatIfForm } from './pages/funds.tsx'
import { MethodsPage, type OwnSeriesForm, SeriesPage } from './pages/methods.tsx'
import { LeveragePage, NationPage } from './pages/nation.tsx'
import { type Asked, asked, FiscalPage, pathOf } from './pages/parts.tsx'
import { PositionPage } from './pages/state.tsx'
import { loadLeverageTable, loadPosition, loadRanks, todayOf } from './position-store.ts'
import { METHODS } from './rivals.ts'
import { INVENTORY_FORMATS, Strength } from './schema.ts'
import { loadFigures, loadReserve, saveOwnSeries, saveReserve } from './store.ts'
import { VIEWS } from './view.ts'
import { MOST_MONTHS, stop } from './what-if.ts'

type C = Context<PageEnv>

/** The position pages; forms post to the path they stand on and work without script. */
export const fiscalPages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/position', (c) => nation(c, shell))
    .get('/position/leverage', async (c) =>
      c.html(<LeveragePage a={await ask(c, shell)} rows={await loadLeverageTable(shell.db)} />),
    )
    .get('/position/methods', async (c) => {
      const a = await ask(c, shell)
      const id = c.req.query('added')
      const added =
        id !== undefined && a.figures.series.has(id) ? { id, rows: a.figures.all(id).length } : undefined
      return c.html(<MethodsPage a={a} form={{ values: {}, faults: [], added }} />)
    })
    .post('/position/methods', (c) => writing(c, shell, addSeries))
    .get('/position/methods/:series', async (c) => {
      const a = await ask(c, shell)
      const series = a.figures.series.get(c.req.param('series'))
      return series
        ? c.html(<SeriesPage a={a} series={series} />)
        : missing(c, a, a.t.unknown.series(c.req.param('series')))
    })
    .get('/position/figures/:id', (c) => figure(c, shell, c.req.param('id')))
    .get('/position/:usps', (c) => atState(c, shell, state))
    .get('/position/:usps/funds', (c) => atState(c, shell, funds))
    .post('/position/:usps/funds', (c) => writing(c, shell, (w, s, a) => atState(w, s, importList, a)))
    .get('/position/:usps/reserve', (c) =>
      c.redirect(
        `${href(c.var.lang ?? 'en', `/position/${c.req.param('usps').toLowerCase()}/funds`)}#reserve`,
        303,
      ),
    )
    .post('/position/:usps/reserve', (c) => writing(c, shell, (w, s, a) => atState(w, s, noteReserve, a)))
    .get('/position/:usps/disruptions', (c) => atState(c, shell, tracker))
    .post('/position/:usps/disruptions', (c) => writing(c, shell, (w, s, a) => atState(w, s, record, a)))

const ask = async (c: C, shell: Shell): Promise<Asked> =>
  asked(c.var.lang ?? 'en', await loadFigures(shell.db), todayOf(shell))

type Handler = (c: C, shell: Shell, a: Asked, usps: Usps) => Promise<Response>

async function atState(c: C, shell: Shell, handle: Handler, known?: Asked): Promise<Response> {
  const a = known ?? (await ask(c, shell))
  const code = c.req.param('usps') ?? ''
  const found = findState(code)
  if (!found) return missing(c, a, a.t.unknown.state(code))
  // One address for each page: small letters.
  if (c.req.method === 'GET' && code !== code.toLowerCase())
    return c.redirect(href(a.lang, c.req.path.replace(/^\/es/, '').replace(code, code.toLowerCase())), 301)
  return handle(c, shell, a, found.usps)
}

async function writing(
  c: C,
  shell: Shell,
  handle: (c: C, shell: Shell, a: Asked) => Promise<Response>,
): Promise<Response> {
  const a = await ask(c, shell)
  const leave = leaveFor(c, 'figures.write', findState(c.req.param('usps') ?? '')?.usps ?? 'all')
  if (leave === 'yes') return handle(c, shell, a)
  const words = accessWords(a.lang).leave
  const why = { 'sign-in': words.signIn, 'not-yours': words.notYours, 'cross-site': words.crossSite }[leave]
  return c.html(
    <FiscalPage a={a} title={a.t.refused.title} path="/position" noindex>
      <Refusal title={a.t.refused.title}>
        <p>{why}</p>
        {leave === 'sign-in' && <a href={href(a.lang, '/sign-in')}>{words.toSignIn}</a>}
      </Refusal>
    </FiscalPage>,
    403,
  )
}

const missing = (c: C, a: Asked, words: string, status: 400 | 404 = 404) =>
  c.html(
    <FiscalPage a={a} title={words} path="/position" noindex>
      <Failure lang={a.lang} title={words}>
        <p>
          <a href={href(a.lang, '/position')}>{a.t.unknown.states}</a>
        </p>
      </Failure>
    </FiscalPage>,
    status,
  )

const viewAsked = (c: C) => VIEWS.find((view) => view === (c.req.query('view') ?? 'total'))

async function nation(c: C, shell: Shell): Promise<Response> {
  const a = await ask(c, shell)
  const basis = c.req.query('basis') ?? 'rockefeller'
  const view = viewAsked(c)
  const bases = METHODS.map((method) => method.id)
  if (!bases.includes(basis)) return missing(c, a, a.t.unknown.choice('basis', basis, bases.join(', ')), 400)
  if (!view)
    return missing(c, a, a.t.unknown.choice('view', c.req.query('view') ?? '', VIEWS.join(', ')), 400)
  return c.html(<NationPage a={a} basis={basis} view={view} />)
}

async function state(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const view = viewAsked(c)
  if (!view)
    return missing(c, a, a.t.unknown.choice('view', c.req.query('view') ?? '', VIEWS.join(', ')), 400)
  const chosen = (c.req.query('peers') ?? '').split(/[\s,]+/).flatMap((code) => findState(code)?.usps ?? [])
  const peerCodes = (chosen.length > 0 ? chosen : stateOf(usps).neighbors)
    .filter((one) => one !== usps)
    .slice(0, 5)
  const [position, book, disruptions, ranks, peers] = await Promise.all([
    loadPosition(shell, usps),
    loadBook(shell.db),
    listDisruptions(shell.db, { jurisdiction: divisionOfState(usps) }),
    loadRanks(shell.db, usps),
    Promise.all(peerCodes.map(async (code) => ({ usps: code, position: await loadPosition(shell, code) }))),
  ])
  return c.html(
    <PositionPage
      a={a}
      position={position}
      view={view}
      actions={moneyActions(book, usps)}
      disruptions={disruptions}
      today={todayOf(shell)}
      ranks={ranks}
      peers={peers}
      peersAsked={chosen.join(' ')}
    />,
  )
}

async function figure(c: C, shell: Shell, id: string): Promise<Response> {
  const a = await ask(c, shell)
  const parts = id.split('.')
  const derived = await derivedFigure(shell, a, parts)
  if (derived) return c.html(derived)
  const place = placeOf(parts.at(-2) ?? '')
  const [series = '', year = ''] = [parts[0], parts.at(-1)]
  const category = parts.slice(1, -2).join('.')
  const found = place && /^\d{4}$/.test(year) && a.figures.figure(place, series, category, Number(year))
  return found ? c.html(<FigurePage a={a} figure={found} />) : missing(c, a, a.t.unknown.figure(id))
}

/** `leverage.co`, `exposure.co`, `balance.rockefeller.co`. */
async function derivedFigure(shell: Shell, a: Asked, parts: readonly string[]) {
  const code = findState(parts.at(-1) ?? '')
  if (!code) return undefined
  const position = await loadPosition(shell, code.usps)
  if (parts[0] === 'leverage' && parts.length === 2 && position.leverage)
    return <LeverageFigurePage a={a} position={position} />
  if (parts[0] === 'exposure' && parts.length === 2 && position.exposure)
    return <ExposureFigurePage a={a} position={position} />
  const estimate = position.estimates.find((one) => one.id === parts[1])
  return parts[0] === 'balance' && parts.length === 3 && estimate ? (
    <BalanceFigurePage a={a} position={position} estimate={estimate} />
  ) : undefined
}

const placeOf = (code: string): DivisionId | undefined => {
  const found = findState(code)
  return found ? divisionOfState(found.usps) : code.toLowerCase() === 'us' ? NATION : undefined
}

async function funds(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const imported = c.req.query('imported')
  const base = await fundsProps(c, shell, a, usps)
  const list = base.inventories.find((one) => one.id === imported)
  return c.html(
    <FundsPage
      {...base}
      imported={
        list && { inventory: list, ties_to_total: c.req.query('tied') === '1', subtotals: 0, elsewhere: 0 }
      }
    />,
  )
}

/** The funds page with the answer to "what if", where the address asks it. */
async function fundsProps(c: C, shell: Shell, a: Asked, usps: Usps): Promise<FundsProps> {
  const place = divisionOfState(usps)
  const [inventories, reserve] = await Promise.all([
    listInventories(shell.db, place),
    loadReserve(shell.db, place),
  ])
  const asked = c.req.method === 'GET' ? c.req.query('inventory') : undefined
  const chosen = inventories.find((one) => one.id === asked) ?? inventories[0]
  const groups = chosen ? await groupAwards(shell.db, place, chosen.id) : []
  const form = whatIfForm(c)
  const faults = form.isAsked ? whatIfFaults(a, form) : []
  const lines = groups.filter(
    (group) =>
      form.strength === 'all' ||
      group.strength === Strength.safeParse(form.strength).data ||
      form.lines.includes(group.line),
  )
  const given = parseAmount(form.reserve) ?? (reserve && cents(reserve.amount_cents))
  const isReady = form.isAsked && faults.length === 0 && lines.length > 0
  return {
    a,
    usps,
    inventories,
    chosen,
    groups,
    form,
    faults:
      form.isAsked && faults.length === 0 && lines.length === 0
        ? [{ field: 'strength', message: a.t.funds.nothingTicked }]
        : faults,
    effect: isReady ? stop(lines, { months: Number(form.months), reserve: given }) : undefined,
    reserve,
    imported: undefined,
    refused: [],
  }
}

function whatIfForm(c: C): WhatIfForm & { readonly isAsked: boolean } {
  const get = (name: string) => (c.req.method === 'GET' ? c.req.query(name) : undefined)
  const lines =
    c.req.method === 'GET'
      ? (c.req.queries('line') ?? []).filter((line) => /^\d{1,9}$/.test(line)).map(Number)
      : []
  return {
    lines,
    strength: get('strength') ?? '',
    months: get('months') ?? '6',
    reserve: get('reserve') ?? '',
    isAsked: get('months') !== undefined,
  }
}

function whatIfFaults(a: Asked, form: WhatIfForm): FundsProps['faults'] {
  const faults: { field: string; message: string }[] = []
  if (!/^\d{1,2}$/.test(form.months) || Number(form.months) < 1 || Number(form.months) > MOST_MONTHS)
    faults.push({ field: 'months', message: a.t.funds.badMonths(form.months) })
  const reserve = form.reserve.trim() === '' ? 0n : parseAmount(form.reserve)
  if (reserve === undefined || reserve < 0n)
    faults.push({ field: 'reserve-start', message: a.t.funds.badReserve(form.reserve) })
  return faults
}

/** Where a form's file stands while it is read; it is gone afterwards, whatever happens. */
async function importList(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const body = await c.req.parseBody()
  const { file, title } = body
  const year = typeof body.year === 'string' ? body.year.trim() : ''
  const format = INVENTORY_FORMATS.find((one) => one === body.format)
  const refuse = async (lines: readonly string[]) =>
    c.html(<FundsPage {...(await fundsProps(c, shell, a, usps))} refused={lines} />, 422)
  if (!(file instanceof File) || file.size === 0)
    return refuse([a.t.unknown.choice(a.t.funds.file, '', 'CSV, XLSX')])
  if (!format)
    return refuse([a.t.unknown.choice(a.t.funds.format, String(body.format), INVENTORY_FORMATS.join(', '))])
  if (year !== '' && !/^(?:19|20)\d{2}$/.test(year))
    return refuse([a.t.unknown.choice(a.t.funds.fiscalYear, year, '2025')])
  const folder = await mkdtemp(join(tmpdir(), 'tenth-upload-'))
  try {
    const path = join(folder, /\.xlsx$/i.test(file.name) ? 'list.xlsx' : 'list.csv')
    await writeFile(path, Buffer.from(await file.arrayBuffer()), { mode: 0o600 })
    const done = await importAwards(shell, {
      path,
      file_name: file.name.replace(/[^\p{L}\p{N} ._()-]/gu, '_').slice(0, 120),
      usps,
      format,
      year: year === '' ? undefined : Number(year),
      title: typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 200) : undefined,
      actor: actorOf(principalOf(c)),
    })
    if (!done.ok) return refuse(importMessage(done.error))
    const { inventory, ties_to_total } = done.value
    return c.redirect(
      `${href(a.lang, pathOf(usps, '/funds'))}?imported=${inventory.id}&tied=${ties_to_total ? 1 : 0}`,
      303,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function noteReserve(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const body = await c.req.parseBody()
  const text = (name: string) => (typeof body[name] === 'string' ? body[name].trim() : '')
  const day = IsoDate.safeParse(text('as_of'))
  const amount = parseAmount(text('amount'))
  const faults = [
    ...(day.success ? [] : [a.t.unknown.choice(a.t.funds.asOf, text('as_of'), 'YYYY-MM-DD')]),
    ...(amount !== undefined && amount >= 0n ? [] : [a.t.funds.badReserve(text('amount'))]),
    ...(/^https?:\/\/[^\s]+\.[^\s]+$/.test(text('source_url'))
      ? []
      : [a.t.unknown.choice(a.t.funds.reserveSource, text('source_url'), 'https://…')]),
  ]
  if (!day.success || amount === undefined || faults.length > 0)
    return c.html(<FundsPage {...(await fundsProps(c, shell, a, usps))} refused={faults} />, 422)
  const reserve = { as_of: day.data, amount_cents: amount, source_url: text('source_url') }
  await saveReserve(shell, actorOf(principalOf(c)), divisionOfState(usps), reserve)
  return c.redirect(`${href(a.lang, pathOf(usps, '/funds'))}#reserve`, 303)
}

async function tracker(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const saved = c.req.query('saved')
  const recorded =
    saved === undefined ? undefined : (await historyOf(shell.db, divisionOfState(usps), saved))[0]
  return trackerPage(c, shell, a, usps, { form: {}, faults: [], saved: recorded }, 200)
}

async function trackerPage(
  c: C,
  shell: Shell,
  a: Asked,
  usps: Usps,
  filled: {
    form: DisruptionForm
    faults: readonly FieldFault[]
    saved: Awaited<ReturnType<typeof historyOf>>[number] | undefined
  },
  status: 200 | 422,
): Promise<Response> {
  const [book, disruptions] = await Promise.all([
    loadBook(shell.db),
    listDisruptions(shell.db, { jurisdiction: divisionOfState(usps) }),
  ])
  const here = (action: ReturnType<typeof allMoneyActions>[number]) =>
    action.jurisdictions.some((place) => place === NATION || stateOfDivision(place)?.usps === usps)
  return c.html(
    <TrackerPage
      a={a}
      usps={usps}
      today={todayOf(shell)}
      disruptions={disruptions}
      actions={moneyActions(book, usps)}
      choices={allMoneyActions(book).toSorted((x, y) => Number(here(y)) - Number(here(x)))}
      {...filled}
    />,
    status,
  )
}

async function record(c: C, shell: Shell, a: Asked, usps: Usps): Promise<Response> {
  const body = await c.req.parseBody()
  const form: DisruptionForm = Object.fromEntries(
    DISRUPTION_FIELDS.flatMap((field) => (typeof body[field] === 'string' ? [[field, body[field]]] : [])),
  )
  const read = readDisruption(usps, form)
  if (!read.ok) return trackerPage(c, shell, a, usps, { form, faults: read.error, saved: undefined }, 422)
  const recorded = await recordDisruption(shell, read.value, actorOf(principalOf(c)))
  if (recorded.ok)
    return c.redirect(`${href(a.lang, pathOf(usps, '/disruptions'))}?saved=${recorded.value.id}`, 303)
  const faults = disruptionMessage(recorded.error).map((message) => {
    const [field = '', wanted = ''] = message.split(/: (.*)/s)
    const name = field.replace(/_cents$/, '')
    return {
      field: name,
      found: form[name as keyof DisruptionForm] ?? '',
      wanted: wanted.replace(/^wanted /, ''),
    }
  })
  return trackerPage(c, shell, a, usps, { form, faults, saved: undefined }, 422)
}

const MOST_SERIES_BYTES = 8_000_000

async function addSeries(c: C, shell: Shell, a: Asked): Promise<Response> {
  const body = await c.req.parseBody()
  const values = Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  )
  const again = (faults: OwnSeriesForm['faults']) =>
    c.html(<MethodsPage a={a} form={{ values, faults, added: undefined }} />, 422)
  const about = OwnSeries.safeParse(values)
  if (!about.success)
    return again(
      about.error.issues.map((issue) => {
        const field = String(issue.path[0])
        return {
          field,
          message: a.t.unknown.choice(
            a.t.methods.ownFields[field] ?? field,
            values[field] ?? '',
            issue.message.replace(/^wanted: /, ''),
          ),
        }
      }),
    )
  const { file } = body
  if (!(file instanceof File) || file.size === 0 || file.size > MOST_SERIES_BYTES)
    return again([
      {
        field: 'file',
        message: a.t.unknown.choice(a.t.methods.ownFile, '', `CSV, 1 to ${MOST_SERIES_BYTES} bytes`),
      },
    ])
  const text = await file.text()
  const read = readOwnSeries(about.data, text)
  if (!read.ok)
    return again(
      read.error.map(({ line, column, found, wanted }) => ({
        field: 'file',
        message: `${file.name}:${line} ${a.t.unknown.choice(column, found, wanted)}`,
      })),
    )
  const saved = await saveOwnSeries(
    shell,
    actorOf(principalOf(c)),
    read.value,
    createHash('sha256').update(text).digest('hex'),
  )
  if (!saved) return again([{ field: 'id', message: a.t.methods.taken(about.data.id) }])
  return c.redirect(`${href(a.lang, '/position/methods')}?added=${about.data.id}`, 303)
}
