import type { FC } from 'hono/jsx'
import { DataTable, formatDate, label, PageHead, Pager, Section } from '../../ui/index.ts'
import { KINDS, type Kind, PolicyArea } from '../schema.ts'
import type { Version } from '../versions.ts'
import { statesByName } from '../views/places.ts'
import { Frame } from './frame.tsx'
import { FileLinks, Joined, RecordLink, statusWord, Where } from './parts.tsx'
import type { View } from './view.ts'

export const CHANGES_PER_PAGE = 50

/** @param changes those from this page on: one more than the page holds tells that there is a next */
export const ChangesPage: FC<{ v: View; page: number; changes: readonly Version[]; total: number }> = (
  props,
) => {
  const { v, page, changes, total } = props
  const t = v.t.changes
  const shown = changes.slice(0, CHANGES_PER_PAGE)
  const from = (page - 1) * CHANGES_PER_PAGE + 1
  const at = (n: number) => v.here({ page: n === 1 ? undefined : String(n) })
  return (
    <Frame
      v={v}
      title={t.title}
      current="registry"
      crumbs={[{ label: v.t.list.crumb, path: '/registry' }, { label: t.title }]}
    >
      <PageHead title={t.title} lede={t.lede} />
      <Section id="log" title={t.log} rail={<p>{t.logRail(total)}</p>}>
        {shown.length === 0 ? (
          <p class="muted">{t.none}</p>
        ) : (
          <>
            <DataTable
              lang={v.lang}
              caption={t.caption}
              rows={shown}
              columns={[
                {
                  key: 'record',
                  head: t.what,
                  rowHead: true,
                  cell: (version) => (
                    <>
                      <RecordLink v={v} rec={version.rec} />
                      <span class="note-line">
                        {label(v.lang, 'kind', version.rec.kind)} · <Where v={v} rec={version.rec} most={2} />
                      </span>
                    </>
                  ),
                },
                {
                  key: 'when',
                  head: t.when,
                  nowrap: true,
                  cell: (version) => formatDate(version.recorded_at.slice(0, 10), v.lang),
                },
                { key: 'change', head: t.change, cell: (version) => <Change v={v} version={version} /> },
              ]}
            />
            <Pager
              lang={v.lang}
              from={from}
              to={from + shown.length - 1}
              total={total}
              {...(page > 1 && { previous: at(page - 1) })}
              {...(changes.length > CHANGES_PER_PAGE && { next: at(page + 1) })}
            />
          </>
        )}
        <p class="under">
          <FileLinks v={v} csv="/api/v1/changes.csv?limit=500" json="/api/v1/changes.json?limit=500" />
        </p>
      </Section>
      <Feeds v={v} />
    </Frame>
  )
}

const Change: FC<{ v: View; version: Version }> = ({ v, version }) => {
  const t = v.t.changes
  const what =
    version.change === 'added' ? t.added : version.change === 'correction' ? t.correction : t.status
  return (
    <>
      <a href={v.plain(`/records/${version.rec.id}/v/${version.version}`)}>{what}</a>
      <span class="note-line">
        <Joined
          items={[
            statusWord(version.rec, v.lang),
            v.t.record.versionNote(version.version),
            version.reason ?? '',
          ]}
        />
      </span>
    </>
  )
}

const Feeds: FC<{ v: View }> = ({ v }) => {
  const t = v.t.changes
  const groups = [
    {
      title: t.byKind,
      links: (Object.keys(KINDS) as Kind[]).map(
        (kind) => [`kinds/${kind}`, label(v.lang, 'kinds', kind)] as const,
      ),
    },
    {
      title: t.byArea,
      links: PolicyArea.options.map((area) => [`areas/${area}`, label(v.lang, 'area', area)] as const),
    },
    {
      title: t.byState,
      links: statesByName(v.lang).map(({ usps, name }) => [`states/${usps.toLowerCase()}`, name] as const),
    },
  ]
  return (
    <Section
      id="feeds"
      title={t.feeds}
      rail={
        <>
          <p>{t.feedsRail}</p>
          <p>
            <a href="/feeds/changes.atom">{t.feedAll}</a>
          </p>
        </>
      }
    >
      {groups.map((group) => (
        <>
          <h3>{group.title}</h3>
          <p>
            <Joined items={group.links.map(([path, words]) => <a href={`/feeds/${path}.atom`}>{words}</a>)} />
          </p>
        </>
      ))}
    </Section>
  )
}
