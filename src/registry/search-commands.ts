import { z } from 'zod'
import { type Command, command, stateOfDivision } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import type { Book } from './book.ts'
import { FILTER_FLAGS, JSON_FLAG, ORDER_FLAGS, Searched, TIME_FLAGS } from './flags.ts'
import { openBook } from './list-commands.ts'
import { counted } from './present.ts'
import { KINDS } from './schema.ts'
import type { SearchHit, SearchResult } from './search.ts'
import { searchBook } from './search-book.ts'
import { clearIndex, indexRecords } from './search-index.ts'

export const searchCommands: readonly Command<Shell>[] = [
  command({
    name: 'registry search',
    summary: 'find records by words and filters, best first; several values of a filter are joined by commas',
    args: '[text...]',
    options: [...FILTER_FLAGS, ...TIME_FLAGS, ...ORDER_FLAGS, JSON_FLAG],
    input: Searched.and(z.object({ json: z.boolean().default(false) })),
    run: async ({ json, asOf, knownAt, ...request }, io, open) => {
      const { shell, book } = await openBook(open, io, { asOf, knownAt })
      const result = await searchBook(shell.db, book, request)
      if (json) io.out(JSON.stringify({ as_of: asOf ?? null, known_at: knownAt ?? null, ...result }, null, 2))
      else for (const line of describe(book, result)) io.out(line)
      return 0
    },
  }),
  command({
    name: 'registry reindex',
    summary: 'build the search index anew from the records',
    input: z.object({}),
    run: async (_, io, open) => {
      const { shell, book } = await openBook(open, io)
      const records = [...book.records.values()]
      await shell.db.transaction().execute(async (tx) => {
        await clearIndex(tx)
        await indexRecords(tx, records, (id) => book.jurisdictions.get(id)?.name)
      })
      io.out(`${records.length} records indexed`)
      return 0
    },
  }),
]

function describe(book: Book, result: SearchResult): readonly string[] {
  const first = (result.page - 1) * result.limit + 1
  const head = [
    ...(result.corrected ?? []).map(({ from, to }) => `No record holds "${from}"; searched for "${to}".`),
    ...(result.matching === 'any' ? ['No record holds all the words; these hold some.'] : []),
    result.total === 0
      ? 'Nothing is recorded for this. Not recorded is not the same as not there.'
      : `${counted(result.total, 'record')}${book.asOf === undefined ? '' : ` as of ${book.asOf}`}${result.results.length > 0 ? `, from number ${first}` : ''}`,
  ]
  return [
    ...head,
    ...result.results.flatMap((hit, at) => describeHit(hit, first + at, book.uncertain.has(hit.id))),
  ]
}

function describeHit(hit: SearchHit, place: number, isUncertain: boolean): readonly string[] {
  const where = [...new Set(hit.jurisdictions.map((id) => stateOfDivision(id as never)?.usps ?? 'US'))]
  const places =
    where.length > 6 ? `${where.slice(0, 5).join(' ')} and ${where.length - 5} more` : where.join(' ')
  return [
    `${String(place).padStart(3)}  ${hit.title}`,
    `     ${[KINDS[hit.kind].one, places, `${hit.status}${isUncertain ? ' (?)' : ''}`, hit.date].filter(Boolean).join(' · ')} · /r/${hit.id}`,
  ]
}
