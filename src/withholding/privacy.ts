import type { CsvFault, CsvRow } from './csv.ts'

/** Words before `name` that make it the name of an office, not of a person. */
const OFFICES =
  'agency|department|dept|division|bureau|board|office|unit|fund|program|programme|plan|employer|jurisdiction|state|county|city|district|school|location|account|file|column|job|position|class|project|payroll|pay_group'
const OFFICE_NAME = new RegExp(`^(.+_)?(${OFFICES})_names?$`)
const PERSON =
  /(^|_)(names?|ssns?|ssa|surname|fname|lname|firstname|lastname|fullname|middlename|maiden|itin|tin|nombres?|apellidos?)(_|$)|social_?sec|soc_?sec|taxpayer_?id/

/**
 * Whether a header reads as a person's name or Social Security number: `name`, `first_name`, `LastName`, `SSN`,
 * `social_security_number` … but not `agency_name`.
 */
export function looksPersonal(header: string): boolean {
  const words = header
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return PERSON.test(words) && !OFFICE_NAME.test(words)
}

const WANTED =
  'a file without names and Social Security numbers: an opaque employee_ref is enough; nothing was kept'

export function findPersonalColumn(names: readonly string[]): CsvFault | undefined {
  const column = names.find(looksPersonal)
  return column === undefined ? undefined : { code: 'column_refused', line: 1, column, wanted: WANTED }
}

/** The column of the first value that is shaped like a Social Security number; the value itself is never repeated. */
export function findPersonalValue(
  row: CsvRow,
  names: readonly string[],
  employeeRef: number,
): CsvFault | undefined {
  const at = findDashedNumber(row)
  const field =
    at >= 0 ? row.to.findIndex((to) => at < to) : isBareNumber(row, employeeRef) ? employeeRef : -1
  if (field < 0) return undefined
  return {
    code: 'value_refused',
    line: row.line,
    column: names[field] ?? `column ${field + 1}`,
    wanted: `${WANTED} (the value has the shape of a Social Security number and is not shown)`,
  }
}

const HYPHEN = 45
const SPACE = 32

/** Position inside 123-45-6789 or 123 45 6789 anywhere in the row, or -1. */
function findDashedNumber({ bytes, start, end }: CsvRow): number {
  for (let i = start + 3; i < end - 7; i++) {
    const mark = bytes[i] as number
    if (mark > HYPHEN || (mark !== HYPHEN && mark !== SPACE)) continue
    if (bytes[i + 3] !== mark || isDigit(bytes[i - 4]) || (i + 8 < end && isDigit(bytes[i + 8]))) continue
    if (areDigits(bytes, i - 3, i) && areDigits(bytes, i + 1, i + 3) && areDigits(bytes, i + 4, i + 8))
      return i
  }
  return -1
}

/**
 * Nine bare digits that the Social Security Administration could have issued: area not 000, 666 or from 900, group not
 * 00, serial not 0000. Source: 20 C.F.R. part 422 and SSA, "Social Security Number Randomization".
 */
function isBareNumber({ bytes, from, to }: CsvRow, field: number): boolean {
  const [first, end] = [from[field] ?? 0, to[field] ?? 0]
  if (field < 0 || end - first !== 9 || !areDigits(bytes, first, end)) return false
  const part = (start: number, count: number) => {
    let n = 0
    for (let i = first + start; i < first + start + count; i++) n = n * 10 + ((bytes[i] ?? 48) - 48)
    return n
  }
  const area = part(0, 3)
  return area > 0 && area !== 666 && area < 900 && part(3, 2) > 0 && part(5, 4) > 0
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

function areDigits(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isDigit(bytes[i])) return false
  return true
}
