import type { FC } from 'hono/jsx'
import { err, findState, ok, type Result, type Usps } from '../../base/index.ts'
import {
  FilterSelect,
  label,
  MatrixTable,
  PageHead,
  type MatrixCell as Square,
  StatusChip,
  StatusKey,
  stateName,
  Tabs,
  TierChip,
} from '../../ui/index.ts'
import {
  MATRIX_COLUMNS,
  type Matrix,
  type MatrixCell,
  type MatrixColumns,
  type MatrixRow,
  matrixOf,
} from '../matrix.ts'
import { PolicyArea } from '../schema.ts'
import type { SearchProblem } from '../search.ts'
import { byText } from '../views/places.ts'
import { Frame } from './frame.tsx'
import { inEnglish, RecordLink } from './parts.tsx'
import type { View } from './view.ts'
import { withParams } from './view.ts'

const BY = {
  playbook: 'playbook-type',
  'playbook-type': 'playbook-type',
  area: 'area',
} as const satisfies Record<string, MatrixColumns>
const SORTS = ['count', 'name'] as const

/** Columns with fewer jurisdictions are left out of the wide table, so that it fits a screen; the list and files have all. */
const FEWEST = 4

export interface MatrixRequest {
  readonly by: MatrixColumns
  readonly sort: (typeof SORTS)[number]
  /** The column that the narrow view lists. */
  readonly column: string | undefined
  readonly present: Usps | undefined
}

export function readMatrix(v: View): Result<MatrixRequest, readonly SearchProblem[]> {
  const text = (name: string) => v.query.get(name) || undefined
  const [by, sort, column, state] = [
    text('by') ?? 'playbook',
    text('sort') ?? 'count',
    text('column'),
    text('state'),
  ]
  const problem = (parameter: string, found: string, wanted: readonly string[]) =>
    err([
      {
        code: 'unknown_value' as const,
        parameter,
        found: found.slice(0, 120),
        wanted: `one of ${wanted.join(', ')}`,
      },
    ])
  if (!Object.hasOwn(BY, by)) return problem('by', by, ['playbook', 'area'])
  const known = SORTS.find((name) => name === sort)
  if (known === undefined) return problem('sort', sort, SORTS)
  const columns = BY[by as keyof typeof BY]
  const ids: readonly string[] =
    columns === 'area' ? PolicyArea.options : v.book.byKind['playbook-type'].map(({ id }) => id)
  if (column !== undefined && !ids.includes(column)) return problem('column', column, ids)
  if (state !== undefined && findState(state) === undefined)
    return problem('state', state, ['CO', 'NY', 'TX', '…'])
  return ok({
    by: columns,
    sort: known,
    column,
    present: state === undefined ? undefined : findState(state)?.usps,
  })
}

interface Drawn {
  readonly v: View
  readonly request: MatrixRequest
  readonly matrix: Matrix
}

export const MatrixPage: FC<{ v: View; request: MatrixRequest }> = ({ v, request }) => {
  const t = v.t.matrix
  const matrix = matrixOf(v.book, request.by)
  const p: Drawn = { v, request, matrix }
  const shown = columnsShown(matrix)
  const leftOut = matrix.rows.filter((row) => !shown.some((i) => row.cells[i]))
  return (
    <Frame
      v={v}
      title={t.title}
      current="registry"
      crumbs={[{ label: v.t.list.crumb, path: '/registry' }, { label: t.crumb }]}
    >
      <PageHead
        title={t.title}
        lede={t.lede(matrix.rows.length - leftOut.length, shown.length, request.by)}
      />
      <Tabs
        name={t.tabs}
        tabs={MATRIX_COLUMNS.map((by) => ({
          label: by === 'area' ? t.byArea : t.byType,
          href: v.here({ by: by === 'area' ? 'area' : undefined, column: undefined }),
          current: by === request.by,
        }))}
      />
      <StatusKey lang={v.lang} kind="measure" statuses={KEY} small none />
      <div class="desk-only">
        <p class="list-tools">
          <span>
            {t.sort}{' '}
            {SORTS.map((sort, i) => (
              <>
                {i > 0 && ' · '}
                {sort === request.sort ? (
                  <b>{sort === 'count' ? t.sortCount : t.sortName}</b>
                ) : (
                  <a href={v.here({ sort: sort === 'count' ? undefined : sort })}>
                    {sort === 'count' ? t.sortCount : t.sortName}
                  </a>
                )}
              </>
            ))}
          </span>
        </p>
        <Table {...p} />
      </div>
      <div class="phone-only">
        <OneColumn {...p} />
      </div>
      <p class="under muted">
        {matrix.without.length > 0 &&
          t.none(matrix.without.map((usps) => stateName(usps, v.lang)).join(', '))}{' '}
        {request.by === 'playbook-type' &&
          shown.length < matrix.columns.length &&
          t.onlyMany(FEWEST, leftOut.map(({ usps }) => stateName(usps, v.lang)).join(', '))}{' '}
        {t.source(v.book.byKind.measure.length)} <a href={matrixFile(v, request, 'csv')}>{v.t.common.csv}</a>{' '}
        · <a href={matrixFile(v, request, 'json')}>{v.t.common.json}</a>
      </p>
    </Frame>
  )
}

const KEY = ['in-effect', 'challenged', 'partly-enjoined', 'enjoined', 'proposed', 'struck-down', 'historic']

/** Columns of the wide table, those with the most jurisdictions first. */
const columnsShown = (matrix: Matrix): readonly number[] =>
  matrix.columns
    .map(({ count }, i) => ({ count, i }))
    .filter(({ count }) => matrix.by === 'area' || count >= FEWEST)
    .sort((a, b) => b.count - a.count || a.i - b.i)
    .map(({ i }) => i)

const Table: FC<Drawn> = ({ v, request, matrix }) => {
  const t = v.t.matrix
  const shown = columnsShown(matrix)
  const count = (row: MatrixRow) => shown.filter((i) => row.cells[i]).length
  const rows = matrix.rows
    .filter((row) => count(row) > 0)
    .sort((a, b) => {
      const byName = byText(stateName(a.usps, v.lang), stateName(b.usps, v.lang))
      return request.sort === 'name' ? byName : count(b) - count(a) || byName
    })
  return (
    <MatrixTable
      lang={v.lang}
      caption={request.by === 'area' ? t.captionArea : t.caption}
      corner={t.corner}
      cornerNote={
        request.sort === 'name' ? t.sortedByName : request.by === 'area' ? t.sortedByAreas : t.sortedByCount
      }
      columns={shown.map((i) => columnHead(v, matrix, i))}
      rows={rows.map((row) => ({
        label: stateName(row.usps, v.lang),
        href: v.to(`/states/${row.usps.toLowerCase()}`),
        present: row.usps === request.present,
        total: count(row),
        cells: shown.map((i) => squareOf(v, row.cells[i])),
      }))}
      totalHead={request.by === 'area' ? t.totalAreas : t.total}
      totals={{ label: t.totals, counts: shown.map((i) => matrix.columns[i]?.count ?? 0) }}
    />
  )
}

function columnHead(v: View, matrix: Matrix, i: number) {
  const id = matrix.columns[i]?.id ?? ''
  return matrix.by === 'area'
    ? { label: label(v.lang, 'area', id), href: v.to('/registry/measures', { area: id }) }
    : { label: v.book.records.get(id)?.title ?? id, href: v.to(`/records/${id}`) }
}

const squareOf = (v: View, cell: MatrixCell | null | undefined): Square | undefined =>
  cell
    ? {
        kind: 'measure',
        status: cell.status,
        localOnly: cell.local,
        href: v.to(`/records/${cell.measures[0]}`),
      }
    : undefined

/** The narrow view: one type or area, its jurisdictions grouped by status. */
const OneColumn: FC<Drawn> = ({ v, request, matrix }) => {
  const t = v.t.matrix
  const most = [...matrix.columns].sort((a, b) => b.count - a.count)[0]
  const chosen = matrix.columns.find(({ id }) => id === request.column) ?? most
  if (chosen === undefined) return <></>
  const at = matrix.columns.indexOf(chosen)
  const type = v.book.records.get(chosen.id)
  const cells = matrix.rows.flatMap((row) => {
    const cell = row.cells[at]
    return cell ? [{ usps: row.usps, cell }] : []
  })
  const statuses = [...new Set(cells.map(({ cell }) => cell.status))]
  return (
    <>
      <form class="inline-form" method="get" action={v.plain('/registry/matrix')}>
        {[...v.query]
          .filter(([name]) => name !== 'column')
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <FilterSelect
          name="column"
          label={request.by === 'area' ? t.chooseArea : t.choose}
          options={matrix.columns.map(({ id }) => ({
            value: id,
            label: request.by === 'area' ? label(v.lang, 'area', id) : (v.book.records.get(id)?.title ?? id),
            checked: id === chosen.id,
          }))}
        />
        <button type="submit" class="button">
          {t.show}
        </button>
      </form>
      <h2>{t.have(cells.length)}</h2>
      {type?.kind === 'playbook-type' && <TierChip lang={v.lang} tier={type.legal_tier} />}
      {statuses.map((status) => (
        <OneStatus v={v} status={status} cells={cells.filter(({ cell }) => cell.status === status)} />
      ))}
    </>
  )
}

const OneStatus: FC<{
  v: View
  status: string
  cells: readonly { readonly usps: Usps; readonly cell: MatrixCell }[]
}> = (p) => {
  const { v, status, cells } = p
  return (
    <section class="matrix-group">
      <h3>
        <StatusChip lang={v.lang} kind="measure" status={status} /> <span class="muted">{cells.length}</span>
      </h3>
      <ul class="plain-list ruled">
        {cells.map(({ usps, cell }) => {
          const rec = v.book.records.get(cell.measures[0] ?? '')
          return (
            <li>
              <a href={v.to(`/states/${usps.toLowerCase()}`)}>{stateName(usps, v.lang)}</a>
              <span class="note-line" lang={inEnglish(v.lang)}>
                {rec === undefined ? '' : <RecordLink v={v} rec={rec} />}
                {cell.local && <span lang={v.lang}> · {v.t.matrix.local}</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const matrixFile = (v: View, request: MatrixRequest, format: 'csv' | 'json'): string =>
  withParams(`/api/v1/matrix.${format}`, { by: request.by, as_of: v.asOf })
