import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { badParameters, problem } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { type Book, doubtsOf } from '../book.ts'
import { recordsCsv } from '../csv.ts'
import { RELATIONS } from '../relations.ts'
import type { Rec } from '../schema.ts'
import { findRecords } from '../search-book.ts'
import { editDistance } from '../search-words.ts'
import { loadBook, loadHistory } from '../store.ts'
import { differences, type Version } from '../versions.ts'
import { answers, OneRecord, RecordList, RecordRelations, Versions } from './answer-schemas.ts'
import {
  answer,
  csvOf,
  formatOf,
  json,
  readAsked,
  readSearch,
  refuse,
  TIME_NAMES,
  timesOf,
} from './answers.ts'
import { Filters, RecordPath, Times, Words } from './parameters.ts'

export function recordRoutes(api: OpenAPIHono, shell: Shell): void {
  for (const ending of ['', '.json', '.csv'])
    api.openapi(
      createRoute({
        method: 'get',
        path: `/records${ending}`,
        summary:
          ending === '.csv'
            ? 'Records as CSV, all that hold the words and pass the filters'
            : 'Records by words and filters, in pages',
        request: { query: Words.extend(Filters.shape).extend(Times.shape) },
        responses: answers('Records', RecordList),
      }),
      ((c: Context) => list(c, shell)) as never,
    )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/records/{id}',
      summary: 'One record with its relations; `.csv` after the id gives a line of CSV',
      request: { params: RecordPath, query: Times },
      responses: answers('The record', OneRecord, true),
    }),
    ((c: Context) => one(c, shell)) as never,
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/records/{id}/versions',
      summary: 'Every version of a record, oldest first, with what changed',
      request: { params: RecordPath },
      responses: answers('Versions', Versions, true),
    }),
    ((c: Context) => versions(c, shell)) as never,
  )
  api.openapi(
    createRoute({
      method: 'get',
      path: '/records/{id}/relations',
      summary: 'Relations of a record, from both ends',
      request: { params: RecordPath, query: Times },
      responses: answers('Relations', RecordRelations, true),
    }),
    ((c: Context) => relations(c, shell)) as never,
  )
}

async function list(c: Context, shell: Shell): Promise<Response> {
  const asked = readSearch(c)
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const { request, pairs } = asked.value
  const book = await loadBook(shell.db, asked.value)
  const format = formatOf(c)
  return answer(c, book.revision, format, async () => {
    const { records: all, matching, corrected } = await findRecords(shell.db, book, request)
    const { page, limit } = request
    const shown = all.slice((page - 1) * limit, page * limit)
    const isPaged = pairs.some(([name]) => name === 'page' || name === 'limit')
    if (format === 'csv') return recordsCsv(isPaged ? shown : all, book)
    return json({
      revision: book.revision,
      ...timesOf(asked.value),
      ...(request.query !== '' && { query: request.query, matching, corrected }),
      total: all.length,
      page,
      limit,
      records: shown,
      uncertain: doubtsOf(book, shown),
    })
  })
}

/** The id in the address, without the ending that chooses the format. */
const idOf = (c: Context): string => (c.req.param('id') ?? '').replace(/\.(json|csv)$/, '')

type Found = { readonly book: Book; readonly record: Rec }

async function find(c: Context, shell: Shell): Promise<Found | Response> {
  const asked = readAsked(c, TIME_NAMES)
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const book = await loadBook(shell.db, asked.value)
  const record = book.records.get(idOf(c))
  return record === undefined ? refuse(c, unknownRecord(book, idOf(c))) : { book, record }
}

function unknownRecord(book: Book, id: string) {
  const near = nearRecords(book, id)
  const when = book.asOf === undefined ? '' : ` on ${book.asOf}`
  return problem(
    404,
    'unknown_record',
    'No such record',
    `No record has the id "${id.slice(0, 120)}"${when}.`,
    {
      parameter: 'id',
      found: id.slice(0, 120),
      wanted: 'the id of a record, as /api/v1/records lists them',
      did_you_mean: near,
    },
  )
}

/** Up to five records whose id is a few letters off, or shares most of its words. */
function nearRecords(book: Book, id: string): readonly { readonly id: string; readonly title: string }[] {
  const words = new Set(id.toLowerCase().split('-'))
  const far = Math.max(2, Math.floor(id.length / 4))
  return [...book.records.values()]
    .map((rec) => {
      const parts = rec.id.split('-')
      const shared = parts.filter((part) => words.has(part)).length / Math.max(parts.length, words.size)
      const edits = editDistance(id.slice(0, 90), rec.id, far)
      return { rec, score: edits <= far ? 2 - edits / (far + 1) : shared }
    })
    .filter(({ score }) => score >= 0.5)
    .sort((a, b) => b.score - a.score || (a.rec.id < b.rec.id ? -1 : 1))
    .slice(0, 5)
    .map(({ rec }) => ({ id: rec.id, title: rec.title }))
}

async function one(c: Context, shell: Shell): Promise<Response> {
  const found = await find(c, shell)
  if (found instanceof Response) return found
  const { book, record } = found
  const format = formatOf(c)
  return answer(c, book.revision, format, () => {
    if (format === 'csv') return recordsCsv([record], book)
    const uncertain = book.uncertain.get(record.id)
    return json({
      revision: book.revision,
      record,
      relations: relationsOf(book, record.id),
      ...(uncertain && { uncertain }),
    })
  })
}

async function relations(c: Context, shell: Shell): Promise<Response> {
  const found = await find(c, shell)
  if (found instanceof Response) return found
  const { book, record } = found
  const format = formatOf(c)
  return answer(c, book.revision, format, () => {
    const rows = relationsOf(book, record.id)
    return format === 'csv'
      ? csvOf(['type', 'direction', 'reads', 'id', 'kind', 'title', 'status'], rows)
      : json({ revision: book.revision, id: record.id, relations: rows })
  })
}

function relationsOf(book: Book, id: string) {
  const ends = [
    ...book.relationsFrom(id).map(({ type, to }) => ({ type, direction: 'from' as const, other: to })),
    ...book.relationsTo(id).map(({ type, from }) => ({ type, direction: 'to' as const, other: from })),
  ]
  return ends.flatMap(({ type, direction, other }) => {
    const rec = book.records.get(other)
    if (rec === undefined) return []
    const { kind, title, status } = rec
    return [{ type, direction, reads: RELATIONS[type].en[direction], id: other, kind, title, status }]
  })
}

async function versions(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, [])
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const book = await loadBook(shell.db)
  const history = book.records.has(idOf(c)) ? await loadHistory(shell.db, idOf(c)) : []
  if (history.length === 0) return refuse(c, unknownRecord(book, idOf(c)))
  const format = formatOf(c)
  return answer(c, book.revision, format, () => {
    if (format === 'csv') return csvOf(VERSION_COLUMNS, history.map(versionRow))
    const rows = history.map((version, at) => {
      const before = history[at - 1]
      return {
        ...versionRow(version),
        record: version.rec,
        differences: before === undefined ? [] : differences(before.rec, version.rec),
      }
    })
    return json({ revision: book.revision, id: idOf(c), versions: rows })
  })
}

export const VERSION_COLUMNS = [
  'id',
  'kind',
  'title',
  'version',
  'valid_from',
  'recorded_at',
  'change',
  'reason',
  'origin',
  'sha256',
  'revision',
] as const

export function versionRow({ rec, hash, ...version }: Version) {
  const { version: number, valid_from, recorded_at, change, reason, origin, revision } = version
  const { id, kind, title } = rec
  return {
    id,
    kind,
    title,
    version: number,
    valid_from,
    recorded_at,
    change,
    reason,
    origin,
    sha256: hash,
    revision,
  }
}
