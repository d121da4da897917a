import type { FC } from 'hono/jsx'
import { DataTable, formatDate, Note, Section } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { doubtsOf } from '../views/doubts.ts'
import { fieldName } from '../views/labels.ts'
import { inEnglish } from './parts.tsx'
import type { View } from './view.ts'

export const Sources: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const t = v.t.record
  const linked = [
    ...v.book.relationsFrom(rec.id).map(({ to }) => to),
    ...v.book.relationsTo(rec.id).map(({ from }) => from),
  ]
  const doubted = new Set(linked.filter((id) => (v.book.records.get(id)?.unverified_fields?.length ?? 0) > 0))
    .size
  const fields = doubtsOf(rec).map((field) => fieldName(field, v.lang).toLowerCase())
  return (
    <Section id="sources" title={t.know} rail={<p>{t.knowRail}</p>}>
      <DataTable
        lang={v.lang}
        caption={t.know}
        rows={rec.sources}
        columns={[
          {
            key: 'source',
            head: t.source,
            rowHead: true,
            cell: (source) => (
              <>
                <a href={source.url} rel="external" lang={inEnglish(v.lang)}>
                  {source.publisher}
                </a>
                <span class="note-line host">{hostOf(source.url)}</span>
              </>
            ),
          },
          {
            key: 'published',
            head: t.published,
            nowrap: true,
            cell: (source) =>
              source.date === undefined ? (
                <span class="muted">{t.undated}</span>
              ) : (
                formatDate(source.date, v.lang)
              ),
          },
        ]}
      />
      <Note title={t.doubts}>
        {fields.length === 0 ? t.noDoubts : t.doubtsHere(fields.join(', '))}{' '}
        {doubted > 0 && t.doubtsLinked(doubted)} <a href={v.plain('/corrections#how')}>{t.addSource}</a>
      </Note>
    </Section>
  )
}

/** The name of the site, as people know it. */
const hostOf = (url: string): string =>
  URL.parse?.(url)?.hostname.replace(/^www\./, '') ?? new URL(url).hostname.replace(/^www\./, '')
