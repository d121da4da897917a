import { type Context, Hono } from 'hono'
import { isCrossSite, type Leave, leaveFor, mayDo, principalOf } from '../../access/index.ts'
import { actorOf, findState } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { href, type PageEnv } from '../../ui/index.ts'
import { typesOf } from '../agenda/standing.ts'
import { documentAnswer } from '../api/documents.ts'
import { differencesOf } from '../documents/differences.ts'
import type { PlanDocument, SaveError } from '../documents/documents.ts'
import { findPlan, listPlans, savePlan } from '../documents/store.ts'
import { type Act, acted, actOf, blankTyped, copyTyped, withFirstRows } from '../editor/acts.ts'
import { fileFaults, shownFaults } from '../editor/faults.ts'
import { documentOf, typedOf } from '../editor/form-document.ts'
import { nextJanuary, railOf } from '../editor/rail.ts'
import { writtenPlan } from '../editor/text.ts'
import { allIn, type Typed } from '../editor/typed.ts'
import { editorWords } from '../editor/words.ts'
import { judgePlan, placeOf } from '../judge.ts'
import { type PlanFault, readPlan } from '../read.ts'
import { usualShapes } from '../shape-text.ts'
import { groundsOf, loadPlanFacts, type PlanFacts } from '../store.ts'
import { missing } from './answers.tsx'
import { EditorPage } from './editor.tsx'
import { type Draft, draftOf, examples, type Sent, sentForm, unsaved } from './editor-draft.ts'
import type { Conflict, EditorState } from './editor-messages.tsx'
import { askedIn } from './parts.tsx'

type C = Context<PageEnv>

/** The editor: every button is a form that comes back with all that was typed, and works without script. */
export const editorRoutes = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/plans/new', (c) => begin(c, shell))
    .post('/plans/new', (c) => edit(c, shell, undefined))
    .get('/plans/:id/edit', (c) => open(c, shell))
    .post('/plans/:id/edit', (c) => edit(c, shell, c.req.param('id')))

const modeAsked = (c: C): EditorState['mode'] => (c.req.query('as') === 'file' ? 'text' : 'form')

/** A new plan: without a word, as a copy, or from one lever for one state. */
async function begin(c: C, shell: Shell): Promise<Response> {
  const facts = await loadPlanFacts(shell)
  const copy = c.req.query('copy')
  const source = copy === undefined ? undefined : await findPlan(shell, copy, versionAsked(c))
  if (copy !== undefined && !source?.read.ok)
    return missing(c, askedIn(c.var.lang), askedIn(c.var.lang).t.plan.none(copy))
  const typed = source?.read.ok
    ? copyTyped(
        typedOf(source.read.value.plan),
        (await listPlans(shell)).map(({ id }) => id),
      )
    : fromLever(c, facts, shell)
  const text = writtenPlan(documentOf(typed), source?.text ?? '')
  const draft = { path: '/plans/new', base: undefined, typed, text, mode: modeAsked(c) }
  const isBlank = copy === undefined && typed.rows.measures.length === 0 && draft.mode === 'form'
  return show(c, shell, facts, draft, { isBlank })
}

const versionAsked = (c: C): number | undefined => {
  const asked = c.req.query('version')
  return asked === undefined ? undefined : /^\d{1,9}$/.test(asked) ? Number(asked) : -1
}

function fromLever(c: C, facts: PlanFacts, shell: Shell): Typed {
  const usps = findState(c.req.query('member') ?? '')?.usps
  const isKnown = usps !== undefined && facts.places.some((place) => place.usps === usps)
  const blank = blankTyped(nextJanuary(groundsOf(facts, shell.now()).from), isKnown ? [usps] : [])
  const type = typesOf(facts.book).find(({ id }) => id === c.req.query('type'))
  if (!type) return blank
  const act: Act = { act: 'add', list: 'measures' }
  return acted(blank, act, { type: type.id, examples: examples(), defaults: {} })
}

async function open(c: C, shell: Shell): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const found = await findPlan(shell, id)
  const a = askedIn(c.var.lang)
  if (!found) return missing(c, a, a.t.plan.none(id))
  // A plan of the project is changed in a copy.
  if (found.origin === 'shipped') return c.redirect(href(a.lang, `/plans/new?copy=${id}`), 303)
  const facts = await loadPlanFacts(shell)
  const typed = found.read.ok ? typedOf(found.read.value.plan) : blankTyped('')
  const mode = found.read.ok ? modeAsked(c) : 'text'
  const draft = { path: `/plans/${id}/edit`, base: found, typed, text: found.text, mode }
  const saved = c.req.query('saved') === String(found.version) ? found : undefined
  return show(c, shell, facts, draft, { saved })
}

async function edit(c: C, shell: Shell, id: string | undefined): Promise<Response> {
  const a = askedIn(c.var.lang)
  const newest = id === undefined ? undefined : await findPlan(shell, id)
  if (id !== undefined && newest?.origin !== 'saved') return missing(c, a, a.t.plan.none(id))
  const form = await sentForm(c)
  const facts = await loadPlanFacts(shell)
  const base =
    id === undefined ? undefined : ((await findPlan(shell, id, Number(form.one('base_version')))) ?? newest)
  const act = actOf(form.one('do'))
  const draft = await draftOf(form, act, {
    path: id === undefined ? '/plans/new' : `/plans/${id}/edit`,
    base,
    facts,
  })
  if (act.act === 'download') return documentAnswer(unsaved(draft))
  if (act.act === 'save') return save(c, shell, facts, draft, form)
  const isAsked = ['check', 'form', 'read-file'].includes(act.act)
  const wasChecked = form.one('checked') === '1'
  return show(c, shell, facts, draft, {
    why: form.one('why'),
    isChecked: isAsked || wasChecked,
    isAsked,
  })
}

async function save(c: C, shell: Shell, facts: PlanFacts, draft: Draft, form: Sent): Promise<Response> {
  const why = form.one('why')
  const judged = judgePlan('file', draft.text, facts)
  const asked = { why, isChecked: true, isAsked: true }
  if (!judged.ok) return show(c, shell, facts, draft, { ...asked, status: 422 })
  const { plan } = judged.value.read
  const places = [plan, ...(draft.base?.read.ok ? [draft.base.read.value.plan] : [])].map(placeOf)
  const refusal = places.map((place) => leaveFor(c, 'plan.edit', place)).find((leave) => leave !== 'yes')
  if (refusal) return show(c, shell, facts, draft, { ...asked, leave: refusal, status: 403 })
  // Under another name it is another plan.
  const isSame = draft.base?.id === plan.id
  const base = isSame ? (c.req.query('over') ?? form.one('base_sha')) : undefined
  const saved = await savePlan(shell, { text: draft.text, base, why, actor: actorOf(principalOf(c)) })
  if (saved.ok)
    return c.redirect(href(c.var.lang, `/plans/${plan.id}/edit?saved=${saved.value.version}`), 303)
  return show(c, shell, facts, draft, {
    ...asked,
    conflict: conflictOf(saved.error, draft.text, c),
    status: saved.error.code === 'no_why' ? 422 : 409,
  })
}

function conflictOf(error: SaveError, text: string, c: C): Conflict | undefined {
  switch (error.code) {
    case 'saved_since': {
      const mine = readPlan('file', text)
      const theirs = error.newest.read
      const differences =
        mine.ok && theirs.ok ? differencesOf(theirs.value.plan, mine.value.plan, editorWords(c.var.lang)) : []
      return { code: 'saved_since', newest: error.newest, differences }
    }
    case 'id_taken':
    case 'no_why':
      return error
    default:
      return undefined
  }
}

interface Happened {
  readonly isBlank?: boolean
  readonly why?: string
  readonly isChecked?: boolean
  readonly isAsked?: boolean
  readonly saved?: PlanDocument | undefined
  readonly leave?: Leave
  readonly conflict?: Conflict | undefined
  readonly status?: 200 | 403 | 409 | 422
}

async function show(
  c: C,
  shell: Shell,
  facts: PlanFacts,
  draft: Draft,
  happened: Happened = {},
): Promise<Response> {
  const a = askedIn(c.var.lang ?? 'en')
  const w = editorWords(a.lang)
  const { base, path, text, mode } = draft
  const typed = withFirstRows(draft.typed)
  const isChecked = happened.isChecked === true
  const judged = isChecked ? judgePlan('file', text, facts) : undefined
  const faults: readonly PlanFault[] = judged && !judged.ok ? judged.error : []
  const view = {
    ...{ a, w, typed, path, base },
    faults:
      mode === 'text'
        ? fileFaults(faults, { w, lang: a.lang })
        : shownFaults(faults, typed, { w, lang: a.lang }),
    types: typesOf(facts.book),
    book: facts.book,
    places: facts.places,
    shapes: usualShapes(facts.hazards),
    rail: railOf(typed, groundsOf(facts, shell.now()), facts.places),
  }
  const state: EditorState = {
    ...{ mode, text, isChecked },
    why: happened.why ?? '',
    isBlank: happened.isBlank === true,
    holds: judged?.ok === true,
    isAsked: happened.isAsked === true,
    saved: happened.saved,
    leave: happened.leave ?? leaveToSave(c, typed),
    conflict: happened.conflict,
    plans: await listPlans(shell),
  }
  c.header('Cache-Control', 'no-store')
  return c.html(<EditorPage v={view} s={state} />, happened.status ?? 200)
}

/** Whether the plan could be saved by who asks; nothing is refused yet, so nothing is noted. */
function leaveToSave(c: C, typed: Typed): Leave {
  const principal = principalOf(c)
  const [only, ...others] = allIn(typed.fields, 'members').flatMap((code) => findState(code)?.usps ?? [])
  const place = only !== undefined && others.length === 0 ? only : 'all'
  // A plan without members yet is not held against anybody.
  const isOpen = only === undefined && principal.kind === 'user'
  if (mayDo(principal, 'plan.edit', place) || isOpen)
    return isCrossSite(c) && c.req.method === 'POST' ? 'cross-site' : 'yes'
  return principal.kind === 'user' ? 'not-yours' : 'sign-in'
}
