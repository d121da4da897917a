import type { FC } from 'hono/jsx'
import { DataTable } from '../../ui/index.ts'
import type { Difference } from '../documents/differences.ts'
import { versionWords } from '../documents/version-words.ts'
import { editorWords } from '../editor/words.ts'
import { type Asked, English } from './parts.tsx'

/** What two versions say, side by side; only where they differ. */
export const DifferencesTable: FC<{
  a: Asked
  caption: string
  differences: readonly Difference[]
  heads?: readonly [before: string, after: string]
}> = ({ a, caption, differences, heads }) => {
  const [w, t] = [editorWords(a.lang), versionWords(a.lang)]
  const word = (field: string) => w.fields[field] ?? field
  return (
    <DataTable
      lang={a.lang}
      caption={caption}
      rows={differences}
      empty={t.same}
      columns={[
        {
          key: 'field',
          head: t.field,
          rowHead: true,
          cell: ({ field, of, what }) => (
            <>
              {of === undefined ? word(field) : `${of}: ${word(field)}`}
              <span class="note-line">{t.what[what]}</span>
            </>
          ),
        },
        {
          key: 'before',
          head: heads?.[0] ?? t.before,
          cell: ({ before }) => <English a={a}>{before === '' ? '–' : before}</English>,
        },
        {
          key: 'after',
          head: heads?.[1] ?? t.after,
          cell: ({ after }) => <English a={a}>{after === '' ? '–' : after}</English>,
        },
      ]}
    />
  )
}
