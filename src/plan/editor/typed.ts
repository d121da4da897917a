/** Lists of a plan whose rows are added, removed and moved. */
export const LISTS = ['measures', 'harm', 'would_change', 'not_known', 'sources', 'staff'] as const
export type ListName = (typeof LISTS)[number]

/** What stands in fields, by name: several values where boxes are checked, and wrong ones as they were typed. */
export type Fields = ReadonlyMap<string, readonly string[]>

/**
 * Everything that was typed into the editor. A field's name is its place in the document, such as
 * `measures[1].share`; inside of a row it is the rest of it, and nothing in a list of plain lines.
 */
export interface Typed {
  readonly fields: Fields
  readonly rows: Readonly<Record<ListName, readonly Fields[]>>
}

const MOST_ROWS = 200
const IN_ROW = new RegExp(`^(${LISTS.join('|')})\\[(\\d{1,6})\\](?:\\.(.+))?$`)

/** Takes a form apart; rows keep their order, and lose the gaps between their numbers. */
export function typedFrom(entries: Iterable<readonly [string, string]>): Typed {
  const fields = new Map<string, string[]>()
  const numbered = new Map<ListName, Map<number, Map<string, string[]>>>()
  for (const [name, raw] of entries) {
    const value = raw.replace(/\r\n?/g, '\n')
    const [, list, number, rest = ''] = IN_ROW.exec(name) ?? []
    if (list === undefined) {
      push(fields, name, value)
      continue
    }
    const rows = numbered.get(list as ListName) ?? new Map<number, Map<string, string[]>>()
    numbered.set(list as ListName, rows)
    const row = rows.get(Number(number)) ?? new Map<string, string[]>()
    rows.set(Number(number), row)
    push(row, rest, value)
  }
  const rowsOf = (list: ListName): readonly Fields[] =>
    [...(numbered.get(list) ?? [])]
      .sort(([a], [b]) => a - b)
      .slice(0, MOST_ROWS)
      .map(([, row]) => row)
  return { fields, rows: everyList(rowsOf) }
}

const push = (fields: Map<string, string[]>, name: string, value: string): void => {
  fields.set(name, [...(fields.get(name) ?? []), value])
}

export const everyList = (rowsOf: (list: ListName) => readonly Fields[]): Typed['rows'] => ({
  measures: rowsOf('measures'),
  harm: rowsOf('harm'),
  would_change: rowsOf('would_change'),
  not_known: rowsOf('not_known'),
  sources: rowsOf('sources'),
  staff: rowsOf('staff'),
})

/** The value of a field, without the space around it. */
export const textIn = (fields: Fields, name: string): string => fields.get(name)?.[0]?.trim() ?? ''
export const allIn = (fields: Fields, name: string): readonly string[] =>
  (fields.get(name) ?? []).map((value) => value.trim()).filter((value) => value !== '')

export const isBlank = (row: Fields): boolean =>
  [...row.values()].every((values) => values.every((value) => value.trim() === ''))

export const nameInRow = (list: ListName, row: number, rest: string): string =>
  `${list}[${row}]${rest === '' ? '' : `.${rest}`}`

/** What was typed in the field of this name; nothing where there is no such field. */
export function typedAt({ fields, rows }: Typed, name: string): string | undefined {
  const [, list, number, rest = ''] = IN_ROW.exec(name) ?? []
  const from = list === undefined ? fields : rows[list as ListName][Number(number)]
  return from?.get(list === undefined ? name : rest)?.join(', ')
}
