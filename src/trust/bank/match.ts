import { type Cents, cents, type IsoDate } from '../../base/index.ts'
import { addDays } from '../liability/days.ts'
import type { StatementLine } from './statement.ts'

/** An entry that was sent to the bank and has not been seen on a statement. */
export interface SentEntry {
  /** The release that it pays. */
  readonly payment: string
  /** Trace number of the entry: what a statement's reference may name. */
  readonly trace: string
  readonly amount: Cents
  readonly sent_on: IsoDate
}

export interface Settled {
  readonly entry: SentEntry
  readonly line: StatementLine
  readonly by: 'reference' | 'amount'
}

export interface Matching {
  readonly matched: readonly Settled[]
  /** The bank paid another amount than was sent: `missing` is what is left, below zero where it paid too much. */
  readonly short: readonly (Omit<Settled, 'by'> & { readonly missing: Cents })[]
  /** A second line for what a line settled already. */
  readonly duplicate: readonly { readonly line: StatementLine; readonly of: Settled }[]
  /** Money that came back under an entry's reference. */
  readonly returned: readonly { readonly line: StatementLine; readonly entry: SentEntry }[]
  readonly unmatched_entries: readonly SentEntry[]
  /** Lines that no entry explains. */
  readonly unmatched_lines: readonly StatementLine[]
}

/** Days after sending within which a line without a reference can be an entry's. */
export const MATCH_WINDOW_DAYS = 5

/**
 * Which statement lines settle which entries. A line that names an entry's trace number is its line; a line without
 * any reference is matched where one entry and one line of that amount alone lie in the window. Nothing is guessed:
 * two of a kind stay unmatched, for a person to decide.
 */
export function matchStatement(entries: readonly SentEntry[], lines: readonly StatementLine[]): Matching {
  const matched: Settled[] = []
  const short: Matching['short'][number][] = []
  const duplicate: Matching['duplicate'][number][] = []
  const returned: Matching['returned'][number][] = []
  const byTrace = new Map(entries.map((entry) => [entry.trace, entry]))
  const settled = new Map<string, Settled>()
  const rest: StatementLine[] = []
  for (const line of lines) {
    const entry = byTrace.get(line.reference)
    if (!entry || line.date < entry.sent_on) rest.push(line)
    else if (line.amount > 0n) returned.push({ line, entry })
    else {
      const before = settled.get(entry.trace)
      const now: Settled = { entry, line, by: 'reference' }
      if (before) duplicate.push({ line, of: before })
      else {
        settled.set(entry.trace, now)
        const missing = entry.amount + line.amount
        if (missing === 0n) matched.push(now)
        else short.push({ entry, line, missing: cents(missing) })
      }
    }
  }
  const open = entries.filter((entry) => !settled.has(entry.trace))
  const byAmount = matchAmounts(open, rest)
  const used = new Set<unknown>(byAmount.flatMap(({ entry, line }) => [entry, line]))
  return {
    matched: [...matched, ...byAmount],
    short,
    duplicate,
    returned,
    unmatched_entries: open.filter((entry) => !used.has(entry)),
    unmatched_lines: rest.filter((line) => !used.has(line)),
  }
}

function matchAmounts(entries: readonly SentEntry[], lines: readonly StatementLine[]): readonly Settled[] {
  const nameless = lines.filter((line) => line.reference === '' && line.amount < 0n)
  const fits = (entry: SentEntry, line: StatementLine) =>
    entry.amount + line.amount === 0n &&
    line.date >= entry.sent_on &&
    line.date <= addDays(entry.sent_on, MATCH_WINDOW_DAYS)
  return entries.flatMap((entry) => {
    const [line, ...others] = nameless.filter((one) => fits(entry, one))
    const rivals = line ? entries.filter((other) => fits(other, line)) : []
    return line && others.length === 0 && rivals.length === 1 ? [{ entry, line, by: 'amount' as const }] : []
  })
}
