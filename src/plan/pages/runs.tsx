import { type Context, Hono } from 'hono'
import { err, ok, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { ENGINE_VERSION } from '../../scenario/index.ts'
import { href, type PageEnv } from '../../ui/index.ts'
import { checkPlan } from '../check.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { findPlan } from '../documents/store.ts'
import { faultText } from '../read.ts'
import { changesSince, ownName } from '../results/results.ts'
import { resultsWords } from '../results/words.ts'
import { type RunForm, readRunForm } from '../runs/form.ts'
import { type HeldPlan, runKey, type StoredRun } from '../runs/runs.ts'
import { findRun, hasRun, listRuns } from '../runs/store.ts'
import { runWords } from '../runs/words.ts'
import { askFor, deskOf } from '../runs/workers.ts'
import { loadPlanFacts } from '../store.ts'
import { missing, refused } from './answers.tsx'
import { comparePages } from './compare-routes.tsx'
import { type Asked, askedIn } from './parts.tsx'
import { ResultsPage } from './results.tsx'
import { RunFormPage } from './run-form.tsx'
import { leaveToRun } from './run-leave.ts'
import { partDone, pathOf, RunPage, type RunView, resultsPath, stageText } from './run-progress.tsx'
import { notStarted } from './run-refused.tsx'

type C = Context<PageEnv>

/** A run from its form to its results: asked for, watched, cancelled, and kept under its link. */
export const runPages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .route('/', comparePages(shell))
    .get('/plans/:id/run', (c) => form(c, shell))
    .post('/plans/:id/run', (c) => start(c, shell))
    .get('/plans/:id/run/:key{[0-9a-f]{64}}', (c) => watch(c, shell))
    .get('/plans/:id/run/:key{[0-9a-f]{64}}/status', (c) => status(c, shell))
    .post('/plans/:id/run/:key{[0-9a-f]{64}}/cancel', (c) => cancel(c, shell))
    .get('/plans/:id/results', (c) => results(c, shell))

const ask = (c: C): Asked => askedIn(c.var.lang ?? 'en')
const idOf = (c: C): string => c.req.param('id') ?? ''
const keyOf = (c: C): string => c.req.param('key') ?? ''

/** What stands on a running job is nobody else's, and true only now. */
const onlyNow = (c: C) => c.header('cache-control', 'private, no-store')

interface Found {
  readonly document: PlanDocument
  readonly held: HeldPlan
  readonly version: number | undefined
}

/** The plan of the address, held against the facts; or the page that says why not. */
async function findHeld(c: C, shell: Shell, v: string | undefined): Promise<Result<Found, Response>> {
  const a = ask(c)
  const version = v === undefined || v === '' ? undefined : /^\d{1,9}$/.test(v) ? Number(v) : -1
  const document = await findPlan(shell, idOf(c), version)
  if (!document) return err(await missing(c, a, a.t.plan.none(idOf(c))))
  const { read } = document
  if (!read.ok) return err(await refused(c, a, { id: idOf(c), title: idOf(c) }, read.error.map(faultText)))
  const facts = await loadPlanFacts(shell)
  const { plan, fault } = read.value
  const checked = checkPlan(plan, facts)
  if (!checked.ok) return err(await refused(c, a, plan, checked.error.map(fault).map(faultText)))
  return ok({ document, version, held: { plan, checked: checked.value, facts } })
}

async function form(c: C, shell: Shell): Promise<Response> {
  const found = await findHeld(c, shell, c.req.query('v'))
  if (!found.ok) return found.error
  return formAnswer(c, shell, found.value, c.req.query(), { sought: false, status: 200 })
}

/** The form as it was filled in, with what is wrong in it. */
async function formAnswer(
  c: C,
  shell: Shell,
  { held, version }: Found,
  { draws, seed }: RunForm,
  { sought, status }: { readonly sought: boolean; readonly status: 200 | 400 },
): Promise<Response> {
  onlyNow(c)
  const a = ask(c)
  const read = readRunForm({ draws, seed })
  const kept = await listRuns(shell.db, held.plan.id)
  const wrong = read.ok ? [] : read.error
  const view = { plan: held.plan, version, form: { draws, seed }, wrong, kept, sought }
  return c.html(<RunFormPage a={a} t={runWords(a.lang)} view={view} />, wrong.length > 0 ? 400 : status)
}

async function start(c: C, shell: Shell): Promise<Response> {
  const fields = await c.req.parseBody()
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  const found = await findHeld(c, shell, text('v'))
  if (!found.ok) return found.error
  const asked = { draws: text('draws'), seed: text('seed') }
  const read = readRunForm(asked)
  if (!read.ok) return formAnswer(c, shell, found.value, asked, { sought: false, status: 400 })
  const leave = leaveToRun(c, found.value, read.value)
  if (leave !== 'yes') return notStarted(c, found.value.held, leave)
  const job = await askFor(shell, found.value.held, read.value)
  if (!job) return notStarted(c, found.value.held, 'full')
  const at = { plan: found.value.held.plan.id, ...job }
  const a = ask(c)
  return c.redirect(href(a.lang, 'status' in job ? pathOf(at) : resultsPath(at)), 303)
}

/** What is known of the run of the address. */
async function viewOf(c: C, shell: Shell): Promise<RunView> {
  const job = deskOf(shell).find(keyOf(c))
  const there = await hasRun(shell.db, keyOf(c))
  const given = readRunForm(c.req.query())
  const options = job ?? (given.ok ? given.value : { draws: 0, seed: 0 })
  return {
    ...{ plan: idOf(c), key: keyOf(c), draws: options.draws, seed: options.seed },
    title: job?.title ?? idOf(c),
    status: there === 'with-sensitivity' ? { state: 'done' } : job?.status,
    ahead: deskOf(shell).ahead(keyOf(c)),
    hasFigures: there !== undefined,
  }
}

async function watch(c: C, shell: Shell): Promise<Response> {
  onlyNow(c)
  const a = ask(c)
  if (!(await findPlan(shell, idOf(c)))) return missing(c, a, a.t.plan.none(idOf(c)))
  const view = await viewOf(c, shell)
  if (view.status?.state === 'done') return c.redirect(href(a.lang, resultsPath(view)), 303)
  return c.html(<RunPage a={a} t={runWords(a.lang)} view={view} />, view.status === undefined ? 404 : 200)
}

/** What the island reads: state, part and words. */
async function status(c: C, shell: Shell): Promise<Response> {
  onlyNow(c)
  const { status, ahead } = await viewOf(c, shell)
  const progress = status?.state === 'running' ? status.progress : undefined
  return c.json({
    state: status?.state ?? 'unknown',
    part_done: status?.state === 'done' ? 1 : partDone(progress),
    text: status ? stageText(runWords(ask(c).lang), status, ahead) : '',
  })
}

/** Whoever may start a run may stop it. */
async function cancel(c: C, shell: Shell): Promise<Response> {
  const found = await findHeld(c, shell, undefined)
  if (!found.ok) return found.error
  const job = deskOf(shell).find(keyOf(c))
  const leave = leaveToRun(c, found.value, job ?? { draws: 0, seed: 0 })
  if (leave !== 'yes') return notStarted(c, found.value.held, leave)
  deskOf(shell).cancel(keyOf(c))
  const view = await viewOf(c, shell)
  return c.redirect(href(ask(c).lang, pathOf(view)), 303)
}

/** Results under their link; without a key those that stand for the plan as it is now. */
async function results(c: C, shell: Shell): Promise<Response> {
  const key = c.req.query('run')
  if (key !== undefined) {
    const run = /^[0-9a-f]{64}$/.test(key) ? await findRun(shell.db, key) : undefined
    if (run && run.ground.plan.id === idOf(c)) return show(c, shell, run)
  }
  const found = await findHeld(c, shell, c.req.query('v'))
  if (!found.ok) return found.error
  const read = readRunForm(c.req.query())
  if (read.ok && key === undefined) {
    const now = { plan: idOf(c), key: runKey(found.value.held, read.value), ...read.value }
    if (await hasRun(shell.db, now.key)) return c.redirect(href(ask(c).lang, resultsPath(now)), 303)
  }
  return formAnswer(c, shell, found.value, c.req.query(), { sought: true, status: 200 })
}

async function show(c: C, shell: Shell, run: StoredRun): Promise<Response> {
  const a = ask(c)
  const { plan } = run.ground
  const document = await findPlan(shell, plan.id)
  const facts = await loadPlanFacts(shell)
  const now = document?.read.ok ? document.read.value.plan : undefined
  const checked = now && checkPlan(now, facts)
  const isThere = checked?.ok === true
  const changes =
    isThere && now ? changesSince(run, { plan: now, checked: checked.value, facts }, ENGINE_VERSION) : []
  const shown = { a, w: resultsWords(a.lang), run, who: ownName(run.results.members, a.lang) }
  const at = { plan: plan.id, key: run.key, draws: run.results.draws, seed: run.results.seed }
  return c.html(<ResultsPage shown={shown} path={resultsPath(at)} changes={changes} isThere={isThere} />)
}
