import { DEFAULTS, type Distribution, PARAMETER_NAMES, type ParameterName } from '../../scenario/index.ts'
import type { Plan } from '../schema.ts'
import { assumptionName, KINDS, type MeasureKind, SHAPES } from './form-document.ts'
import { everyList, type Fields, isBlank, LISTS, type ListName, type Typed, textIn } from './typed.ts'
import { numberText } from './values.ts'

/** What a button of the editor asks for. */
export type Act =
  | { readonly act: 'check' | 'save' | 'text' | 'form' | 'download' | 'show' | 'read-file' }
  | { readonly act: 'add'; readonly list: ListName }
  | { readonly act: 'remove' | 'up' | 'down'; readonly list: ListName; readonly row: number }
  | { readonly act: 'replace' | 'default'; readonly parameter: ParameterName }

const PLAIN = ['check', 'save', 'text', 'form', 'download', 'show', 'read-file'] as const

/** Reads the value of a button, `remove:measures:2`; anything else asks for a check, which changes nothing. */
export function actOf(value: string): Act {
  const [act = '', what = '', number = ''] = value.split(':')
  const list = LISTS.find((one) => one === what)
  const row = /^\d{1,4}$/.test(number) ? Number(number) : undefined
  if (act === 'add' && list) return { act, list }
  if ((act === 'remove' || act === 'up' || act === 'down') && list && row !== undefined)
    return { act, list, row }
  const parameter = PARAMETER_NAMES.find((name) => name === what)
  if ((act === 'replace' || act === 'default') && parameter) return { act, parameter }
  return { act: PLAIN.find((one) => one === act) ?? 'check' }
}

export const actValue = (act: string, ...rest: readonly (string | number)[]): string =>
  [act, ...rest].join(':')

/** What a new row stands on. */
export interface Ground {
  /** The playbook type that was chosen for a new measure. */
  readonly type: string
  /** Plans of the project: a type that one of them uses begins as the same kind of measure. */
  readonly examples: readonly Plan[]
  /** Defaults that stand on facts, in place of those that the model has none for. */
  readonly defaults: Readonly<Partial<Record<ParameterName, Distribution>>>
}

/** The fields after a button was pressed that changes rows; what was typed in them stays. */
export function acted(typed: Typed, act: Act, ground: Ground): Typed {
  switch (act.act) {
    case 'add':
      return withList(typed, act.list, (rows) => [
        ...rows.filter((row) => act.list === 'measures' || !isBlank(row)),
        newRow(act.list, rows, ground),
      ])
    case 'remove':
      return withList(typed, act.list, (rows) => rows.filter((_, i) => i !== act.row))
    case 'up':
      return withList(typed, act.list, (rows) => swapped(rows, act.row - 1))
    case 'down':
      return withList(typed, act.list, (rows) => swapped(rows, act.row))
    case 'replace':
      return withFields(typed, replacement(act.parameter, ground))
    case 'default':
      return withoutFields(typed, assumptionName(act.parameter))
    default:
      return typed
  }
}

const withList = (
  typed: Typed,
  list: ListName,
  change: (rows: readonly Fields[]) => readonly Fields[],
): Typed => ({
  ...typed,
  rows: everyList((one) => (one === list ? change(typed.rows[one]) : typed.rows[one])),
})

/** The rows with this one and the next in each other's place. */
function swapped(rows: readonly Fields[], first: number): readonly Fields[] {
  const [a, b] = [rows[first], rows[first + 1]]
  if (a === undefined || b === undefined) return rows
  return rows.map((row, i) => (i === first ? b : i === first + 1 ? a : row))
}

const withFields = (typed: Typed, more: Fields): Typed => ({
  ...typed,
  fields: new Map([...typed.fields, ...more]),
})

const withoutFields = (typed: Typed, prefix: string): Typed => ({
  ...typed,
  fields: new Map([...typed.fields].filter(([name]) => !name.startsWith(`${prefix}.`))),
})

/** Rows without a word are dropped, so that the numbers of those that stay are their places in the document. */
export const withoutBlankRows = (typed: Typed): Typed => ({
  ...typed,
  rows: everyList((list) =>
    list === 'measures' ? typed.rows[list] : typed.rows[list].filter((row) => !isBlank(row)),
  ),
})

/** Each list of lines shows at least one field to write in. */
export const withFirstRows = (typed: Typed): Typed => ({
  ...typed,
  rows: everyList((list) =>
    list === 'measures' || list === 'staff' || typed.rows[list].length > 0
      ? typed.rows[list]
      : [newRow(list, [], { type: '', examples: [], defaults: {} })],
  ),
})

function newRow(list: ListName, rows: readonly Fields[], ground: Ground): Fields {
  switch (list) {
    case 'measures':
      return newMeasure(rows, ground)
    case 'staff':
      return row({ office: '', works: '1' })
    case 'sources':
      return row({ title: '', publisher: '', url: '', record: '', date: '' })
    default:
      return row({ '': '' })
  }
}

const row = (values: Readonly<Record<string, string>>): Fields =>
  new Map(Object.entries(values).map(([name, value]) => [name, [value]]))

function newMeasure(rows: readonly Fields[], { type, examples }: Ground): Fields {
  const taken = rows.map((one) => textIn(one, 'id'))
  return row({
    id: freeName(type.replace(/^play-/, '') || 'measure', taken),
    playbook_type: type,
    what: '',
    kind: kindOfType(type, examples),
    start: '1',
    holdWhen: 'while-frozen',
  })
}

/** A name that no other has: `reserve-fund`, then `reserve-fund-2`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const name = wanted.slice(0, 50).replace(/-+$/, '')
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name}-${number}`)) number++
  return `${name}-${number}`
}

function kindOfType(type: string, examples: readonly Plan[]): MeasureKind {
  const example = examples
    .flatMap(({ measures }) => measures)
    .find(({ playbook_type }) => playbook_type === type)
  return KINDS.find((kind) => kind === example?.kind) ?? 'non-fiscal'
}

/** A default as own values, to be changed; its source is to be written anew. */
function replacement(parameter: ParameterName, { defaults }: Ground): Fields {
  const usual = defaults[parameter] ?? DEFAULTS[parameter].distribution ?? { kind: 'fixed', value: 0 }
  const values = usual as unknown as Readonly<Record<string, unknown>>
  return new Map([
    [assumptionName(parameter, 'distribution', 'kind'), [usual.kind]],
    ...SHAPES[usual.kind].map(
      (name) => [assumptionName(parameter, 'distribution', name), [numberText(values[name])]] as const,
    ),
    [assumptionName(parameter, 'source'), ['']],
  ])
}

/** A plan without a word yet. */
export const blankTyped = (firstMonth: string, members: readonly string[] = []): Typed =>
  withFirstRows({
    fields: new Map([
      ['id', ['']],
      ['members', members],
      ['firstMonth', [firstMonth]],
      ['months', ['60']],
    ]),
    rows: everyList(() => []),
  })

/** A copy to be changed: another name, and a title that says so. */
export function copyTyped(typed: Typed, taken: readonly string[]): Typed {
  const id = freeName(`${textIn(typed.fields, 'id').slice(0, 45)}-copy`, taken)
  const title = `Copy of ${textIn(typed.fields, 'title')}`.slice(0, 140)
  return withFields(
    typed,
    new Map([
      ['id', [id]],
      ['title', [title]],
    ]),
  )
}
