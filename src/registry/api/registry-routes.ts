import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { badParameters, type DivisionId, problem, stateOf } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { doubtsOf } from '../book.ts'
import { dictionaryCsv, jurisdictionsCsv } from '../csv.ts'
import { dictionary } from '../dictionary.ts'
import { listFiltered } from '../filter.ts'
import { MATRIX_COLUMNS, type MatrixColumns, matrixOf } from '../matrix.ts'
import type { Jurisdiction, Kind } from '../schema.ts'
import { jurisdictionOf, parseSearch, type SearchProblem } from '../search.ts'
import { searchBook } from '../search-book.ts'
import { loadBook, loadChanges, loadRevision } from '../store.ts'
import { answers, Changes, Dictionary, Found, MatrixAnswer, OnePlace, Places } from './answer-schemas.ts'
import {
  answer,
  csvOf,
  formatOf,
  json,
  oneOf,
  readAsked,
  readSearch,
  refuse,
  TIME_NAMES,
  timesOf,
} from './answers.ts'
import { ChangesQuery, Filters, MatrixQuery, PlacePath, Times, Words } from './parameters.ts'
import { VERSION_COLUMNS, versionRow } from './record-routes.ts'

export function registryRoutes(api: OpenAPIHono, shell: Shell): void {
  const route = (
    path: string,
    summary: string,
    request: object,
    responses: object,
    handle: (c: Context, shell: Shell) => Promise<Response>,
  ) =>
    api.openapi(createRoute({ method: 'get', path, summary, request, responses } as never), ((c: Context) =>
      handle(c, shell)) as never)
  route(
    '/search',
    'Full-text search with facets',
    { query: Words.extend(Filters.shape).extend(Times.shape) },
    answers('Found', Found),
    search,
  )
  route('/jurisdictions', 'Jurisdictions on record', {}, answers('Jurisdictions', Places), places)
  route(
    '/jurisdictions/{id}',
    'One jurisdiction, with counts of its records',
    { params: PlacePath, query: Times },
    answers('The jurisdiction', OnePlace, true),
    place,
  )
  // A division id has slashes; it may come with or without their being percent-encoded.
  api.get('/jurisdictions/*', (c) => place(c, shell))
  route(
    '/matrix',
    'Jurisdictions by playbook types or areas, with the most advanced status in each cell',
    { query: MatrixQuery.extend(Times.shape) },
    answers('The matrix', MatrixAnswer),
    matrix,
  )
  route(
    '/changes',
    'The newest versions of records',
    { query: ChangesQuery },
    answers('Changes', Changes),
    changes,
  )
  route('/dictionary', 'Every field of every kind of record', {}, answers('Dictionary', Dictionary), fields)
  // Links cannot ask for CSV by a header: the ending chooses the form, as it does for records.
  for (const ending of ['json', 'csv']) {
    api.get(`/matrix.${ending}`, (c) => matrix(c, shell))
    api.get(`/changes.${ending}`, (c) => changes(c, shell))
    api.get(`/dictionary.${ending}`, (c) => fields(c, shell))
    api.get(`/jurisdictions.${ending}`, (c) => places(c, shell))
  }
}

async function search(c: Context, shell: Shell): Promise<Response> {
  const asked = readSearch(c)
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const { request } = asked.value
  const book = await loadBook(shell.db, asked.value)
  const format = formatOf(c)
  return answer(c, book.revision, format, async () => {
    const result = await searchBook(shell.db, book, request)
    if (format === 'csv')
      return csvOf(
        ['id', 'kind', 'title', 'jurisdictions', 'status', 'area', 'date', 'score'],
        result.results,
      )
    const uncertain = doubtsOf(book, result.results)
    return json({
      revision: book.revision,
      ...timesOf(asked.value),
      sort: request.sort,
      ...result,
      uncertain,
    })
  })
}

async function places(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, [])
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const book = await loadBook(shell.db)
  const format = formatOf(c)
  const rows = [...book.jurisdictions.values()]
  return answer(c, book.revision, format, () =>
    format === 'csv' ? jurisdictionsCsv(rows) : json({ revision: book.revision, jurisdictions: rows }),
  )
}

async function place(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, TIME_NAMES)
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const text = decoded(c.req.path.replace(/^.*?\/jurisdictions\//, '')).replace(/\.(json|csv)$/, '')
  const book = await loadBook(shell.db, asked.value)
  const id = jurisdictionOf(text)
  const jurisdiction = id === undefined ? undefined : book.jurisdictions.get(id)
  if (id === undefined || jurisdiction === undefined)
    return refuse(c, unknownPlace(text, [...book.jurisdictions.values()]))
  const format = formatOf(c)
  return answer(c, book.revision, format, () => {
    if (format === 'csv') return jurisdictionsCsv([jurisdiction])
    const own = parseSearch([['jurisdiction', id]])
    const records = own.ok ? listFiltered(book, own.value) : []
    const counts: Partial<Record<Kind, number>> = {}
    for (const { kind } of records) counts[kind] = (counts[kind] ?? 0) + 1
    const within = [...book.jurisdictions.values()].filter((row) => isWithin(row.id, id))
    return json({ revision: book.revision, jurisdiction, records: counts, within })
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isWithin = (inner: DivisionId, outer: DivisionId): boolean =>
  outer.split('/').length > 2 && inner.startsWith(`${outer}/`)

function unknownPlace(text: string, rows: readonly Jurisdiction[]) {
  const asked = text.toLowerCase()
  const near = rows.filter(
    ({ name, id }) =>
      name.toLowerCase().startsWith(asked.slice(0, 4)) ||
      (asked.length > 8 && id.startsWith(asked.slice(0, -2))),
  )
  return problem(
    404,
    'unknown_jurisdiction',
    'No such jurisdiction',
    `No jurisdiction on record is "${text.slice(0, 120)}".`,
    {
      parameter: 'id',
      found: text.slice(0, 120),
      wanted:
        'a postal code such as CO, US, or an Open Civic Data id such as ocd-division/country:us/state:co',
      did_you_mean: near.slice(0, 5).map(({ id, name }) => ({ id, title: name })),
    },
  )
}

async function matrix(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, ['by', ...TIME_NAMES])
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const problems: SearchProblem[] = []
  const text = oneOf(asked.value.pairs, 'by', problems) ?? 'playbook-type'
  const by = MATRIX_COLUMNS.find((name) => name === text)
  if (by === undefined)
    problems.push({
      code: 'unknown_value',
      parameter: 'by',
      found: text.slice(0, 120),
      wanted: `one of ${MATRIX_COLUMNS.join(', ')}`,
    })
  if (problems.length > 0) return refuse(c, badParameters(problems))
  const book = await loadBook(shell.db, asked.value)
  const { columns, rows, without } = matrixOf(book, by as MatrixColumns)
  const format = formatOf(c)
  return answer(c, book.revision, format, () => {
    const named = columns.map((column) => ({
      ...column,
      title: book.records.get(column.id)?.title ?? column.id,
    }))
    if (format === 'json')
      return json({
        revision: book.revision,
        by,
        columns: named,
        rows: rows.map((row) => ({ ...row, name: stateOf(row.usps).name })),
        without,
      })
    const lines = rows.map(({ usps, cells }) => ({
      usps,
      name: stateOf(usps).name,
      ...Object.fromEntries(
        cells.map((cell, at) => [columns[at]?.id, cell && `${cell.status}${cell.local ? ' (local)' : ''}`]),
      ),
    }))
    return csvOf(['usps', 'name', ...columns.map(({ id }) => id)], lines)
  })
}

async function changes(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, ['limit', 'before'])
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const problems: SearchProblem[] = []
  const number = (name: string, most: number): number | undefined => {
    const text = oneOf(asked.value.pairs, name, problems)
    if (text === undefined) return undefined
    const value = /^\d{1,15}$/.test(text) ? Number(text) : 0
    if (value < 1 || value > most)
      problems.push({
        code: 'bad_number',
        parameter: name,
        found: text.slice(0, 120),
        wanted: `a whole number from 1 to ${most}`,
      })
    return value
  }
  const [limit, before] = [number('limit', 500) ?? 50, number('before', Number.MAX_SAFE_INTEGER)]
  if (problems.length > 0) return refuse(c, badParameters(problems))
  const revision = await loadRevision(shell.db)
  const rows = (await loadChanges(shell.db, { limit, before })).map(versionRow)
  const format = formatOf(c)
  return answer(c, revision, format, () =>
    format === 'csv' ? csvOf(VERSION_COLUMNS, rows) : json({ revision, changes: rows }),
  )
}

async function fields(c: Context, shell: Shell): Promise<Response> {
  const asked = readAsked(c, [])
  if (!asked.ok) return refuse(c, badParameters(asked.error))
  const revision = await loadRevision(shell.db)
  const format = formatOf(c)
  return answer(c, revision, format, () =>
    format === 'csv' ? dictionaryCsv() : json({ fields: dictionary() }),
  )
}
