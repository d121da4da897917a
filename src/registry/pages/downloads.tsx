import type { FC } from 'hono/jsx'
import { DataTable, label, PageHead, Section } from '../../ui/index.ts'
import { type DictionaryRow, dictionary } from '../dictionary.ts'
import { KINDS, type Kind } from '../schema.ts'
import { recordsFile } from './files.ts'
import { AsOfForm, Frame } from './frame.tsx'
import { FileLinks } from './parts.tsx'
import type { View } from './view.ts'

interface FileRow {
  readonly name: string
  readonly rows: number
  readonly kind: Kind | undefined
}

/** Every file with its dictionary, licence and the sum to check it by. */
export const DownloadsPage: FC<{ v: View; checksum: string }> = ({ v, checksum }) => {
  const t = v.t.downloads
  const kinds = Object.keys(KINDS) as Kind[]
  const files: readonly FileRow[] = [
    { name: t.all, rows: kinds.reduce((sum, kind) => sum + v.book.byKind[kind].length, 0), kind: undefined },
    ...kinds.map((kind) => ({ name: label(v.lang, 'kinds', kind), rows: v.book.byKind[kind].length, kind })),
  ]
  return (
    <Frame
      v={v}
      title={t.title}
      description={t.lede}
      hashes
      crumbs={[{ label: v.t.list.crumb, path: '/registry' }, { label: t.title }]}
    >
      <PageHead title={t.title} lede={t.lede} />
      <Section
        id="files"
        title={t.files}
        rail={
          <>
            <p>{t.filesRail(v.book.revision)}</p>
            <AsOfForm v={v} action={v.plain('/downloads')} />
          </>
        }
      >
        <DataTable
          lang={v.lang}
          caption={t.caption}
          rows={files}
          columns={[
            { key: 'file', head: t.file, rowHead: true, cell: (file) => file.name },
            { key: 'rows', head: t.rows, align: 'right', cell: (file) => file.rows },
            {
              key: 'formats',
              head: t.formats,
              cell: ({ kind }) => (
                <FileLinks
                  v={v}
                  csv={recordsFile(v, 'csv', { kind })}
                  json={recordsFile(v, 'json', { kind })}
                />
              ),
            },
            {
              key: 'dictionary',
              head: t.dictionary,
              cell: ({ kind }) =>
                kind === undefined ? (
                  <FileLinks v={v} csv="/api/v1/dictionary.csv" json="/api/v1/dictionary.json" />
                ) : (
                  <a href={`#fields-${kind}`}>{t.dictionary}</a>
                ),
            },
          ]}
        />
      </Section>
      <Section id="licence" title={t.licence} rail={<p>{t.licenceRail}</p>}>
        {t.licenceText.map((words) => (
          <p>{words}</p>
        ))}
        <p>
          <a href="https://creativecommons.org/licenses/by/4.0/" rel="license external">
            CC BY 4.0
          </a>
        </p>
      </Section>
      <Section id="check" title={t.check} rail={<p>{t.checkRail}</p>}>
        <p class="breakable checksum">{t.checksum(checksum)}</p>
      </Section>
      <Section id="api" title={t.api} rail={<p>{t.feeds}</p>}>
        <p>{t.apiText}</p>
        <p>
          <a href={v.plain('/api')}>{v.t.common.api}</a> ·{' '}
          <a href={v.plain('/registry/changes#feeds')}>{v.t.changes.feeds}</a>
        </p>
      </Section>
      <Section id="dictionary" title={t.dictionary} rail={<p>{t.dictionaryRail}</p>}>
        {kinds.map((kind) => (
          <Fields v={v} kind={kind} rows={dictionary().filter((row) => row.kind === kind)} />
        ))}
      </Section>
    </Frame>
  )
}

const Fields: FC<{ v: View; kind: Kind; rows: readonly DictionaryRow[] }> = ({ v, kind, rows }) => {
  const t = v.t.downloads
  return (
    <details class="more-rows" id={`fields-${kind}`}>
      <summary>
        {label(v.lang, 'kinds', kind)} ({t.fieldCount(rows.length)})
      </summary>
      <DataTable
        lang={v.lang}
        caption={`${t.dictionary}: ${label(v.lang, 'kinds', kind)}`}
        rows={rows}
        columns={[
          {
            key: 'field',
            head: v.t.corrections.field,
            rowHead: true,
            cell: (row) => <code>{row.field}</code>,
          },
          { key: 'type', head: t.type, cell: (row) => <span lang="en">{row.type}</span> },
          { key: 'required', head: t.required, cell: (row) => (row.required ? t.yes : t.no) },
          {
            key: 'meaning',
            head: t.meaning,
            cell: (row) => (
              <span lang="en">
                {row.meaning}
                {row.unit !== undefined && ` (${row.unit})`}
                {row.values !== undefined && <span class="note-line">{row.values.join(', ')}</span>}
              </span>
            ),
          },
        ]}
      />
    </details>
  )
}
