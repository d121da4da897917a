import { once } from 'node:events'
import { z } from 'zod'
import { type Command, command, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { BOOK_FLAG, book, day, instant, JSON_FLAG, json } from './asked.ts'
import { askedBook, tell } from './asked-store.ts'
import { balancesOf, loadStatement } from './balance-store.ts'
import { beancountFormat } from './journal-beancount.ts'
import { csvFormat, journalDictionary } from './journal-csv.ts'
import { hledgerFormat } from './journal-hledger.ts'
import { writeJournal } from './journal-store.ts'
import { balancesJson, balancesText, statementJson, statementText, trialJson, trialText } from './print.ts'
import { AccountId } from './schema.ts'
import { trialBalance } from './trial.ts'

const AS_OF = ['--as-of <date>', 'count business dates up to this one (default: all)'] as const
const KNOWN_AT = ['--known-at <time>', 'count what was recorded up to this time (default: all)'] as const
const when = { asOf: day.optional(), knownAt: instant.optional() }
const FORMATS = { hledger: () => hledgerFormat, beancount: beancountFormat, csv: () => csvFormat }
type Format = keyof typeof FORMATS
const WANTED_FORMAT = `wanted: ${Object.keys(FORMATS).join(', ')}`

export const reportCommands: readonly Command<Shell>[] = [
  command({
    name: 'ledger balances',
    summary: 'list the balances of every account, now or as of a past day, by either clock',
    options: [BOOK_FLAG, AS_OF, KNOWN_AT, JSON_FLAG],
    input: z.object({ book, ...when, json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const found = await askedBook(db, input.book)
      if ('refused' in found) return tell(io, input.json, found)
      const accounts = await balancesOf(db, found.id, input)
      io.out(input.json ? JSON.stringify(accounts.map(balancesJson), null, 2) : balancesText(accounts))
      return 0
    },
  }),
  command({
    name: 'ledger trial-balance',
    summary: 'list every account that does not stand at zero, with equal sums of debits and credits',
    options: [BOOK_FLAG, AS_OF, KNOWN_AT, JSON_FLAG],
    input: z.object({ book, ...when, json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const found = await askedBook(db, input.book)
      if ('refused' in found) return tell(io, input.json, found)
      const trial = trialBalance(await balancesOf(db, found.id, input))
      io.out(input.json ? JSON.stringify(trialJson(trial), null, 2) : trialText(trial))
      return 0
    },
  }),
  command({
    name: 'ledger statement',
    args: '<account>',
    summary: 'print what moved on an account from one day to another, with its balance after each',
    options: [
      BOOK_FLAG,
      ['--from <date>', 'first business date'],
      ['--to <date>', 'last business date'],
      JSON_FLAG,
    ],
    input: z.object({ account: AccountId, book, from: day, to: day, json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const found = await askedBook(db, input.book)
      if ('refused' in found) return tell(io, input.json, found)
      const statement = await loadStatement(db, found.id, input.account, input.from, input.to)
      if (statement === undefined) {
        const words = `There is no account ${input.account} in ${found.id}.`
        return tell(io, input.json, { refused: { code: 'account_not_found', words, exit: 1 } })
      }
      io.out(input.json ? JSON.stringify(statementJson(statement), null, 2) : statementText(statement))
      return 0
    },
  }),
  command({
    name: 'ledger journal',
    summary: 'write the whole book for hledger or Beancount, or as CSV',
    options: [
      BOOK_FLAG,
      ['--format <name>', 'hledger, beancount or csv (default: hledger)'],
      ['--dictionary', 'say what each column of the CSV holds, and no rows'],
    ],
    input: z.object({
      book,
      format: z.enum(Object.keys(FORMATS) as [Format, ...Format[]], WANTED_FORMAT).default('hledger'),
      dictionary: z.boolean().default(false),
    }),
    run: async (input, io, open) => {
      if (input.dictionary) {
        io.out(journalDictionary().trimEnd())
        return 0
      }
      const { db }: Shell = await open()
      const found = await askedBook(db, input.book)
      if ('refused' in found) return tell(io, false, found)
      await writeJournal(db, found.id, FORMATS[input.format](), (text) => write(io, text))
      return 0
    },
  }),
]

/** Whole lines; a reader that is slower makes the book wait. */
async function write(io: Io, text: string): Promise<void> {
  if (text !== '') io.out(text.replace(/\r?\n$/, ''))
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain')
}
