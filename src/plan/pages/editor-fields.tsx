import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { Book, PlaybookType } from '../../registry/index.ts'
import { Field } from '../../ui/index.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { actValue } from '../editor/acts.ts'
import { fieldId, labelOf, type ShownFault } from '../editor/faults.ts'
import type { Rail } from '../editor/rail.ts'
import { type Typed, typedAt } from '../editor/typed.ts'
import type { EditorWords } from '../editor/words.ts'
import type { PlaceInputs } from '../inputs.ts'
import type { Shapes } from '../shape-text.ts'
import type { Asked } from './parts.tsx'

/** What every part of the editor is drawn from. */
export interface EditorView {
  readonly a: Asked
  readonly w: EditorWords
  readonly typed: Typed
  /** Path of the editor, without the language. */
  readonly path: string
  readonly faults: readonly ShownFault[]
  readonly types: readonly PlaybookType[]
  readonly book: Book
  readonly places: readonly PlaceInputs[]
  readonly shapes: Shapes
  readonly rail: Rail
  /** The version that is edited; nothing for a new plan. */
  readonly base: PlanDocument | undefined
}

type Of = { readonly v: EditorView; readonly name: string }

const errorAt = ({ faults }: EditorView, name: string): { readonly error?: string } => {
  const error = faults
    .filter((fault) => fault.name === name)
    .map(({ message }) => message)
    .join(' ')
  return error === '' ? {} : { error }
}

/** The part of a field's name that its label goes by. */
const leaf = (name: string, v: EditorView): string => labelOf(name, v.w).replace(/^[^:]*: /, '')

interface TextProps extends Of {
  readonly label?: Child
  readonly hint?: Child | undefined
  readonly lines?: number
  readonly inputmode?: 'numeric' | 'decimal' | 'text'
}

/** A field under the name of its place in the document, with what was typed, right or wrong. */
export const TextField: FC<TextProps> = ({ v, name, label, hint, lines, inputmode }) => (
  <Field
    id={fieldId(name)}
    name={name}
    label={label ?? leaf(name, v)}
    value={typedAt(v.typed, name) ?? ''}
    autocomplete="off"
    {...(hint !== undefined && { hint })}
    {...(lines !== undefined && { lines })}
    {...(inputmode !== undefined && { inputmode })}
    {...errorAt(v, name)}
  />
)

export interface Option {
  readonly value: string
  readonly label: string
}

/** A choice; what was typed and is none of the options stays as one of them, so that nothing is changed unseen. */
export const ChoiceField: FC<
  Of & { options: readonly Option[]; label?: Child; hint?: Child; blank?: string }
> = ({ v, name, options, label, hint, blank }) => {
  const value = typedAt(v.typed, name) ?? ''
  const isKnown = value === '' || options.some((option) => option.value === value)
  return (
    <Field
      id={fieldId(name)}
      name={name}
      label={label ?? leaf(name, v)}
      value={value}
      options={[
        ...(blank === undefined ? [] : [{ value: '', label: blank }]),
        ...options,
        ...(isKnown ? [] : [{ value, label: value }]),
      ]}
      {...(hint !== undefined && { hint })}
      {...errorAt(v, name)}
    />
  )
}

/** Boxes to check, several at once. */
export const ChecksField: FC<
  Of & { options: readonly Option[]; chosen: readonly string[]; label?: Child; hint?: Child; wide?: boolean }
> = ({ v, name, options, chosen, label, hint, wide }) => {
  const { error } = errorAt(v, name)
  const strangers = chosen.filter((value) => !options.some((option) => option.value === value))
  const id = fieldId(name)
  return (
    <fieldset
      class={`checks${wide ? ' wide' : ''}${error ? ' wrong' : ''}`}
      aria-describedby={error ? `${id}-error` : undefined}
    >
      <legend>{label ?? leaf(name, v)}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <div class="boxes">
        {[...options, ...strangers.map((value) => ({ value, label: value }))].map(
          ({ value, label: word }, i) => (
            <label>
              <input
                type="checkbox"
                id={i === 0 ? id : undefined}
                name={name}
                value={value}
                checked={chosen.includes(value)}
              />
              <span>{word}</span>
            </label>
          ),
        )}
      </div>
    </fieldset>
  )
}

/** A button that changes the form and not the records: it comes back to the part of the page that it changed. */
export const ActButton: FC<
  PropsWithChildren<{
    v: EditorView
    act: readonly [act: string, ...rest: readonly (string | number)[]]
    /** Id of the part of the page to come back to. */
    at: string
    /** What it is done to, for those who do not see where it stands. */
    what?: string
    action: string
  }>
> = ({ act, at, what, action, children }) => (
  <button
    type="submit"
    class="button outline small"
    name="do"
    value={actValue(...act)}
    formaction={`${action}#${at}`}
    data-act=""
  >
    {children}
    {what !== undefined && <span class="vh">: {what}</span>}
  </button>
)

/** One numbered sheet of the form. */
export const Panel: FC<PropsWithChildren<{ id: string; number: number; title: string }>> = (props) => (
  <section class="panel" id={props.id} aria-labelledby={`${props.id}-title`}>
    <h2 id={`${props.id}-title`}>
      {props.number}. {props.title}
    </h2>
    {props.children}
  </section>
)
