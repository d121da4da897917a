import type { FC } from 'hono/jsx'
import { DataTable, label, PageHead, Pager, Tabs, WithFilters } from '../../ui/index.ts'
import { KINDS, type Kind } from '../schema.ts'
import { listOf, ROWS_PER_PAGE } from '../views/list.ts'
import { DoctrineMap } from './doctrine-map.tsx'
import { Frame } from './frame.tsx'
import { listPath } from './links.ts'
import type { ListAsked } from './list-address.ts'
import { columnsOf } from './list-columns.tsx'
import { type Drawn, Filters, type Found } from './list-filters.tsx'
import { Head, Nothing } from './list-head.tsx'
import { TimelineRows } from './list-timeline.tsx'
import { PlaybookCatalogue } from './playbook.tsx'
import type { View } from './view.ts'

export const ListPage: FC<{ v: View; request: ListAsked; found: Found | undefined }> = ({
  v,
  request,
  found,
}) => {
  const t = v.t.list
  const facts = listOf(v.book, request, found?.ids)
  const p: Drawn = { v, request, facts, found }
  const title = t.title[request.kind]
  return (
    <Frame
      v={v}
      title={title}
      current="registry"
      crumbs={[{ label: t.crumb, path: '/registry' }, { label: label(v.lang, 'kinds', request.kind) }]}
      feeds={[{ title: `${title}: ${v.t.home.feed}`, href: `/feeds/kinds/${request.kind}.atom` }]}
    >
      <PageHead title={title} lede={t.lede[request.kind](facts.all)} />
      <Tabs
        name={t.tabs}
        tabs={(Object.keys(KINDS) as Kind[]).map((kind) => ({
          label: `${label(v.lang, 'kinds', kind)} ${v.book.byKind[kind].length}`,
          href: v.to(listPath(kind)),
          current: kind === request.kind,
        }))}
      />
      <WithFilters filters={<Filters {...p} />}>
        <Head {...p} />
        {facts.total === 0 ? <Nothing {...p} /> : <Rows {...p} />}
      </WithFilters>
    </Frame>
  )
}

const Rows: FC<Drawn> = (p) => {
  const { v, request, facts } = p
  if (request.view === 'map')
    return <DoctrineMap v={v} docs={facts.sorted.filter((rec) => rec.kind === 'doctrine')} />
  if (
    request.kind === 'playbook-type' &&
    request.sort === 'title' &&
    facts.pages <= 2 &&
    facts.filtersSet === 0
  )
    return <PlaybookCatalogue v={v} types={v.book.byKind['playbook-type']} />
  const from = (facts.page - 1) * ROWS_PER_PAGE + 1
  const page = (n: number) => v.here({ page: n === 1 ? undefined : String(n) })
  return (
    <>
      {request.view === 'timeline' ? <TimelineRows {...p} /> : <TableRows {...p} />}
      <Pager
        lang={v.lang}
        from={from}
        to={from + facts.rows.length - 1}
        total={facts.total}
        {...(facts.page > 1 && { previous: page(facts.page - 1) })}
        {...(facts.page < facts.pages && { next: page(facts.page + 1) })}
      />
    </>
  )
}

const TableRows: FC<Drawn> = ({ v, request, facts }) => (
  <DataTable
    lang={v.lang}
    caption={v.t.list.title[request.kind]}
    rows={facts.rows}
    columns={columnsOf(v, request.kind)}
  />
)
