import type { FC } from 'hono/jsx'
import { DataTable, Section, TierChip } from '../../ui/index.ts'
import type { Rec, RecOf } from '../schema.ts'
import { type DoctrineReach, doctrineMap, reachOf } from '../views/doctrine.ts'
import { leadingMoment } from '../views/moments.ts'
import { RecordLink, Status } from './parts.tsx'
import type { View } from './view.ts'

/** All doctrine in the middle of what it supports and what it limits; both columns carry the same weight. */
export const DoctrineMap: FC<{ v: View; docs: readonly RecOf<'doctrine'>[] }> = ({ v, docs }) => {
  const t = v.t.doctrineMap
  const rows = doctrineMap(v.book, docs)
  const types = new Set(rows.flatMap((row) => [...row.supports, ...row.limits].map(({ id }) => id))).size
  return (
    <>
      <h2>{t.finding(rows.filter((row) => row.supports.length + row.limits.length > 0).length, types)}</h2>
      <p class="muted">{t.rail}</p>
      <DataTable
        lang={v.lang}
        caption={t.caption}
        rows={rows}
        columns={[
          {
            key: 'doctrine',
            head: t.doctrine,
            rowHead: true,
            cell: (row) => (
              <>
                <RecordLink v={v} rec={row.doctrine} />
                {leadingMoment(row.doctrine) !== undefined &&
                  ` (${leadingMoment(row.doctrine)?.date.slice(0, 4)})`}
                <div>
                  <Status v={v} rec={row.doctrine} />
                </div>
              </>
            ),
          },
          { key: 'supports', head: v.t.record.supports, cell: (row) => <Types v={v} types={row.supports} /> },
          { key: 'limits', head: v.t.record.limits, cell: (row) => <Types v={v} types={row.limits} /> },
        ]}
      />
    </>
  )
}

const Types: FC<{ v: View; types: readonly Rec[] }> = ({ v, types }) =>
  types.length === 0 ? (
    <span class="muted">{v.t.doctrineMap.none}</span>
  ) : (
    <ul class="plain-list tight">
      {types.map((type) => (
        <li>
          <RecordLink v={v} rec={type} />
        </li>
      ))}
    </ul>
  )

/** One doctrine: the types it supports at the left, those it limits at the right. */
export const DoctrineSections: FC<{ v: View; doctrine: RecOf<'doctrine'> }> = ({ v, doctrine }) => {
  const t = v.t.record
  const reach = reachOf(v.book, doctrine)
  return (
    <Section
      id="reach"
      title={t.reach}
      rail={<p>{t.reachRail(reach.supports.length, reach.limits.length)}</p>}
    >
      <div class="both-sides">
        <Reach
          v={v}
          title={t.supports}
          types={reach.supports}
          none={t.noneSupports}
          measures={reach.measuresRelying}
        />
        <Reach
          v={v}
          title={t.limits}
          types={reach.limits}
          none={t.noneLimits}
          measures={reach.measuresLimited}
        />
      </div>
    </Section>
  )
}

const Reach: FC<{
  v: View
  title: string
  types: DoctrineReach['supports']
  none: string
  measures: readonly RecOf<'measure'>[]
}> = (p) => {
  const { v, title, types, none, measures } = p
  return (
    <div>
      <h3>{title}</h3>
      {types.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <ul class="plain-list">
          {types.map((type) => (
            <li>
              <RecordLink v={v} rec={type} /> <TierChip lang={v.lang} tier={type.legal_tier} />
            </li>
          ))}
        </ul>
      )}
      {measures.length > 0 && (
        <details class="more-rows">
          <summary>{v.t.record.measuresToo(measures.length)}</summary>
          <ul class="plain-list tight">
            {measures.map((measure) => (
              <li>
                <RecordLink v={v} rec={measure} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}
