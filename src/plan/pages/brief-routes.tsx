import { type Context, Hono } from 'hono'
import { err, ok, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { parseRunOptions } from '../../scenario/index.ts'
import { href, type Lang, type PageEnv } from '../../ui/index.ts'
import { type PrintError, withPress } from '../brief/print-files.ts'
import { htmlOf, loadBrief, type MadeBrief, sheetOf, tableOf } from '../brief/store.ts'
import { briefWords } from '../brief/words.ts'
import { checkPlan } from '../check.ts'
import { findPlan } from '../documents/store.ts'
import { faultText } from '../read.ts'
import { runKey } from '../runs/runs.ts'
import { findRun, hasRun } from '../runs/store.ts'
import { loadPlanFacts } from '../store.ts'
import { missing, refused } from './answers.tsx'
import { BadBriefPage, BriefPage, NoPdfPage, NoRunPage } from './brief.tsx'
import type { Paper } from './brief-document.tsx'
import { type Asked, askedIn } from './parts.tsx'

type C = Context<PageEnv>

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The brief of a kept run under its link, as a page and as files. Nothing here starts a run. */
export const briefRoutes = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/plans/:id/brief', (c) => answer(c, shell, '', page))
    .get('/plans/:id/brief.html', (c) => answer(c, shell, '.html', html))
    .get('/plans/:id/brief.pdf', (c) => answer(c, shell, '.pdf', pdf))
    .get('/plans/:id/brief.xlsx', (c) => answer(c, shell, '.xlsx', xlsx))

const ask = (c: C): Asked => askedIn(c.var.lang ?? 'en')

type Show = (c: C, made: MadeBrief) => Response | Promise<Response>

/** With a run's key the brief of that run; without one, the way to the run of the plan as it is now. */
async function answer(c: C, shell: Shell, ending: string, show: Show): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const key = c.req.query('run')
  if (key !== undefined) {
    const run = /^[0-9a-f]{64}$/.test(key) ? await findRun(shell.db, key) : undefined
    if (run && run.ground.plan.id === id) return show(c, await loadBrief(shell, run))
  }
  const found = await findKey(c, shell, id)
  if (!found.ok) return found.error
  const query = new URL(c.req.url).searchParams
  for (const name of ['draws', 'seed', 'v']) query.delete(name)
  query.set('run', found.value)
  return c.redirect(href(ask(c).lang, `/plans/${id}/brief${ending}?${query.toString()}`), 302)
}

/** The run of the plan as it is now, if it is kept; else the answer that says which run is missing. */
async function findKey(c: C, shell: Shell, id: string): Promise<Result<string, Response>> {
  const a = ask(c)
  c.header('cache-control', 'private, no-store')
  const { v, draws, seed } = c.req.query()
  const options = parseRunOptions({
    ...(draws !== undefined && { draws: Number(draws) }),
    ...(seed !== undefined && { seed: Number(seed) }),
  })
  if (!options.ok || (v !== undefined && !/^\d{1,9}$/.test(v)))
    return err(await c.html(<BadBriefPage a={a} id={id} />, 400))
  const version = v === undefined ? undefined : Number(v)
  const document = await findPlan(shell, id, version)
  if (!document) return err(await missing(c, a, a.t.plan.none(id)))
  if (!document.read.ok)
    return err(await refused(c, a, { id, title: id }, document.read.error.map(faultText)))
  const { plan, fault } = document.read.value
  const facts = await loadPlanFacts(shell)
  const checked = checkPlan(plan, facts)
  if (!checked.ok) return err(await refused(c, a, plan, checked.error.map(fault).map(faultText)))
  const key = runKey({ plan, checked: checked.value, facts }, options.value)
  // A key of another plan, or of a run that has left, must not lead in a circle.
  if (c.req.query('run') !== key && (await hasRun(shell.db, key)) !== undefined) return ok(key)
  // The page of a plan that has not been run yet says how to run it; a file or a run that is asked for is not there.
  const isAsked = c.req.query('run') !== undefined || /\.[a-z]+$/.test(c.req.path)
  return err(
    await c.html(
      <NoRunPage a={a} plan={plan} version={version} options={options.value} />,
      isAsked ? 404 : 200,
    ),
  )
}

const page: Show = (c, { brief }) => c.html(<BriefPage a={ask(c)} brief={brief} />)

/** A file may be asked for in another language than the page that leads to it. */
const langOf = (c: C): Lang =>
  c.req.query('lang') === 'es' ? 'es' : c.req.query('lang') === 'en' ? 'en' : ask(c).lang
const paperOf = (c: C): Paper => (c.req.query('paper')?.toLowerCase() === 'a4' ? 'a4' : 'letter')

const file = (c: C, content: string | Uint8Array, type: string, name: string): Response => {
  c.header('content-type', type)
  c.header(
    'content-disposition',
    `${type.startsWith('text/html') ? 'attachment' : 'inline'}; filename="${name}"`,
  )
  return c.body(content as Uint8Array<ArrayBuffer>)
}

const html: Show = (c, made) =>
  file(c, htmlOf(made, langOf(c), paperOf(c)), 'text/html; charset=utf-8', `${made.brief.plan.id}-brief.html`)

const xlsx: Show = async (c, made) =>
  file(c, await tableOf(made, langOf(c)), XLSX, `${made.brief.plan.id}-brief.xlsx`)

const pdf: Show = async (c, made) => {
  const [lang, paper] = [langOf(c), paperOf(c)]
  const printed = await withPress((print) => print(sheetOf(made, lang, paper)))
  if (printed.ok) return file(c, printed.value, 'application/pdf', `${made.brief.plan.id}-brief-${paper}.pdf`)
  return noPdf(c, made, printed.error)
}

function noPdf(c: C, { brief }: MadeBrief, error: PrintError) {
  const a = ask(c)
  const { at } = briefWords(a.lang)
  c.header('cache-control', 'private, no-store')
  if (error.code === 'no_browser')
    return c.html(<NoPdfPage a={a} brief={brief} title={at.noBrowser} why={at.noBrowserWhy} />, 501)
  c.header('retry-after', '60')
  const why = error.code === 'too_busy' ? at.busy : at.noBrowserWhy
  return c.html(<NoPdfPage a={a} brief={brief} title={at.failed} why={why} />, 503)
}
