import { err, ok, type Result } from '../../base/index.ts'
import { type Kind, STATUSES } from '../schema.ts'
import { parsePairs, parseSearch, type SearchProblem } from '../search.ts'
import { LIST_SORTS, type ListRequest, type ListSort } from '../views/list.ts'

export const LIST_VIEWS = ['table', 'timeline', 'map'] as const

export type ListView = (typeof LIST_VIEWS)[number]

export interface ListAsked extends ListRequest {
  readonly view: ListView
}

const OWN = ['sort', 'view', 'as-of', 'as_of', 'type'] as const

/** Reads the address of a list; every fault is named at once. */
export function readList(kind: Kind, raw: string): Result<ListAsked, readonly SearchProblem[]> {
  const pairs = parsePairs(raw)
  if (!pairs.ok) return pairs
  const own = (name: (typeof OWN)[number]) =>
    pairs.value.filter(([key, value]) => key === name && value !== '').map(([, value]) => value)
  const read = parseSearch(
    pairs.value.filter(([name]) => name !== 'sort'),
    ['sort', 'view', 'as-of', 'as_of', 'type'],
  )
  const problems: SearchProblem[] = read.ok ? [] : read.error.map((problem) => ofKind(kind, problem))
  const choose = <T extends string>(name: 'sort' | 'view', values: readonly T[]): T | undefined => {
    const [asked] = own(name)
    const value = values.find((known) => known === asked)
    if (asked !== undefined && value === undefined)
      problems.push({
        code: 'unknown_value',
        parameter: name,
        found: asked.slice(0, 120),
        wanted: `one of ${values.join(', ')}`,
      })
    return value
  }
  const sort = choose('sort', LIST_SORTS)
  const view = choose('view', viewsOf(kind)) ?? 'table'
  if (!read.ok || problems.length > 0) return err(problems)
  const filters = { ...read.value, kind: [] }
  return ok({
    kind,
    filters,
    view,
    page: read.value.page,
    type: own('type'),
    sort: sort ?? (filters.query === '' ? defaultSort(kind) : 'rank'),
  })
}

/** Of the statuses there are, those that this kind can have. */
const ofKind = (kind: Kind, problem: SearchProblem): SearchProblem =>
  problem.parameter === 'status' && problem.code === 'unknown_value'
    ? { ...problem, wanted: `one of ${STATUSES[kind].join(', ')}` }
    : problem

export const defaultSort = (kind: Kind): ListSort => (kind === 'playbook-type' ? 'title' : 'newest')

export const viewsOf = (kind: Kind): readonly ListView[] =>
  kind === 'doctrine' ? LIST_VIEWS : kind === 'playbook-type' ? ['table'] : ['table', 'timeline']
