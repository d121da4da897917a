import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Heading } from './heading.tsx'
import type { Lang } from './lang.ts'
import { words } from './words.ts'

/** A note set off by a bar: a caveat, a doubt, what is missing. */
export const Note: FC<PropsWithChildren<{ title?: Child }>> = ({ title, children }) => (
  <div class="notice">
    {title && <b>{title} </b>}
    {children}
  </div>
)

/** Nothing found: which filters are set, what to drop, and that not recorded is not the same as not there. */
export const NothingFound: FC<PropsWithChildren<{ lang: Lang; title: Child; more?: Child }>> = (props) => (
  <div class="notice nothing-found">
    <p>
      <b>{props.title}</b>
    </p>
    <div>{props.children}</div>
    <p class="muted">
      {words(props.lang).notice.notRecorded} {props.more}
    </p>
  </div>
)

/** A refusal: what was asked, that nothing moved, the conditions with the fact each was judged on, who acts next. */
export const Refusal: FC<PropsWithChildren<{ title: Child; level?: 2 | 3 }>> = (props) => (
  <div class="refusal">
    <Heading level={props.level ?? 2}>{props.title}</Heading>
    {props.children}
  </div>
)

export interface FormError {
  /** The id of the field at fault. */
  readonly field: string
  readonly message: string
}

/** On top of a form: what to fix, each linked to its field. It takes the focus after posting. `still` keeps the focus where it is. */
export const ErrorSummary: FC<{
  lang: Lang
  errors: readonly FormError[]
  level?: 2 | 3
  still?: boolean
}> = ({ lang, errors, level, still }) => (
  <div class="refusal error-summary" role="alert" tabindex={-1} autofocus={!still}>
    <Heading level={level ?? 2}>{words(lang).notice.toFix(errors.length)}</Heading>
    <ul>
      {errors.map((error) => (
        <li>
          <a href={`#${error.field}`}>{error.message}</a>
        </li>
      ))}
    </ul>
  </div>
)

export interface FieldProps {
  readonly id: string
  readonly name?: string
  readonly label: Child
  readonly value?: string
  readonly hint?: Child
  /** What is wanted, and what was entered. */
  readonly error?: string
  readonly type?: 'text' | 'number' | 'date' | 'email' | 'file' | 'password' | 'search' | 'month' | 'url'
  readonly inputmode?: 'numeric' | 'decimal' | 'text'
  readonly required?: boolean
  readonly autocomplete?: string
  readonly placeholder?: string
  /** Gives a text area of so many lines instead of an input. */
  readonly lines?: number
  /** Gives a select instead of an input. */
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

/** A labelled field; an error puts a bar beside it, the message over it and a thick edge around it. */
export const Field: FC<FieldProps> = (props) => {
  const said = [props.hint && `${props.id}-hint`, props.error && `${props.id}-error`]
    .filter(Boolean)
    .join(' ')
  const shared = {
    id: props.id,
    name: props.name ?? props.id,
    required: props.required,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    'aria-describedby': said === '' ? undefined : said,
  }
  return (
    <div class={props.error ? 'field wrong' : 'field'}>
      <label for={props.id}>{props.label}</label>
      {props.hint && (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.error && (
        <p class="field-error" id={`${props.id}-error`}>
          {props.error}
        </p>
      )}
      {props.options ? (
        <select {...shared}>
          {props.options.map((option) => (
            <option value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : props.lines ? (
        <textarea {...shared} rows={props.lines}>
          {props.value ?? ''}
        </textarea>
      ) : (
        <input
          {...shared}
          type={props.type ?? 'text'}
          value={props.value}
          inputmode={props.inputmode}
          autocomplete={props.autocomplete}
          placeholder={props.placeholder}
        />
      )}
    </div>
  )
}

/** Not found, or a failure of the system: what was asked, near matches, and what was not lost. */
export const Failure: FC<
  PropsWithChildren<{ lang: Lang; title: Child; nothingLost?: boolean; level?: 1 | 2 | 3 }>
> = (props) => (
  <div class="failure">
    <Heading level={props.level ?? 1}>{props.title}</Heading>
    <div>{props.children}</div>
    {props.nothingLost && <p class="muted">{words(props.lang).notice.nothingLost}</p>}
  </div>
)

/** "Did you mean Colorado? All states". */
export const DidYouMean: FC<{
  lang: Lang
  near: readonly { readonly label: string; readonly href: string }[]
  all?: { readonly label: string; readonly href: string }
}> = ({ lang, near, all }) => (
  <p>
    {near.length > 0 && (
      <>
        {words(lang).notice.didYouMean}{' '}
        {near.map((item, i) => (
          <>
            {i > 0 && ', '}
            <a href={item.href}>{item.label}</a>
          </>
        ))}
        ?{' '}
      </>
    )}
    {all && <a href={all.href}>{all.label}</a>}
  </p>
)

/** A figure that cannot be given: its place, what is missing, and a way to add it. */
export const LeftOut: FC<{ lang: Lang; name: Child; reason: Child; add?: Child }> = ({
  lang,
  name,
  reason,
  add,
}) => (
  <div class="tile alone">
    <h3 class="tile-name">{name}</h3>
    <p class="figure left-out">{words(lang).figure.leftOut}</p>
    <p class="why">{reason}</p>
    {add}
  </div>
)

export interface ButtonProps {
  readonly kind?: 'filled' | 'outline' | 'waiting'
  /** A link that looks like a button. */
  readonly href?: string
  readonly type?: 'submit' | 'button'
  readonly name?: string
  readonly value?: string
}

/** Filled: one a form. Outline: the others. Waiting: someone else must act first. */
export const Button: FC<PropsWithChildren<ButtonProps>> = (props) => {
  const look = `button ${props.kind ?? 'filled'}`
  if (props.href !== undefined)
    return (
      <a class={look} href={props.href}>
        {props.children}
      </a>
    )
  return (
    <button
      class={look}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      disabled={props.kind === 'waiting'}
    >
      {props.children}
    </button>
  )
}

/** Buttons in a row, wrapping. */
export const Buttons: FC<PropsWithChildren> = ({ children }) => <div class="buttons">{children}</div>

/** A search with a filled button, for the home page. */
export const BigSearch: FC<PropsWithChildren<{ lang: Lang; action: string; value?: string }>> = (props) => {
  const w = words(props.lang).site
  return (
    <div class="big-search">
      <form role="search" aria-label={w.searchPlaceholder} action={props.action}>
        <label class="vh" for="big-search">
          {w.searchPlaceholder}
        </label>
        <input
          id="big-search"
          type="search"
          name="q"
          value={props.value ?? ''}
          placeholder={w.searchPlaceholder}
        />
        <button type="submit" class="button">
          {w.searchButton}
        </button>
      </form>
      {props.children}
    </div>
  )
}
