import { type Context, Hono } from 'hono'
import type { Shell } from '../../db/index.ts'
import { href, type PageEnv } from '../../ui/index.ts'
import { checkPlan } from '../check.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { findPlan, listPlans } from '../documents/store.ts'
import { compareRuns } from '../results/compare.ts'
import { readRunForm } from '../runs/form.ts'
import { DEFAULT_RUN, type HeldPlan, runKey, type StoredRun } from '../runs/runs.ts'
import { findRun, hasRun } from '../runs/store.ts'
import { runWords } from '../runs/words.ts'
import { askFor, deskOf } from '../runs/workers.ts'
import { loadPlanFacts } from '../store.ts'
import {
  type Chosen,
  CompareFormPage,
  ComparePage,
  CompareWaitingPage,
  comparePath,
  type PlanState,
} from './compare.tsx'
import { askedIn } from './parts.tsx'
import { leaveToRun } from './run-leave.ts'
import { notStarted } from './run-refused.tsx'

type C = Context<PageEnv>

/** Two or three plans on the same draws and seed. */
export const comparePages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/plans/compare', (c) => compare(c, shell))
    .post('/plans/compare', (c) => runMissing(c, shell))

interface Held {
  readonly document: PlanDocument
  readonly held: HeldPlan
}

function chosenIn(fields: Readonly<Record<string, unknown>>): Chosen {
  const text = (name: string) => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim().slice(0, 80) : ''
  }
  const options = readRunForm({ draws: text('draws') || undefined, seed: text('seed') || undefined })
  const { draws, seed } = options.ok ? options.value : DEFAULT_RUN
  return { ids: [text('a'), text('b'), text('c')], draws, seed }
}

/** The chosen plans, or in words why they cannot be compared; nothing where none was chosen yet. */
async function holdChosen(c: C, shell: Shell, chosen: Chosen): Promise<readonly Held[] | string | undefined> {
  const t = runWords(c.var.lang ?? 'en').compare
  const ids = chosen.ids.filter((id) => id !== '')
  if (ids.length < 2) return undefined
  if (new Set(ids).size < ids.length) return t.two
  const facts = await loadPlanFacts(shell)
  const all: Held[] = []
  for (const id of ids) {
    const document = await findPlan(shell, id)
    if (!document) return t.unknown(id)
    const plan = document.read.ok ? document.read.value.plan : undefined
    const checked = plan && checkPlan(plan, facts)
    if (!plan || !checked?.ok) return t.notTaken(plan?.title ?? id)
    all.push({ document, held: { plan, checked: checked.value, facts } })
  }
  return all
}

async function compare(c: C, shell: Shell): Promise<Response> {
  const a = askedIn(c.var.lang ?? 'en')
  const t = runWords(a.lang)
  const chosen = chosenIn(c.req.query())
  const held = await holdChosen(c, shell, chosen)
  if (held === undefined || typeof held === 'string') return formAnswer(c, shell, chosen, held)
  const runs: StoredRun[] = []
  for (const one of held) {
    const run = await findRun(shell.db, runKey(one.held, chosen))
    if (run) runs.push(run)
  }
  const [first, ...others] = runs
  if (first && runs.length === held.length) {
    const comparison = compareRuns([first, ...others])
    return c.html(<ComparePage a={a} t={t} chosen={chosen} runs={runs} comparison={comparison} />)
  }
  c.header('cache-control', 'private, no-store')
  const states = await Promise.all(held.map((one) => stateOf(shell, one, chosen)))
  return c.html(<CompareWaitingPage a={a} t={t} chosen={chosen} states={states} />)
}

async function stateOf(shell: Shell, { held }: Held, chosen: Chosen): Promise<PlanState> {
  const key = runKey(held, chosen)
  const there = await hasRun(shell.db, key)
  const state = there ? 'there' : (deskOf(shell).find(key)?.status.state ?? 'missing')
  return { plan: held.plan, key, state }
}

async function formAnswer(c: C, shell: Shell, chosen: Chosen, wrong: string | undefined): Promise<Response> {
  const a = askedIn(c.var.lang ?? 'en')
  const plans = (await listPlans(shell)).flatMap(({ read, set_aside }) =>
    read.ok && !set_aside ? [read.value.plan] : [],
  )
  const [first = '', second = ''] = plans.map(({ id }) => id)
  const filled: Chosen = {
    ...chosen,
    ids: [
      chosen.ids[0] || first,
      chosen.ids[1] || (chosen.ids[0] === second ? first : second),
      chosen.ids[2],
    ],
  }
  return c.html(
    <CompareFormPage a={a} t={runWords(a.lang)} chosen={filled} plans={plans} wrong={wrong} />,
    wrong === undefined ? 200 : 400,
  )
}

async function runMissing(c: C, shell: Shell): Promise<Response> {
  const chosen = chosenIn(await c.req.parseBody())
  const held = await holdChosen(c, shell, chosen)
  if (held === undefined || typeof held === 'string') return formAnswer(c, shell, chosen, held)
  for (const one of held) {
    const leave = leaveToRun(c, one, chosen)
    if (leave !== 'yes') return notStarted(c, one.held, leave)
  }
  for (const one of held) if (!(await askFor(shell, one.held, chosen))) return notStarted(c, one.held, 'full')
  return c.redirect(href(c.var.lang ?? 'en', comparePath(chosen)), 303)
}
