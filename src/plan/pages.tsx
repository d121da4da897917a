import { type Context, Hono } from 'hono'
import { findState, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { LegalTier } from '../registry/index.ts'
import { href, type PageEnv } from '../ui/index.ts'
import { inForceBy, prerequisitesOf } from './agenda/groundwork.ts'
import { planTimetable } from './agenda/plan-timetable.ts'
import { checkPlan } from './check.ts'
import { findPlan, listPlans } from './documents/store.ts'
import { AgendaPage } from './pages/agenda.tsx'
import { missing, refused } from './pages/answers.tsx'
import { briefRoutes } from './pages/brief-routes.tsx'
import { editorRoutes } from './pages/editor-routes.tsx'
import { type Asked, askedIn } from './pages/parts.tsx'
import { PlanDocumentPage } from './pages/plan.tsx'
import { PlansPage } from './pages/plans.tsx'
import { runPages } from './pages/runs.tsx'
import { versionsRoutes } from './pages/versions-routes.tsx'
import { faultText } from './read.ts'
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

/** The plans, each with its versions, and the agenda of each state. */
export const planPages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .route('/', runPages(shell))
    .route('/', briefRoutes(shell))
    .route('/', editorRoutes(shell))
    .route('/', versionsRoutes(shell))
    .get('/plans', (c) => plans(c, shell))
    .get('/plans/agenda/:usps', (c) => agenda(c, shell))
    .get('/plans/:id', (c) => plan(c, shell))
    .get('/plans/:id/v/:version', (c) => plan(c, shell, c.req.param('version')))

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

async function plans(c: C, shell: Shell): Promise<Response> {
  const [facts, documents] = await Promise.all([loadPlanFacts(shell), listPlans(shell)])
  const listed = documents.flatMap((document) =>
    document.read.ok
      ? [{ document, plan: document.read.value.plan, tiers: tiersOf(document.read.value.plan, facts) }]
      : [],
  )
  return c.html(<PlansPage a={ask(c)} plans={listed} agendas={agendaCounts(facts, shell.now())} />)
}

async function plan(c: C, shell: Shell, version?: string): Promise<Response> {
  const a = ask(c)
  const id = c.req.param('id') ?? ''
  const found = await findPlan(shell, id, version === undefined ? undefined : numberOf(version))
  if (!found)
    return missing(c, a, version === undefined ? a.t.plan.none(id) : a.t.plan.noVersion(id, version))
  const { read } = found
  if (!read.ok) return refused(c, a, { id, title: id }, read.error.map(faultText))
  const facts = await loadPlanFacts(shell)
  const { plan, fault } = read.value
  const checked = checkPlan(plan, facts)
  const grounds = groundsOf(facts, shell.now())
  const table = planTimetable(plan, grounds)
  if (!checked.ok) return refused(c, a, plan, checked.error.map(fault).map(faultText))
  if (!table.ok) return refused(c, a, plan, [table.error.code])
  const view = {
    plan,
    document: found,
    isNewest: version === undefined,
    book: facts.book,
    tiers: checked.value.tiers,
    left_out: checked.value.left_out,
    measures: table.value.measures,
    first: firstOf(plan, grounds),
  }
  return c.html(<PlanDocumentPage a={a} view={view} />)
}

/** No version has a number that is not written as one. */
const numberOf = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1)

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
