import type { JournalFormat, JournalRow } from './journal-row.ts'

/** The columns of the CSV journal: what each holds, and how it is read from a row. */
export const JOURNAL_COLUMNS = {
  batch: ['The number of the batch that it was posted with', (row) => String(row.batch)],
  place: ['Its place in that batch, from 0', (row) => String(row.place)],
  recorded_at: ['When it was recorded: a UTC instant', (row) => row.recordedAt],
  id: ['The id of the transfer, made by who sent it', (row) => row.id],
  kind: [
    'posted: money moved; pending: money is held; post: a held amount moved, all or part, and the hold ended; void: a hold ended without moving; expire: a hold ended after its last day',
    (row) => row.kind,
  ],
  date: ['The business date, YYYY-MM-DD', (row) => row.date],
  debit: ['The account that is debited', (row) => row.debit],
  credit: ['The account that is credited', (row) => row.credit],
  amount: ['Whole U.S. cents, above zero; for void and expire, what was held', (row) => String(row.amount)],
  code: ['What kind of entry it is, in the words of who sent it', (row) => row.code],
  pending: ['The id of the hold that it ends', (row) => row.pending],
  released: ['The whole amount of that hold, in cents', (row) => row.released?.toString() ?? null],
  expires: ['The last business date of a hold', (row) => row.expires],
  reverses: ['The id of the transfer that it takes back, all or part', (row) => row.reverses],
  why: ['Why it was reversed, or a note', (row) => row.why],
  documents: [
    'Ids or addresses of documents that it rests on, parted by spaces',
    (row) => row.documents.join(' '),
  ],
} as const satisfies Record<string, readonly [meaning: string, cell: (row: JournalRow) => string | null]>

const CELLS = Object.values(JOURNAL_COLUMNS).map(([, cell]) => cell as (row: JournalRow) => string | null)

/** CSV by RFC 4180, one row a transfer, holds too. */
export const csvFormat: JournalFormat = {
  head: () => csvLine(Object.keys(JOURNAL_COLUMNS)),
  row: (row) => csvLine(CELLS.map((cell) => cell(row) ?? '')),
  foot: () => '',
}

export const journalDictionary = (): string =>
  [
    csvLine(['column', 'meaning']),
    ...Object.entries(JOURNAL_COLUMNS).map(([name, [meaning]]) => csvLine([name, meaning])),
  ].join('')

/** What a spreadsheet would take for a formula; such a cell gets an apostrophe before it. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/

const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => csvCell(FORMULA.test(cell) ? `'${cell}` : cell)).join(',')}\r\n`

const csvCell = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
