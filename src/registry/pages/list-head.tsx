import type { FC } from 'hono/jsx'
import { FilterChips, ListCount, ListTools, label, NothingFound } from '../../ui/index.ts'
import type { Kind } from '../schema.ts'
import { searchParams } from '../search.ts'
import type { ListSort } from '../views/list.ts'
import { recordsFile } from './files.ts'
import { listPath } from './links.ts'
import { viewsOf } from './list-address.ts'
import { chipsOf, type Drawn } from './list-filters.tsx'
import { FileLinks, Joined } from './parts.tsx'

const SORTS_OF: Record<Kind, readonly ListSort[]> = {
  measure: ['newest', 'oldest', 'place', 'area'],
  'federal-action': ['newest', 'oldest', 'place', 'area'],
  lawsuit: ['newest', 'oldest', 'place', 'area'],
  alliance: ['newest', 'oldest', 'title', 'area'],
  doctrine: ['newest', 'oldest', 'title', 'area'],
  'playbook-type': ['title', 'area'],
}

export const Head: FC<Drawn> = (p) => {
  const { v, request, facts, found } = p
  const t = v.t.list
  const chips = chipsOf(p)
  return (
    <>
      <ListCount count={t.count[request.kind](facts.total)}>
        {chips.length === 0 ? t.unfiltered : t.withFilters(chips.length)}{' '}
        {chips.length > 0 && <a href={v.to(listPath(request.kind))}>{t.clear}</a>}
      </ListCount>
      {found?.corrected.map(({ from, to }) => (
        <p class="muted">{t.corrected(from, to)}</p>
      ))}
      {found?.matching === 'any' && facts.total > 0 && <p class="muted">{t.any}</p>}
      <FilterChips lang={v.lang} chips={chips} />
      {facts.total > 0 && <ListTools left={<SortLinks {...p} />} right={<Views {...p} />} />}
    </>
  )
}

const SortLinks: FC<Drawn> = ({ v, request }) => {
  const t = v.t.list
  const others: readonly ListSort[] = [
    ...(request.filters.query === '' ? [] : (['rank'] as const)),
    ...SORTS_OF[request.kind],
  ].filter((sort) => sort !== request.sort) as readonly ListSort[]
  return (
    <>
      {t.sortedBy} {t.sort[request.sort]} ·{' '}
      <Joined items={others.map((sort) => <a href={v.here({ sort, page: undefined })}>{t.sort[sort]}</a>)} />
    </>
  )
}

const Views: FC<Drawn> = ({ v, request }) => {
  const t = v.t.list
  const params = Object.fromEntries(
    [...searchParams({ ...request.filters, page: 1, limit: 20 })].map(([name]) => [name, [] as string[]]),
  )
  for (const [name, value] of searchParams({ ...request.filters, page: 1, limit: 20, sort: 'rank' }))
    params[name]?.push(value)
  const file = (format: 'csv' | 'json') => recordsFile(v, format, { kind: request.kind, ...params })
  return (
    <>
      {t.view}{' '}
      <Joined
        items={[
          ...viewsOf(request.kind).map((view) =>
            view === request.view ? (
              <b>{t[view]}</b>
            ) : (
              <a href={v.here({ view: view === 'table' ? undefined : view, page: undefined })}>{t[view]}</a>
            ),
          ),
          request.kind === 'measure' ? <a href={v.to('/registry/matrix')}>{t.matrix}</a> : '',
          // The files know no types of a kind: better none than files of more than the list shows.
          request.type.length === 0 ? <FileLinks v={v} csv={file('csv')} json={file('json')} /> : '',
        ]}
      />
    </>
  )
}

export const Nothing: FC<Drawn> = (p) => {
  const { v, request } = p
  const t = v.t.list.nothing
  const chips = chipsOf(p)
  return (
    <NothingFound
      lang={v.lang}
      title={t.title(label(v.lang, 'kinds', request.kind).toLowerCase(), request.filters.query)}
      more={<a href={v.plain('/corrections#how')}>{t.tell}</a>}
    >
      {t.set(chips.length)}{' '}
      <Joined
        items={[
          ...chips.map((chip) => (
            <a href={chip.href}>
              {t.drop} {chip.label}
            </a>
          )),
          <a href={v.to(listPath(request.kind))}>{t.clear}</a>,
        ]}
      />
    </NothingFound>
  )
}
