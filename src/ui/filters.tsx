import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { words } from './words.ts'

/**
 * The filters of a list: a GET form in the rail's place; on phones behind a button, still without script.
 * @param action where the list stands, without query
 * @param hidden query values to keep, such as the sort
 */
export const FilterForm: FC<
  PropsWithChildren<{
    lang: Lang
    action: string
    set: number
    hidden?: readonly { readonly name: string; readonly value: string }[]
  }>
> = (props) => {
  const w = words(props.lang)
  return (
    <div class="filters-place">
      <button type="button" class="button outline filters-button" popovertarget="filters">
        {w.act.filters}
        {props.set > 0 && ` (${props.set} ${w.act.set})`}
      </button>
      <form
        id="filters"
        class="filters"
        method="get"
        action={props.action}
        popover="auto"
        aria-label={w.act.filters}
      >
        {props.hidden?.map((field) => (
          <input type="hidden" name={field.name} value={field.value} />
        ))}
        <button type="button" class="button outline close" popovertarget="filters" popovertargetaction="hide">
          {w.act.close}
        </button>
        {props.children}
        <button type="submit" class="button">
          {w.act.apply}
        </button>
      </form>
    </div>
  )
}

export interface FilterOption {
  readonly value: string
  readonly label: string
  readonly count?: number
  readonly checked?: boolean
}

/** Checkboxes with counts; those after `shown` fold into "8 more", unless one of them is checked. */
export const FilterGroup: FC<{
  lang: Lang
  legend: string
  name: string
  options: readonly FilterOption[]
  shown?: number
  /** "8 more areas". */
  moreLabel?: string
}> = (props) => {
  const shown = props.shown ?? props.options.length
  const first = props.options.filter((option, i) => i < shown || option.checked)
  const rest = props.options.filter((option, i) => i >= shown && !option.checked)
  return (
    <fieldset>
      <legend>{props.legend}</legend>
      <FilterOptions name={props.name} options={first} />
      {rest.length > 0 && (
        <details>
          <summary>{props.moreLabel ?? `${rest.length} ${words(props.lang).act.more}`}</summary>
          <FilterOptions name={props.name} options={rest} />
        </details>
      )}
    </fieldset>
  )
}

const FilterOptions: FC<{ name: string; options: readonly FilterOption[] }> = ({ name, options }) => (
  <ul>
    {options.map((option) => (
      <li>
        <label>
          <input type="checkbox" name={name} value={option.value} checked={option.checked} />
          <span>{option.label}</span>
          {option.count !== undefined && <span class="count">{option.count}</span>}
        </label>
      </li>
    ))}
  </ul>
)

export const FilterText: FC<{ name: string; label: string; value?: string }> = (props) => (
  <div class="filter-field">
    <label for={`filter-${props.name}`}>{props.label}</label>
    <input id={`filter-${props.name}`} type="search" name={props.name} value={props.value ?? ''} />
  </div>
)

/** A date typed as YYYY-MM-DD; months and years are allowed where the list allows them. */
export const FilterDate: FC<{ name: string; label: string; value?: string; hint?: string }> = (props) => (
  <div class="filter-field">
    <label for={`filter-${props.name}`}>{props.label}</label>
    <input
      id={`filter-${props.name}`}
      type="text"
      inputmode="numeric"
      name={props.name}
      value={props.value ?? ''}
      placeholder={props.hint ?? 'YYYY-MM-DD'}
      pattern="\d{4}(-\d{2}(-\d{2})?)?"
      autocomplete="off"
    />
  </div>
)

export const FilterSelect: FC<{
  name: string
  label: string
  options: readonly FilterOption[]
}> = (props) => (
  <div class="filter-field">
    <label for={`filter-${props.name}`}>{props.label}</label>
    <select id={`filter-${props.name}`} name={props.name}>
      {props.options.map((option) => (
        <option value={option.value} selected={option.checked}>
          {option.label}
        </option>
      ))}
    </select>
  </div>
)

/** The filters that are set, each a link to the list without it. */
export const FilterChips: FC<{
  lang: Lang
  chips: readonly { readonly label: string; readonly href: string }[]
}> = (props) =>
  props.chips.length === 0 ? (
    <></>
  ) : (
    <ul class="filter-chips">
      {props.chips.map((chip) => (
        <li>
          <a href={chip.href}>
            {chip.label} <span aria-hidden="true">×</span>
            <span class="vh">: {words(props.lang).act.remove}</span>
          </a>
        </li>
      ))}
    </ul>
  )

/** Count and filters as words, over a list: "51 measures in 3 areas. Clear filters". */
export const ListCount: FC<PropsWithChildren<{ count: Child }>> = ({ count, children }) => (
  <p class="list-count">
    <b>{count}</b> {children}
  </p>
)

/** Two groups of links over a table: how it is sorted, and the other views and files of the same list. */
export const ListTools: FC<{ left: Child; right: Child }> = ({ left, right }) => (
  <div class="list-tools">
    <span>{left}</span>
    <span>{right}</span>
  </div>
)

/** @param from first row shown, counted from 1 */
export const Pager: FC<{
  lang: Lang
  from: number
  to: number
  total: number
  previous?: string
  next?: string
}> = (props) => {
  const w = words(props.lang)
  const of = props.lang === 'en' ? 'of' : 'de'
  return (
    <nav class="pager" aria-label={w.act.pages}>
      <span>
        {props.from}–{props.to} {of} {props.total}
      </span>
      {props.previous && (
        <a href={props.previous} rel="prev">
          {w.act.previous}
        </a>
      )}
      {props.next && (
        <a href={props.next} rel="next">
          {w.act.next}
        </a>
      )}
    </nav>
  )
}
