import { z } from 'zod'
import { type Command, command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { ACTOR } from './apply-commands.ts'
import { BOOK_FLAG, book, day, JSON_FLAG, json } from './asked.ts'
import { askedBook, type Refused, tell } from './asked-store.ts'
import { ledgerFindings } from './audit-store.ts'
import { type Book, listBooks } from './book-store.ts'
import { expireHolds } from './hold-store.ts'
import { closePeriod } from './period-store.ts'
import { inLedger } from './store.ts'

export const bookCommands: readonly Command<Shell>[] = [
  command({
    name: 'ledger books',
    summary: 'list the books, and whether each holds simulated or operating money',
    options: [JSON_FLAG],
    input: z.object({ json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const books = await listBooks(db)
      if (input.json) io.out(JSON.stringify(books, null, 2))
      else for (const { id, kind, title } of books) io.out(`${id}  ${kind}  ${title}`)
      return 0
    },
  }),
  command({
    name: 'ledger close',
    summary: 'close a period: no business date up to its last day is taken any more',
    options: [BOOK_FLAG, ['--through <date>', 'the last day of the period'], JSON_FLAG],
    input: z.object({ book, through: day, json }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      const found = await askedBook(shell.db, input.book)
      if ('refused' in found) return tell(io, input.json, found)
      if (found.kind === 'operating') return tell(io, input.json, operating(found))
      const closed = await inLedger(shell.db, (tx) =>
        closePeriod(tx, found.id, input.through, { at: shell.now(), actor: ACTOR }),
      )
      if (!closed.ok) {
        const words = `${found.id} is closed through ${'through' in closed.error ? closed.error.through : ''} already.`
        return tell(io, input.json, { refused: { code: closed.error.code, words, exit: 1 } })
      }
      const { through, sha256, balances } = closed.value
      const told = { book: found.id, through, accounts: balances.length, sha256 }
      io.out(
        input.json
          ? JSON.stringify(told, null, 2)
          : `${found.id} is closed through ${through}: ${balances.length} balances, SHA-256 ${sha256}`,
      )
      return 0
    },
  }),
  command({
    name: 'ledger expire',
    summary: 'end the holds whose last day lies before a business date',
    options: [BOOK_FLAG, ['--date <date>', 'the business date'], JSON_FLAG],
    input: z.object({ book, date: day, json }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      const found = await askedBook(shell.db, input.book)
      if ('refused' in found) return tell(io, input.json, found)
      if (found.kind === 'operating') return tell(io, input.json, operating(found))
      const outcomes = await inLedger(shell.db, (tx) =>
        expireHolds(tx, found.id, input.date, { at: shell.now(), actor: ACTOR }),
      )
      const expired = outcomes.filter((outcome) => outcome.status === 'ok').length
      const refused = outcomes.length - expired
      const told = { book: found.id, date: input.date, expired, refused }
      io.out(input.json ? JSON.stringify(told, null, 2) : `${expired} holds expired, ${refused} were refused`)
      return refused === 0 ? 0 : 1
    },
  }),
  command({
    name: 'ledger verify',
    summary: 'recompute every balance and every batch, and compare them with the tables and the audit log',
    options: [['--book <id>', 'one book (default: all)'], JSON_FLAG],
    input: z.object({ book, json }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      const asked = input.book === undefined ? undefined : await askedBook(db, input.book)
      if (asked !== undefined && 'refused' in asked) return tell(io, input.json, asked)
      const names = (asked === undefined ? await listBooks(db) : [asked]).map((one) => one.id)
      const found: string[] = []
      const run = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
      await run.execute(async (tx) => {
        for await (const { seq, detail } of ledgerFindings(tx, input.book))
          found.push(seq === null ? detail : `event ${seq}: ${detail}`)
      })
      const recomputed = `${names.length} ${names.length === 1 ? 'book' : 'books'} recomputed`
      if (input.json) io.out(JSON.stringify({ books: names, found: found.length, findings: found }, null, 2))
      else io.out([recomputed, ...verdict(found)].join('\n'))
      return found.length === 0 ? 0 : 1
    },
  }),
]

const verdict = (found: readonly string[]): readonly string[] =>
  found.length === 0 ? ['Nothing is wrong.'] : found.map((line) => `WRONG: ${line}`)

const operating = ({ id }: Book): Refused => ({
  refused: {
    code: 'book_is_operating',
    words: `${id} holds operating money: it changes by signed acts of the trust only.`,
    exit: 1,
  },
})
