import { PARAMETER_NAMES } from '../../scenario/index.ts'
import type { Lang } from '../../ui/index.ts'
import { wantedIn } from '../fault-words.ts'
import { type PlanFault, pathText } from '../read.ts'
import { assumptionName } from './form-document.ts'
import { LISTS, type ListName, type Typed, textIn, typedAt } from './typed.ts'
import type { EditorWords } from './words.ts'

/** A fault as the editor shows it: in the summary under its label, and at its field. */
export interface ShownFault {
  /** Name of the field at fault; nothing where the form has none for it. */
  readonly name: string | undefined
  readonly label: string
  readonly message: string
  readonly line: number
}

/** Id of the element that holds a field, or the first of its boxes. */
export const fieldId = (name: string): string => `f-${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '')}`

/** Faults of a file as its writer sees them: each under its place. */
export const fileFaults = (
  faults: readonly PlanFault[],
  { w, lang }: { readonly w: EditorWords; readonly lang: Lang },
): readonly ShownFault[] =>
  faults.map((fault) => ({
    name: undefined,
    label: fault.path,
    message: messageOf(fault, undefined, undefined, w, lang),
    line: fault.line,
  }))

export function shownFaults(
  faults: readonly PlanFault[],
  typed: Typed,
  { w, lang }: { readonly w: EditorWords; readonly lang: Lang },
): readonly ShownFault[] {
  const shown = faults.map((fault) => {
    const name = fieldOf(fault.path, typed)
    return {
      name,
      label: name === undefined ? fault.path : labelOf(name, w),
      message: messageOf(fault, name, typed, w, lang),
      line: fault.line,
    }
  })
  // One thing at a time: what is wrong in a field for a second reason is said when the first is mended.
  return shown.filter(
    ({ name }, i) => name === undefined || shown.findIndex((one) => one.name === name) === i,
  )
}

function messageOf(
  { found, wanted }: PlanFault,
  name: string | undefined,
  typed: Typed | undefined,
  w: EditorWords,
  lang: Lang,
): string {
  const words = w.check.wanted(wantedIn(lang, wanted) ?? wanted)
  const own = name === undefined || typed === undefined ? undefined : typedAt(typed, name)
  // A text of two sides or a missing input is no value that somebody typed.
  const isTyped = own !== undefined && !/^(both cases|a place with|each member|an order)/.test(wanted)
  const shown = isTyped ? own.trim() : found.replace(/^"(.*)"$/, '$1')
  const cut = shown.length > 80 ? `${shown.slice(0, 79)}…` : shown
  return `${words} ${cut === '' || cut === 'nothing' ? w.check.nothing : w.check.entered(cut)}`
}

const ROW = /^(measures|harm|would_change|not_known|sources)\[(\d+)\]$/
const FIRST: Readonly<Partial<Record<string, string>>> = {
  measures: 'id',
  harm: '',
  would_change: '',
  not_known: '',
  sources: 'title',
}

/** The field that shows a place of the document: the nearest one around it. */
export function fieldOf(path: string, typed: Typed): string | undefined {
  const row = ROW.exec(path)
  if (row) return FIRST[row[1] ?? ''] === '' ? path : `${path}.${FIRST[row[1] ?? '']}`
  if (path === 'measures') return 'new_type'
  if (FIRST[path] !== undefined) return fieldOf(`${path}[0]`, typed)
  if (path.startsWith('staff')) return staffField(path, typed)
  const parameter = PARAMETER_NAMES.find((one) => path.startsWith(assumptionName(one)))
  if (parameter !== undefined && !/\.(source|distribution\.\w+)$/.test(path))
    return assumptionName(parameter, 'distribution', 'kind')
  if (/^reserves\.[A-Z]{2}$/.test(path)) return `${path}.amount`
  const inside = path.replace(/\[\d+\]$/, '')
  if (inside !== path) return fieldOf(inside, typed)
  return /^(id|title|question|summary|members|firstMonth|months|case_for|case_against)$|^(measures|sources)\[\d+\]\.|^reserves\.|^assumptions/.test(
    path,
  )
    ? path
    : undefined
}

function staffField(path: string, { rows }: Typed): string | undefined {
  const at = rows.staff.findIndex((row) => pathText(['staff', textIn(row, 'office')]) === path)
  return at < 0
    ? undefined
    : `staff[${at}].${textIn(rows.staff[at] ?? new Map(), 'office') === '' ? 'office' : 'works'}`
}

/** "Measure 2: Share of each deposit". */
export function labelOf(name: string, w: EditorWords): string {
  const word = (key: string): string => w.fields[key] ?? key
  const parameter = PARAMETER_NAMES.find((one) => name.startsWith(`${assumptionName(one)}.`))
  if (parameter !== undefined) {
    const rest = name.slice(assumptionName(parameter).length + 1)
    return `${w.assumption[parameter]}: ${word(rest === 'source' ? 'assumption.source' : rest)}`
  }
  const [, usps, field] = /^reserves\.([A-Z]{2})\.(\w+)$/.exec(name) ?? []
  if (usps !== undefined) return `${usps}: ${word(`reserve.${field}`)}`
  const [, list, number, rest = ''] = /^(\w+)\[(\d+)\](?:\.(.+))?$/.exec(name) ?? []
  if (list === undefined) return name === 'new_type' ? word('measures') : word(name)
  return rowLabel(LISTS.find((one) => one === list) ?? 'harm', Number(number) + 1, rest, w)
}

function rowLabel(list: ListName, number: number, rest: string, w: EditorWords): string {
  const word = (key: string): string => w.fields[key] ?? key
  const [field = '', usps] = rest.split('.')
  const of = usps === undefined ? '' : ` (${usps})`
  switch (list) {
    case 'measures':
      return `${w.measure.heading(number)}: ${word(`measure.${field}`)}${of}`
    case 'sources':
      return `${w.measure.source(number)}: ${word(`source.${field}`)}`
    case 'staff':
      return `${word('staff.office')} ${number}: ${word(`staff.${field}`)}`
    default:
      return `${word(list)}: ${w.measure.line(number)}`
  }
}
