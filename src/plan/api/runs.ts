import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { badParameters, err, ok, problem, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { METRICS, type Metric, parseRunOptions } from '../../scenario/index.ts'
import { checkPlan } from '../check.ts'
import { findPlan } from '../documents/store.ts'
import { leaveToRun } from '../pages/run-leave.ts'
import type { StoredRun } from '../runs/runs.ts'
import { findRun, hasRun, listRuns } from '../runs/store.ts'
import { type CsvParts, decidesCsv, figuresCsv, outcomesCsv, runJson, totalsCsv } from '../runs/tables.ts'
import { askFor, deskOf } from '../runs/workers.ts'
import { loadPlanFacts } from '../store.ts'
import { BY_SCHEMA, badRequest, problemAnswer } from './bad-request.ts'
import { RUN_ROUTES as ROUTES, RUN_PROBLEMS } from './run-routes.ts'

/** Runs of plans: asked for, watched, and read in every form. */
export function runsApi(shell: Shell): OpenAPIHono {
  const api = new OpenAPIHono(BY_SCHEMA)
  const on = (route: object, handle: (c: Context) => Promise<Response> | Response) =>
    api.openapi(route as never, ((c: Context) => handle(c)) as never)
  const ofRun = (handle: (c: Context, run: StoredRun) => Response) => async (c: Context) => {
    const run = await runOf(c, shell)
    return run.ok ? handle(c, run.value) : run.error
  }
  on(ROUTES.list, (c) => list(c, shell))
  on(ROUTES.start, (c) => start(c, shell))
  on(ROUTES.status, (c) => status(c, shell))
  on(
    ROUTES.results,
    ofRun((c, run) => c.json(runJson(run) as never)),
  )
  on(ROUTES.figures, ofRun(figures))
  on(
    ROUTES.totals,
    ofRun((c, run) => csvAnswer(c, run, 'totals', totalsCsv(run))),
  )
  on(
    ROUTES.outcomes,
    ofRun((c, run) => csvAnswer(c, run, 'outcomes', outcomesCsv(run))),
  )
  on(
    ROUTES.decides,
    ofRun((c, run) => csvAnswer(c, run, 'decides', decidesCsv(run))),
  )
  return api
}

const idOf = (c: Context): string => c.req.param('id') ?? ''
const keyOf = (c: Context): string => c.req.param('key') ?? ''

async function list(c: Context, shell: Shell): Promise<Response> {
  if (!(await findPlan(shell, idOf(c)))) return unknownPlan(idOf(c))
  const runs = await listRuns(shell.db, idOf(c))
  return c.json({ runs: runs.map(({ plan: _, title: __, ...run }) => run) })
}

async function runOf(c: Context, shell: Shell): Promise<Result<StoredRun, Response>> {
  const run = /^[0-9a-f]{64}$/.test(keyOf(c)) ? await findRun(shell.db, keyOf(c)) : undefined
  if (run?.ground.plan.id === idOf(c)) return ok(run)
  const job = deskOf(shell).find(keyOf(c))
  const isGoing = job !== undefined && (job.status.state === 'waiting' || job.status.state === 'running')
  return err(isGoing ? answer('run_not_done', `It is ${job.status.state}.`) : unknownRun(c))
}

async function status(c: Context, shell: Shell): Promise<Response> {
  c.header('cache-control', 'private, no-store')
  const key = keyOf(c)
  const kept = (await listRuns(shell.db, idOf(c))).find((run) => run.key === key)
  const job = deskOf(shell).find(key)
  if (!kept && job?.plan !== idOf(c)) return unknownRun(c)
  return c.json(
    statusJson(shell, idOf(c), key, kept !== undefined, kept?.has_sensitivity === true, kept ?? job),
  )
}

function statusJson(
  shell: Shell,
  plan: string,
  key: string,
  hasFigures: boolean,
  isWhole: boolean,
  options: { readonly draws: number; readonly seed: number } | undefined,
) {
  const desk = deskOf(shell)
  const state = desk.find(key)?.status
  return {
    ...{ key, plan, draws: options?.draws ?? null, seed: options?.seed ?? null },
    state: isWhole || !state ? ('done' as const) : state.state,
    ahead: desk.ahead(key),
    progress: (!isWhole && state?.state === 'running' && state.progress) || null,
    has_figures: hasFigures,
  }
}

async function start(c: Context, shell: Shell): Promise<Response> {
  const options = parseRunOptions(await c.req.json().catch(() => undefined))
  if (!options.ok)
    return badRequest(options.error.issues.map(({ path, problem }) => ({ path: [path], message: problem })))
  const document = await findPlan(shell, idOf(c))
  if (!document) return unknownPlan(idOf(c))
  const facts = await loadPlanFacts(shell)
  const checked = document.read.ok ? checkPlan(document.read.value.plan, facts) : undefined
  if (!document.read.ok || !checked?.ok)
    return problemAnswer(
      problem(422, 'plan_refused', 'The document is not a plan that holds', 'See POST /api/v1/plans/check.'),
    )
  const held = { plan: document.read.value.plan, checked: checked.value, facts }
  const leave = leaveToRun(c, { document, held }, options.value)
  if (leave === 'sign-in')
    return problemAnswer(problem(401, 'sign_in_first', 'Sign in first', 'Running a plan needs an account.'))
  if (leave !== 'yes')
    return problemAnswer(problem(403, 'not_allowed', 'Not allowed', 'You may not run plans of these places.'))
  const job = await askFor(shell, held, options.value)
  if (!job) return answer('runs_waiting', 'Nothing was started.')
  const there = await hasRun(shell.db, job.key)
  c.header('location', `/api/v1/plans/${idOf(c)}/runs/${job.key}`)
  return c.json(
    statusJson(shell, idOf(c), job.key, there !== undefined, there === 'with-sensitivity', job),
    202,
  )
}

function figures(c: Context, run: StoredRun): Response {
  const asked = (name: string) =>
    c.req
      .query(name)
      ?.split(',')
      .filter((part) => part !== '')
  const [places, metrics] = [asked('place'), asked('metric')]
  const faults = [
    ...(places ?? [])
      .filter((place) => !run.results.places.includes(place))
      .map((found) => ({
        parameter: 'place',
        found,
        wanted: 'a code such as CO, members, non-members or nation',
      })),
    ...(metrics ?? [])
      .filter((metric) => !(METRICS as readonly string[]).includes(metric))
      .map((found) => ({ parameter: 'metric', found, wanted: METRICS.join(', ') })),
  ]
  if (faults.length > 0) return problemAnswer(badParameters(faults))
  const filter = { ...(places && { places }), ...(metrics && { metrics: metrics as Metric[] }) }
  return csvAnswer(c, run, 'figures', figuresCsv(run, filter))
}

const LINES_AT_ONCE = 2000

/** A file, sent in parts as it is made. */
function csvAnswer(_: Context, { key, ground }: StoredRun, name: string, parts: CsvParts): Response {
  const iterator = parts[Symbol.iterator]()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = ''
      for (let i = 0; i < LINES_AT_ONCE && text.length < 1_000_000; i++) {
        const { done, value } = iterator.next()
        if (done) {
          if (text !== '') controller.enqueue(Buffer.from(text))
          return controller.close()
        }
        text += value
      }
      controller.enqueue(Buffer.from(text))
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${ground.plan.id}-${key.slice(0, 12)}-${name}.csv"`,
    },
  })
}

const unknownPlan = (id: string): Response =>
  problemAnswer(problem(404, 'unknown_plan', 'No such plan', `There is no plan "${id}".`))
const unknownRun = (c: Context): Response =>
  answer('unknown_run', `No run ${keyOf(c).slice(0, 70)} of "${idOf(c)}" is kept or going on here.`)

function answer(code: (typeof RUN_PROBLEMS)[number]['code'], detail: string): Response {
  const kind = RUN_PROBLEMS.find((one) => one.code === code)
  return problemAnswer(problem(kind?.status ?? 400, code, kind?.title ?? code, detail))
}
