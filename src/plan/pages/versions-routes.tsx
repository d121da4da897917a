import { type Context, Hono } from 'hono'
import { leaveFor, principalOf } from '../../access/index.ts'
import { actorOf } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { href, type PageEnv } from '../../ui/index.ts'
import { documentAnswer } from '../api/documents.ts'
import { differencesOf } from '../documents/differences.ts'
import type { PlanDocument, PlanVersion } from '../documents/documents.ts'
import { hunksOf, lineDiff } from '../documents/line-diff.ts'
import { findPlan, listPlanVersions, setPlanAside } from '../documents/store.ts'
import { versionWords } from '../documents/version-words.ts'
import { editorWords } from '../editor/words.ts'
import { placeOf } from '../judge.ts'
import { missing } from './answers.tsx'
import { type Asked, askedIn } from './parts.tsx'
import { type Compared, VersionsPage, type VersionsView } from './versions.tsx'

type C = Context<PageEnv>

/** Versions of a plan: the list, two of them compared, and the plan set aside. */
export const versionsRoutes = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/plans/:id/versions', (c) => withPlan(c, shell, (a, document) => list(c, shell, a, document)))
    .post('/plans/:id/versions', (c) => withPlan(c, shell, (a, document) => setAside(c, shell, a, document)))
    .get('/plans/:id/document.yaml', (c) => withPlan(c, shell, (_, document) => documentAnswer(document)))

async function withPlan(
  c: C,
  shell: Shell,
  show: (a: Asked, document: PlanDocument) => Response | Promise<Response>,
): Promise<Response> {
  const a = askedIn(c.var.lang ?? 'en')
  const id = c.req.param('id') ?? ''
  const document = await findPlan(shell, id)
  return document ? show(a, document) : missing(c, a, a.t.plan.none(id))
}

async function list(
  c: C,
  shell: Shell,
  a: Asked,
  document: PlanDocument,
  refused?: VersionsView['refused'],
): Promise<Response> {
  const t = versionWords(a.lang)
  const versions = await listPlanVersions(shell, document.id)
  const [from, to] = [c.req.query('from'), c.req.query('to')]
  const isAsked = from !== undefined || to !== undefined
  const compared = isAsked ? await compare(shell, a, document.id, versions, [from, to]) : undefined
  if (isAsked && !compared) return missing(c, a, t.none(document.id, from ?? '', to ?? ''))
  const status = refused === undefined ? 200 : refused === 'no_why' ? 422 : 403
  return c.html(<VersionsPage v={{ a, t, document, versions, compared, refused }} />, status)
}

async function compare(
  shell: Shell,
  a: Asked,
  id: string,
  versions: readonly PlanVersion[],
  [from, to]: readonly (string | undefined)[],
): Promise<Compared | undefined> {
  const of = (number: string | undefined) => versions.find(({ version }) => String(version) === number)
  const [first, second] = [of(from), of(to)]
  if (!first || !second) return undefined
  const [before, after] = await Promise.all([
    findPlan(shell, id, first.version),
    findPlan(shell, id, second.version),
  ])
  if (!before || !after) return undefined
  const differences =
    before.read.ok && after.read.ok
      ? differencesOf(before.read.value.plan, after.read.value.plan, editorWords(a.lang))
      : undefined
  return { from: first, to: second, differences, hunks: hunksOf(lineDiff(before.text, after.text)) }
}

async function setAside(c: C, shell: Shell, a: Asked, document: PlanDocument): Promise<Response> {
  const place = document.read.ok ? placeOf(document.read.value.plan) : 'all'
  const leave = leaveFor(c, 'plan.edit', place)
  if (leave !== 'yes') return list(c, shell, a, document, leave)
  const form = await c.req.parseBody()
  const why = typeof form.why === 'string' ? form.why : ''
  const done = await setPlanAside(shell, document.id, form.do === 'aside', {
    why,
    actor: actorOf(principalOf(c)),
  })
  if (done.ok) return c.redirect(href(a.lang, `/plans/${document.id}/versions#aside`), 303)
  return done.error.code === 'no_why'
    ? list(c, shell, a, document, 'no_why')
    : missing(c, a, a.t.plan.none(document.id))
}
