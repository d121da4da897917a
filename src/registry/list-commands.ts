import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { type Book, doubtsOf } from './book.ts'
import { dictionaryCsv, jurisdictionsCsv, recordsCsv } from './csv.ts'
import { dictionary } from './dictionary.ts'
import { listFiltered } from './filter.ts'
import { FILTER_FLAGS, JSON_FLAG, Listed, TIME_FLAGS, times } from './flags.ts'
import { describeList, describeRecord, shownRelations, table } from './present.ts'
import { faultText } from './read.ts'
import type { Rec } from './schema.ts'
import { type BookQuestion, loadBook, loadHistory, syncFiles } from './store.ts'
import type { Version } from './versions.ts'
import { recordsYaml } from './yaml.ts'

const json = z.boolean().default(false)

const LICENCE = 'CC BY 4.0, https://creativecommons.org/licenses/by/4.0/; sources keep their own terms'

/** The book, after taking in what changed in the files; a faulty file is told of, and what was taken in before is shown. */
export async function openBook(
  open: () => Promise<Shell>,
  io: Io,
  question: BookQuestion = {},
): Promise<{ readonly shell: Shell; readonly book: Book }> {
  const shell = await open()
  const synced = await syncFiles(shell.db, { at: shell.now(), actor: 'tenth registry' })
  if (!synced.ok) {
    for (const fault of synced.error) io.err(faultText(fault))
    io.err(`${synced.error.length} faults: the files are not taken in; this is the registry before`)
  }
  return { shell, book: await loadBook(shell.db, question) }
}

const toJson = (value: unknown): string => JSON.stringify(value, null, 2)

const listJson = (book: Book, records: readonly Rec[], knownAt: string | undefined) => ({
  revision: book.revision,
  as_of: book.asOf ?? null,
  known_at: knownAt ?? null,
  count: records.length,
  uncertain: doubtsOf(book, records),
  records,
})

const versionJson = ({ rec, ...version }: Version) => ({ ...version, record: rec })

export const listCommands: readonly Command<Shell>[] = [
  command({
    name: 'registry list',
    summary: 'list records, narrowed by filters, as of any day',
    options: [...FILTER_FLAGS, ...TIME_FLAGS, JSON_FLAG, ['--csv', 'print CSV']],
    input: Listed.and(z.object({ json, csv: json })),
    run: async ({ json, csv, asOf, knownAt, ...request }, io, open: () => Promise<Shell>) => {
      const { book } = await openBook(open, io, { asOf, knownAt })
      const records = listFiltered(book, request)
      if (csv) io.out(recordsCsv(records, book).trimEnd())
      else io.out(json ? toJson(listJson(book, records, knownAt)) : describeList(book, records))
      return 0
    },
  }),
  command({
    name: 'registry show',
    summary: 'show one record with its relations from both ends, its history and its sources',
    args: '<id>',
    options: [...TIME_FLAGS, JSON_FLAG],
    input: z.object({ id: z.string(), ...times, json }),
    run: async ({ id, asOf, knownAt, json }, io, open: () => Promise<Shell>) => {
      const { book, shell } = await openBook(open, io, { asOf, knownAt })
      const rec = book.records.get(id)
      if (rec === undefined) return unknownRecord(io, id, asOf)
      const known = (await loadHistory(shell.db, id)).filter(
        (v) => knownAt === undefined || v.recorded_at <= knownAt,
      )
      const uncertain = book.uncertain.get(id) ?? null
      const shown = { as_of: asOf ?? null, uncertain, record: rec, relations: shownRelations(book, id) }
      io.out(json ? toJson({ ...shown, versions: known.map(versionJson) }) : describeRecord(book, rec, known))
      return 0
    },
  }),
  command({
    name: 'registry history',
    summary: 'list the versions of one record: when each became true and when it was recorded',
    args: '<id>',
    options: [JSON_FLAG],
    input: z.object({ id: z.string(), json }),
    run: async ({ id, json }, io, open: () => Promise<Shell>) => {
      const { shell } = await openBook(open, io)
      const versions = await loadHistory(shell.db, id)
      if (versions.length === 0) return unknownRecord(io, id, undefined)
      io.out(json ? toJson(versions.map(versionJson)) : describeHistory(versions))
      return 0
    },
  }),
  command({
    name: 'registry jurisdictions',
    summary: 'list the nation, the states, DC, the territories, and the counties and places with records',
    options: [JSON_FLAG, ['--csv', 'print CSV']],
    input: z.object({ json, csv: json }),
    run: async ({ json, csv }, io, open: () => Promise<Shell>) => {
      const { book } = await openBook(open, io)
      const rows = [...book.jurisdictions.values()]
      if (json) io.out(toJson(rows))
      else if (csv) io.out(jurisdictionsCsv(rows).trimEnd())
      else {
        const shown = ['id', 'name', 'type', 'usps', 'fips', 'population', 'population_year'] as const
        const cells = rows.map((row) => shown.map((name) => String(row[name] ?? '')))
        io.out(table(shown, cells))
      }
      return 0
    },
  }),
  command({
    name: 'registry export',
    summary: 'write records as JSON, CSV or YAML, or the data dictionary of their fields',
    options: [
      ...FILTER_FLAGS,
      ...TIME_FLAGS,
      ['--format <format>', 'json (default), csv or yaml'],
      ['--dictionary', 'the data dictionary in place of the records'],
      ['--out <file>', 'write to a file; a CSV gets its dictionary beside it'],
    ],
    input: Listed.and(
      z.object({
        format: z.enum(['json', 'csv', 'yaml'], 'wanted: json, csv or yaml').default('json'),
        dictionary: z.boolean().default(false),
        out: z.string().min(1, 'wanted: a file name').optional(),
      }),
    ),
    run: async (
      { format, dictionary: asked, out, asOf, knownAt, ...request },
      io,
      open: () => Promise<Shell>,
    ) => {
      const kinds = request.kind.length === 0 ? undefined : request.kind
      if (asked)
        return write(
          io,
          out,
          format === 'csv'
            ? dictionaryCsv(kinds)
            : `${toJson(dictionary().filter((row) => kinds === undefined || kinds.includes(row.kind)))}\n`,
        )
      const { book } = await openBook(open, io, { asOf, knownAt })
      const records = listFiltered(book, request)
      const code = write(io, out, exportText(format, book, records, knownAt))
      if (code !== 0 || out === undefined || format !== 'csv') return code
      return write(io, out.replace(/(\.csv)?$/i, '.dictionary.csv'), dictionaryCsv(kinds))
    },
  }),
]

function exportText(
  format: 'json' | 'csv' | 'yaml',
  book: Book,
  records: readonly Rec[],
  knownAt?: string,
): string {
  if (format === 'csv') return recordsCsv(records, book)
  const day = book.asOf === undefined ? '' : ` as of ${book.asOf}`
  if (format === 'yaml')
    return recordsYaml(records, `Tenth registry, revision ${book.revision}${day}. ${LICENCE}.`)
  const { records: list, ...head } = listJson(book, records, knownAt)
  return `${toJson({ licence: LICENCE, ...head, dictionary: dictionary(), records: list })}\n`
}

function write(io: Io, out: string | undefined, text: string): 0 | 1 {
  if (out === undefined) {
    io.out(text.trimEnd())
    return 0
  }
  const path = resolve(io.cwd, out)
  try {
    writeFileSync(path, text)
  } catch (error) {
    io.err(`${path} cannot be written: ${error instanceof Error ? error.message : error}`)
    return 1
  }
  io.err(`wrote ${path}`)
  return 0
}

function unknownRecord(io: Io, id: string, asOf: string | undefined): 1 {
  io.err(
    `found no record ${JSON.stringify(id)}${asOf === undefined ? '' : ` as of ${asOf}`}; registry list shows the ids`,
  )
  return 1
}

function describeHistory(versions: readonly Version[]): string {
  const rows = versions.map((v) => [
    String(v.version),
    v.change,
    v.rec.status,
    v.valid_from ?? '',
    v.recorded_at,
    v.origin,
    v.hash.slice(0, 12),
    v.reason ?? '',
  ])
  return table(['version', 'change', 'status', 'valid from', 'recorded', 'by', 'sha256', 'reason'], rows)
}
