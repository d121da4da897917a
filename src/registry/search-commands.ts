import { z } from 'zod'
import { type Command, command, stateOfDivision } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { openBook } from './list-commands.ts'
import { KINDS } from './schema.ts'
import { type Pairs, parseSearch, type SearchHit, type SearchResult } from './search.ts'
import { clearIndex, indexRecords } from './search-index.ts'
import { searchRegistry } from './search-store.ts'

/** Flags of the command and the URL parameters of the search page that they are. */
const FLAGS = [
  ['kind', '--kind <kind>', Object.keys(KINDS).join(', ')],
  ['state', '--state <code>', 'postal code, with its counties and cities; US for the nation'],
  ['jurisdiction', '--jurisdiction <id>', 'Open Civic Data division id'],
  ['area', '--area <area>', 'policy area'],
  ['status', '--status <status>', 'status'],
  ['stance', '--stance <stance>', 'stance'],
  ['party', '--party <party>', 'party that adopted it: D, R, mixed or unknown'],
  ['tier', '--tier <tier>', 'legal tier of its playbook type'],
  ['confidence', '--confidence <level>', 'high, medium or low'],
  ['from', '--from <date>', 'with a date on or after; YYYY, YYYY-MM or YYYY-MM-DD'],
  ['to', '--to <date>', 'with a date on or before'],
  ['sort', '--sort <order>', 'rank, newest, oldest or title'],
  ['page', '--page <n>', 'page, from 1'],
  ['limit', '--limit <n>', 'records on a page, 20 when not given'],
] as const

const Input = z
  .object({ text: z.array(z.string()).default([]), json: z.boolean().default(false) })
  .catchall(z.string())
  .transform(({ text, json, ...flags }) => ({ text, json, flags }))

export const searchCommands: readonly Command<Shell>[] = [
  command({
    name: 'registry search',
    summary: 'find records by words and filters, best first; several values of a filter are joined by commas',
    args: '[text...]',
    options: [...FLAGS.map(([, flag, meaning]) => [flag, meaning] as const), ['--json', 'print JSON']],
    input: Input,
    run: async ({ text, json, flags }, io, open) => {
      const pairs: Pairs = [['q', text.join(' ')], ...Object.entries(flags)]
      const request = parseSearch(pairs)
      if (!request.ok) {
        for (const { parameter, found, wanted } of request.error)
          io.err(
            `registry search: ${parameter === 'q' ? 'text' : `--${parameter}`}: found "${found}"; wanted ${wanted}`,
          )
        return 2
      }
      const { shell } = await openBook(open, io)
      const result = await searchRegistry(shell.db, request.value)
      if (json) io.out(JSON.stringify(result, null, 2))
      else for (const line of describe(result)) io.out(line)
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

function describe(result: SearchResult): readonly string[] {
  const first = (result.page - 1) * result.limit + 1
  const head = [
    ...(result.corrected ?? []).map(({ from, to }) => `No record holds "${from}"; searched for "${to}".`),
    ...(result.matching === 'any' ? ['No record holds all the words; these hold some.'] : []),
    result.total === 0
      ? 'Nothing is recorded for this. Not recorded is not the same as not there.'
      : `${result.total} ${result.total === 1 ? 'record' : 'records'}${result.results.length > 0 ? `, from number ${first}` : ''}`,
  ]
  return [...head, ...result.results.flatMap((hit, at) => describeHit(hit, first + at))]
}

function describeHit(hit: SearchHit, place: number): readonly string[] {
  const where = [...new Set(hit.jurisdictions.map((id) => stateOfDivision(id as never)?.usps ?? 'US'))]
  const places =
    where.length > 6 ? `${where.slice(0, 5).join(' ')} and ${where.length - 5} more` : where.join(' ')
  return [
    `${String(place).padStart(3)}  ${hit.title}`,
    `     ${[KINDS[hit.kind].one, places, hit.status, hit.date].filter(Boolean).join(' · ')} · /r/${hit.id}`,
  ]
}
