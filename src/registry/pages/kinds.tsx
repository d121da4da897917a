import type { FC } from 'hono/jsx'
import { DataTable, label, PageHead, Section } from '../../ui/index.ts'
import { KINDS, type Kind } from '../schema.ts'
import { recordsFile } from './files.ts'
import { AsOfForm, Frame, Under } from './frame.tsx'
import { listPath } from './links.ts'
import { FileLinks } from './parts.tsx'
import type { View } from './view.ts'

/** The registry's front: the six kinds with their counts, and the views across them. */
export const KindsPage: FC<{ v: View }> = ({ v }) => {
  const t = v.t.kinds
  const kinds = Object.keys(KINDS) as Kind[]
  const all = kinds.reduce((sum, kind) => sum + v.book.byKind[kind].length, 0)
  const views = [
    ['/registry/matrix', t.matrix],
    ['/registry/doctrine?view=map', t.map],
    ['/registry/changes', t.changes],
    ['/corrections', t.corrections],
    ['/downloads', t.downloads],
    ['/search', t.search],
  ] as const
  return (
    <Frame v={v} title={t.title} current="registry" description={t.lede(all)}>
      <PageHead title={t.title} lede={t.lede(all)} />
      <Section
        id="kinds"
        title={t.chain}
        rail={
          <>
            <p>{t.chainRail}</p>
            <AsOfForm v={v} action={v.plain('/registry')} />
          </>
        }
      >
        <DataTable
          lang={v.lang}
          caption={v.t.list.tabs}
          rows={kinds}
          columns={[
            {
              key: 'kind',
              head: v.t.local.kind,
              rowHead: true,
              cell: (kind) => (
                <>
                  <a href={v.to(listPath(kind))}>{label(v.lang, 'kinds', kind)}</a>
                  <span class="note-line">{t.about[kind]}</span>
                </>
              ),
            },
            {
              key: 'count',
              head: v.t.downloads.rows,
              align: 'right',
              cell: (kind) => v.book.byKind[kind].length,
            },
            {
              key: 'files',
              head: v.t.downloads.formats,
              cell: (kind) => (
                <FileLinks
                  v={v}
                  csv={recordsFile(v, 'csv', { kind })}
                  json={recordsFile(v, 'json', { kind })}
                />
              ),
            },
          ]}
        />
        <Under>
          <a href="/feeds/changes.atom">{v.t.home.feed}</a>
        </Under>
      </Section>
      <Section id="views" title={t.more}>
        <ul class="plain-list">
          {views.map(([path, words]) => (
            <li>
              <a href={v.to(path)}>{words}</a>
            </li>
          ))}
        </ul>
      </Section>
    </Frame>
  )
}
