import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { divisionOfState, findState, NATION, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { listAwards, listInventories } from './awards-store.ts'
import { listDisruptions } from './disruption-store.ts'
import { positionJson } from './position-json.ts'
import { loadLeverageTable, loadPosition } from './position-store.ts'
import { METHODS } from './rivals.ts'
import { STRENGTHS, YearKind } from './schema.ts'
import { loadFigures } from './store.ts'
import {
  awardsTable,
  balanceTable,
  disruptionsTable,
  estimatesTable,
  flowsTable,
  leverageRows,
  type Table,
} from './table.ts'
import { csvStream, ENDINGS, type Ending, refuse, splitEnding, tableAnswer } from './table-answer.ts'
import { VIEWS } from './view.ts'

/** Codes that only this room gives. */
export const FISCAL_PROBLEMS = [
  { code: 'unknown_state', status: 404, title: 'No such state', advice: 'Give a postal code such as CO.' },
  { code: 'unknown_series', status: 404, title: 'No such series', advice: 'See /api/v1/series.' },
  { code: 'unknown_list', status: 404, title: 'No such list of awards', advice: 'See /api/v1/funds/{usps}.' },
] as const

type Loaded = Table | Response

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
})
const problems = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
})
const Rows = z.object({
  name: z.string(),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
})
const State = z.object({ usps: z.string().describe('postal code, such as co') })

/** What states give, get, risk and can touch: every table as JSON, CSV or Parquet, each with its dictionary. */
export function fiscalApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono()
  const document = (
    path: string,
    summary: string,
    request: object,
    schema: z.ZodType,
    handle: (c: Context) => Promise<Response>,
  ) =>
    api.openapi(
      createRoute({
        method: 'get',
        path,
        summary,
        request,
        responses: {
          200: { description: summary, content: { 'application/json': { schema } } },
          400: problems('A parameter is not understood'),
          404: problems('Not there'),
        },
      } as never),
      ((c: Context) => handle(c)) as never,
    )
  const table = (path: string, summary: string, request: object, load: (c: Context) => Promise<Loaded>) => {
    const answer = (ending: Ending) => async (c: Context) => {
      const loaded = await load(c)
      return loaded instanceof Response ? loaded : tableAnswer(c, loaded, ending)
    }
    document(path, summary, request, Rows, answer('json'))
    if (!path.endsWith('}'))
      for (const ending of ENDINGS) api.get(`${honoPath(path)}.${ending}`, answer(ending))
  }
  api.get('/funds/template.csv', (c) =>
    c.body(TEMPLATE, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="funds-template.csv"',
    }),
  )
  // An address that ends in a parameter carries its form inside it.
  for (const [path, load] of [
    ['/funds/:usps/:list', awards],
    ['/disruptions/:usps', disruptions],
  ] as const)
    api.get(`${path}{.+\\.(?:csv|json|parquet)}`, async (c) => {
      const loaded = await load(c as Context, shell)
      const last = c.req.path.split('/').at(-1) ?? ''
      return loaded instanceof Response ? loaded : tableAnswer(c, loaded, splitEnding(last)?.ending ?? 'json')
    })
  table('/balance', 'Balances of every state by one method in one view', { query: BalanceQuery }, (c) =>
    balance(c, shell),
  )
  table('/leverage', 'Usable leverage of every state beside balance and exposure', {}, () => leverage(shell))
  table('/flows', 'Values of the series', { query: FlowsQuery }, (c) => flows(c, shell))
  table('/position/{usps}/flows', 'Every value of one state', { params: State }, (c) => flows(c, shell))
  table('/position/{usps}/estimates', 'Rival estimates of one state', { params: State }, (c) =>
    estimates(c, shell),
  )
  document(
    '/series',
    'Every series with its sources',
    {},
    z.object({ series: z.array(z.record(z.string(), z.unknown())) }),
    (c) => series(c, shell),
  )
  document(
    '/position/{usps}',
    'What a state gives, gets, risks and can itself touch',
    { params: State },
    z.record(z.string(), z.unknown()),
    (c) => position(c, shell),
  )
  document(
    '/funds/{usps}',
    'Lists of federal awards of a state',
    { params: State },
    z.object({ lists: z.array(z.record(z.string(), z.unknown())) }),
    (c) => lists(c, shell),
  )
  table('/funds/{usps}/{list}', 'Awards of one list', { params: State.extend({ list: z.string() }) }, (c) =>
    awards(c, shell),
  )
  table('/disruptions/{usps}', 'Recorded disruptions of a state', { params: State }, (c) =>
    disruptions(c, shell),
  )
  return api
}

const honoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1')

const BalanceQuery = z.object({
  basis: z
    .string()
    .optional()
    .describe(METHODS.map((method) => method.id).join(', ')),
  view: z.string().optional().describe(VIEWS.join(', ')),
})
const FlowsQuery = z.object({
  series: z.string().optional().describe('id of a series'),
  state: z.string().optional().describe('postal code, or US'),
  year: z.string().optional().describe('four digits'),
})

const TEMPLATE = `year,year_kind,agency,aln,programme,strength,state_agency,award_id,amount,match,maintenance_of_effort\r
2026,state-fiscal,Department of Education,84.010,Title I grants,formula,Department of Education,S010A260001,1250000.00,,\r
2026,state-fiscal,Department of Energy,81.041,State Energy Program,formula,Energy Office,,500000.00,100000.00,250000.00\r
Total,,,,,,,,1750000.00,,\r
`

const fault = (c: Context, name: string, found: string, wanted: readonly string[]): Response =>
  refuse(c, 400, 'unknown_value', 'Unknown value', `${name}: found ${found}; wanted ${wanted.join(', ')}`, {
    parameter: name,
    found,
    wanted,
  })

/** The state in the address, with or without an ending. */
function stateOf(c: Context): Usps | Response {
  const asked = c.req.param('usps') ?? ''
  const code = splitEnding(asked)?.name ?? asked
  const state = findState(code)
  return (
    state?.usps ??
    refuse(
      c,
      404,
      'unknown_state',
      'No such state',
      `No state, district or territory has the postal code ${code}.`,
    )
  )
}

async function balance(c: Context, shell: Shell): Promise<Loaded> {
  const basis = c.req.query('basis') ?? 'rockefeller'
  const view = VIEWS.find((one) => one === (c.req.query('view') ?? 'total'))
  const bases = METHODS.map((method) => method.id)
  if (!bases.includes(basis)) return fault(c, 'basis', basis, bases)
  if (view === undefined) return fault(c, 'view', c.req.query('view') ?? '', VIEWS)
  return balanceTable(await loadFigures(shell.db), basis, view)
}

const leverage = async (shell: Shell): Promise<Loaded> => leverageRows(await loadLeverageTable(shell.db))

async function flows(c: Context, shell: Shell): Promise<Loaded> {
  const figures = await loadFigures(shell.db)
  const [id, year, code] = [
    c.req.query('series'),
    c.req.query('year'),
    c.req.param('usps') ?? c.req.query('state'),
  ]
  if (id !== undefined && !figures.series.has(id))
    return refuse(c, 404, 'unknown_series', 'No such series', `No series has the id ${id}.`)
  if (year !== undefined && !/^\d{4}$/.test(year)) return fault(c, 'year', year, ['four digits'])
  const state = code === undefined || code.toUpperCase() === 'US' ? undefined : findState(code)
  if (code !== undefined && code.toUpperCase() !== 'US' && !state)
    return refuse(
      c,
      404,
      'unknown_state',
      'No such state',
      `No state, district or territory has the postal code ${code}.`,
    )
  const place = state ? divisionOfState(state.usps) : code === undefined ? undefined : NATION
  const ids = id === undefined ? [...figures.series.keys()] : [id]
  const rows = ids
    .flatMap((one) => figures.all(one))
    .filter(
      (f) =>
        (place === undefined || f.jurisdiction === place) && (year === undefined || f.year === Number(year)),
    )
  return flowsTable(
    ['flows', id, code?.toLowerCase(), year].filter((part) => part !== undefined).join('-'),
    rows,
  )
}

async function estimates(c: Context, shell: Shell): Promise<Loaded> {
  const usps = stateOf(c)
  return usps instanceof Response ? usps : estimatesTable(usps, (await loadPosition(shell, usps)).estimates)
}

async function position(c: Context, shell: Shell): Promise<Response> {
  const usps = stateOf(c)
  return usps instanceof Response ? usps : c.json(positionJson(await loadPosition(shell, usps)) as never)
}

async function series(c: Context, shell: Shell): Promise<Response> {
  const figures = await loadFigures(shell.db)
  const all = [...figures.series.values()].map((one) => ({
    ...one,
    values: figures.all(one.id).length,
    categories: figures.categoriesOf(one.id),
    source_detail: figures.sources.get(one.source) ?? null,
  }))
  return c.json({ series: all, year_kinds: YearKind.options, strengths: STRENGTHS } as never)
}

async function lists(c: Context, shell: Shell): Promise<Response> {
  const usps = stateOf(c)
  if (usps instanceof Response) return usps
  const held = await listInventories(shell.db, divisionOfState(usps))
  return c.json({
    lists: held.map((list) => ({ ...list, total_cents: list.total_cents.toString() })),
  } as never)
}

async function awards(c: Context, shell: Shell): Promise<Loaded> {
  const usps = stateOf(c)
  if (usps instanceof Response) return usps
  const asked = c.req.param('list') ?? ''
  const id = splitEnding(asked)?.name ?? asked
  const place = divisionOfState(usps)
  const list = (await listInventories(shell.db, place)).find((one) => one.id === id)
  if (!list) return refuse(c, 404, 'unknown_list', 'No such list of awards', `${usps} has no list ${id}.`)
  if (splitEnding(asked)?.ending === 'csv' && list.award_count > ROWS_AT_ONCE)
    return csvStream(`funds-${usps.toLowerCase()}-${id}`, async (after) => {
      const part = await listAwards(shell.db, place, id, { limit: ROWS_AT_ONCE, after })
      return part.length === 0
        ? undefined
        : { table: awardsTable(usps, id, part), next: part.at(-1)?.line ?? 0 }
    })
  return awardsTable(usps, id, await listAwards(shell.db, place, id, { limit: list.award_count, after: 0 }))
}

/** A list longer than this goes out in parts, so that no download holds it whole. */
const ROWS_AT_ONCE = 10_000

async function disruptions(c: Context, shell: Shell): Promise<Loaded> {
  const usps = stateOf(c)
  if (usps instanceof Response) return usps
  return disruptionsTable(
    `disruptions-${usps.toLowerCase()}`,
    await listDisruptions(shell.db, { jurisdiction: divisionOfState(usps) }),
  )
}
