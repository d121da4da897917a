import { type Context, Hono } from 'hono'
import { findState, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { LegalTier } from '../registry/index.ts'
import { Failure, href, type PageEnv, Refusal } from '../ui/index.ts'
import { checkPlan } from './check.ts'
import { readShippedPlans } from './files.ts'
import { inForceBy, prerequisitesOf } from './groundwork.ts'
import { AgendaPage } from './pages/agenda.tsx'
import { type Asked, askedIn, PlanPage } from './pages/parts.tsx'
import { PlanDocumentPage } from './pages/plan.tsx'
import { PlansPage } from './pages/plans.tsx'
import { planTimetable } from './plan-timetable.ts'
import { faultText, type ReadPlan } from './read.ts'
import type { Plan } from './schema.ts'
import {
  agendaCounts,
  type Grounding,
  groundsOf,
  heldAgenda,
  loadPlanFacts,
  type PlanFacts,
} from './store.ts'

type C = Context<PageEnv>

/** The plans that the project ships, and the agenda of each state. */
export const planPages = (shell: Shell): Hono<PageEnv> => {
  const plans = readShippedPlans()
  return new Hono<PageEnv>()
    .get('/plans', async (c) => {
      const facts = await loadPlanFacts(shell)
      const listed = plans.map(({ plan }) => ({ plan, tiers: tiersOf(plan, facts) }))
      return c.html(<PlansPage a={ask(c)} plans={listed} agendas={agendaCounts(facts, shell.now())} />)
    })
    .get('/plans/agenda/:usps', (c) => agenda(c, shell))
    .get('/plans/:id', (c) => plan(c, shell, plans))
}

const ask = (c: C): Asked => askedIn(c.var.lang ?? 'en')

async function agenda(c: C, shell: Shell): Promise<Response> {
  const a = ask(c)
  const code = c.req.param('usps') ?? ''
  const found = findState(code)
  if (!found) return missing(c, a, a.t.agenda.unknown(code))
  // One address for each page: small letters.
  if (code !== code.toLowerCase()) return c.redirect(href(a.lang, `/plans/agenda/${code.toLowerCase()}`), 301)
  const facts = await loadPlanFacts(shell)
  return c.html(<AgendaPage a={a} agenda={heldAgenda(facts, found.usps, shell.now())} />)
}

async function plan(c: C, shell: Shell, plans: readonly ReadPlan[]): Promise<Response> {
  const a = ask(c)
  const id = c.req.param('id') ?? ''
  const read = plans.find((one) => one.plan.id === id)
  if (!read) return missing(c, a, a.t.plan.none(id))
  const facts = await loadPlanFacts(shell)
  const checked = checkPlan(read.plan, facts)
  const grounds = groundsOf(facts, shell.now())
  const table = planTimetable(read.plan, grounds)
  if (!checked.ok) return refused(c, a, read, checked.error.map(read.fault).map(faultText))
  if (!table.ok) return refused(c, a, read, [table.error.code])
  const view = {
    plan: read.plan,
    book: facts.book,
    tiers: checked.value.tiers,
    left_out: checked.value.left_out,
    measures: table.value.measures,
    first: firstOf(read.plan, grounds),
  }
  return c.html(<PlanDocumentPage a={a} view={view} />)
}

const tiersOf = ({ measures }: Plan, { book }: PlanFacts): readonly LegalTier[] =>
  measures.flatMap(({ playbook_type }) => {
    const type = book.records.get(playbook_type)
    return type?.kind === 'playbook-type' ? [type.legal_tier] : []
  })

/** Prerequisites of each type of the plan in each place where it is not in force, once. */
function firstOf({ measures, members }: Plan, { book, groundwork }: Grounding) {
  const pairs = new Map<string, { readonly usps: Usps; readonly type: string }>()
  for (const { playbook_type: type, members: own } of measures)
    for (const usps of own ?? members)
      if (inForceBy(book, groundwork, type, usps).length === 0) pairs.set(`${usps} ${type}`, { usps, type })
  return [...pairs.values()].flatMap(({ usps, type }) =>
    prerequisitesOf(book, groundwork, type, usps).map((prerequisite) => ({ usps, type, prerequisite })),
  )
}

const missing = (c: C, a: Asked, words: string) =>
  c.html(
    <PlanPage a={a} title={words} path="/plans" noindex>
      <Failure lang={a.lang} title={words}>
        <p>
          <a href={href(a.lang, '/plans')}>{a.t.plan.all}</a>
        </p>
      </Failure>
    </PlanPage>,
    404,
  )

const refused = (c: C, a: Asked, { plan }: ReadPlan, reasons: readonly string[]) =>
  c.html(
    <PlanPage a={a} title={plan.title} path={`/plans/${plan.id}`} noindex>
      <h1 lang={a.lang === 'en' ? undefined : 'en'}>{plan.title}</h1>
      <Refusal title={a.t.plan.notTaken}>
        <ul lang="en">
          {reasons.map((reason) => (
            <li>{reason}</li>
          ))}
        </ul>
      </Refusal>
    </PlanPage>,
    409,
  )
