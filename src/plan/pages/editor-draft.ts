import type { Context } from 'hono'
import type { PageEnv } from '../../ui/index.ts'
import { type PlanDocument, sha256Of } from '../documents/documents.ts'
import { type Act, acted, blankTyped, withoutBlankRows } from '../editor/acts.ts'
import { documentOf, typedOf } from '../editor/form-document.ts'
import { writtenPlan } from '../editor/text.ts'
import { type Typed, textIn, typedFrom } from '../editor/typed.ts'
import { readShippedPlans } from '../files.ts'
import { readPlan } from '../read.ts'
import { usualShapes } from '../shape-text.ts'
import type { PlanFacts } from '../store.ts'
import type { EditorState } from './editor-messages.tsx'

type C = Context<PageEnv>

/** Plans that show what a lever does in the model. */
export const examples = () => readShippedPlans().map(({ plan }) => plan)

/** What is known before anything is judged. */
export interface Draft {
  readonly path: string
  readonly base: PlanDocument | undefined
  readonly typed: Typed
  readonly text: string
  readonly mode: EditorState['mode']
}

export interface Sent {
  readonly one: (name: string) => string
  readonly entries: readonly (readonly [string, string])[]
  readonly file: File | undefined
}

export async function sentForm(c: C): Promise<Sent> {
  const data = await c.req.formData().catch(() => new FormData())
  const entries = [...data].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  const upload = data.get('upload')
  return {
    one: (name) => entries.findLast(([one]) => one === name)?.[1].replace(/\r\n?/g, '\n') ?? '',
    entries,
    file: upload instanceof File && upload.size > 0 ? upload : undefined,
  }
}

const LONGEST_FILE = 1_000_000

/** The form as it stands after the button: rows moved, the file read, the one written as the other. */
export async function draftOf(
  form: Sent,
  act: Act,
  {
    path,
    base,
    facts,
  }: { readonly path: string; readonly base: PlanDocument | undefined; readonly facts: PlanFacts },
): Promise<Draft> {
  if (form.one('mode') === 'text') {
    const isFile = act.act === 'read-file' && form.file !== undefined && form.file.size <= LONGEST_FILE
    const text = isFile && form.file ? await form.file.text() : form.one('text')
    const read = readPlan('file', text)
    const typed = read.ok ? typedOf(read.value.plan) : blankTyped('')
    // The form opens only on what it can show whole.
    return { path, base, typed, text, mode: act.act === 'form' && read.ok ? 'form' : 'text' }
  }
  const known = withoutBlankRows(typedFrom(form.entries.filter(([name]) => !OUTSIDE.has(name))))
  const typed = acted(known, act, {
    type: form.one('new_type'),
    examples: examples(),
    defaults: usualShapes(facts.hazards),
  })
  const text = writtenPlan(documentOf(typed), form.one('text'))
  return { path, base, typed, text, mode: act.act === 'text' ? 'text' : 'form' }
}

/** Fields of the form that are no part of the plan. */
const OUTSIDE = new Set([
  'do',
  'mode',
  'text',
  'why',
  'checked',
  'new_type',
  'base_version',
  'base_sha',
  'upload',
])

/** A draft as a file to take away. */
export const unsaved = ({ text, typed, base }: Draft): PlanDocument => ({
  id: /^[a-z0-9-]{1,60}$/.test(textIn(typed.fields, 'id')) ? textIn(typed.fields, 'id') : (base?.id ?? 'new'),
  origin: 'saved',
  version: 0,
  sha256: sha256Of(text),
  text,
  read: readPlan('file', text),
  saved: undefined,
  set_aside: undefined,
})
