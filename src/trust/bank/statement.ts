import { type Cents, cents, err, IsoDate, ok, type Result } from '../../base/index.ts'

/** One movement on the trust's bank account. */
export interface StatementLine {
  /** Line of the file on which it stands. */
  readonly line: number
  readonly date: IsoDate
  /** Below zero: paid out of the account. */
  readonly amount: Cents
  /** Trace number or another reference of the customer; empty where the bank gives none. */
  readonly reference: string
  readonly description: string
}

/** Why a statement is not read: nothing of it is used. */
export interface StatementFault {
  readonly line: number
  readonly field: string
  readonly found: string
  readonly wanted: string
}

export const statementFault = (line: number, field: string, found: string, wanted: string) =>
  err({ line, field, found, wanted } satisfies StatementFault)

/** Columns of a CSV statement; others are passed over. */
const COLUMNS = ['date', 'amount', 'reference', 'description'] as const

/**
 * Reads a statement that a bank gives as CSV: a header, then a line each. `date` is YYYY-MM-DD; `amount` is dollars,
 * negative for money paid out; `reference` and `description` may be empty.
 * @param records the fields of each line, with its number, as a CSV reader gives them; the header first
 */
export function readStatementCsv(
  records: readonly { readonly line: number; readonly fields: readonly string[] }[],
): Result<readonly StatementLine[], StatementFault> {
  const [header, ...rows] = records
  if (!header) return statementFault(1, 'header', 'an empty file', `a header with ${COLUMNS.join(', ')}`)
  const names = header.fields.map((name) => name.trim())
  const missing = COLUMNS.find((name) => names.filter((one) => one === name).length !== 1)
  if (missing !== undefined)
    return statementFault(
      header.line,
      missing,
      names.join(','),
      `a header with ${COLUMNS.join(', ')}, each once`,
    )
  const lines: StatementLine[] = []
  for (const { line, fields } of rows) {
    const at = (name: (typeof COLUMNS)[number]) => (fields[names.indexOf(name)] ?? '').trim()
    if (fields.length !== names.length)
      return statementFault(
        line,
        'line',
        `${fields.length} fields`,
        `${names.length} fields, as in the header`,
      )
    const date = IsoDate.safeParse(at('date'))
    if (!date.success) return statementFault(line, 'date', at('date'), 'a date as YYYY-MM-DD')
    const amount = readAmount(at('amount'))
    if (amount === undefined)
      return statementFault(
        line,
        'amount',
        at('amount'),
        'dollars such as -1234.50, negative for money paid out, not zero',
      )
    lines.push({ line, date: date.data, amount, reference: at('reference'), description: at('description') })
  }
  return ok(lines)
}

function readAmount(text: string): Cents | undefined {
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) return undefined
  const size = BigInt(match[2] ?? '') * 100n + BigInt((match[3] ?? '').padEnd(2, '0'))
  return size === 0n ? undefined : cents(match[1] === '-' ? -size : size)
}
