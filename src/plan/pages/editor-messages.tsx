import type { FC } from 'hono/jsx'
import type { Leave } from '../../access/index.ts'
import { ErrorSummary, formatDate, href, Note, Refusal } from '../../ui/index.ts'
import type { Difference } from '../documents/differences.ts'
import type { PlanDocument } from '../documents/documents.ts'
import { actorText } from '../documents/version-words.ts'
import { fieldId, type ShownFault } from '../editor/faults.ts'
import { DifferencesTable } from './differences.tsx'
import type { EditorView } from './editor-fields.tsx'
import { Link } from './parts.tsx'

/** What happened to the form on its way here. */
export interface EditorState {
  readonly mode: 'form' | 'text'
  /** The document as it was last written; in the file mode, as it was typed. */
  readonly text: string
  readonly why: string
  /** A new plan without a word: other ways to begin are offered. */
  readonly isBlank: boolean
  readonly isChecked: boolean
  readonly holds: boolean
  /** Whether a button was pressed that asks for an answer, which then takes the focus. */
  readonly isAsked: boolean
  readonly saved: PlanDocument | undefined
  readonly leave: Leave
  readonly conflict: Conflict | undefined
  readonly plans: readonly PlanDocument[]
}

export type Conflict =
  | {
      readonly code: 'saved_since'
      readonly newest: PlanDocument
      readonly differences: readonly Difference[]
    }
  | { readonly code: 'id_taken'; readonly id: string; readonly by: 'a plan' | 'a page' }
  | { readonly code: 'no_why' }

/** What came of the form, above it: saved, not yours to save, in somebody's way, or things to fix. */
export const Messages: FC<{ v: EditorView; s: EditorState }> = ({ v, s }) => {
  const { a, w, faults } = v
  return (
    <div id="editor-messages">
      {s.saved && <SavedNote v={v} saved={s.saved} />}
      {s.conflict && (
        <div role="alert" tabindex={-1} autofocus={s.isAsked}>
          <ConflictBox v={v} conflict={s.conflict} />
        </div>
      )}
      {s.leave !== 'yes' && (
        <Note title={w.leave.title}>
          <p>
            {w.leave[s.leave]}{' '}
            {s.leave === 'sign-in' && (
              <Link a={a} to="/sign-in">
                {w.leave.signIn}
              </Link>
            )}
          </p>
        </Note>
      )}
      {faults.length > 0 && (
        <ErrorSummary
          lang={a.lang}
          errors={faults.map((fault) => summaryLine(fault, s.mode, w.check.line))}
          still={!s.isAsked}
        />
      )}
      {s.isChecked && s.holds && !s.saved && !s.conflict && (
        <div class="notice holds" role="status" tabindex={-1} autofocus={s.isAsked}>
          <p>{w.check.holds}</p>
        </div>
      )}
    </div>
  )
}

const summaryLine = (
  { name, label, message, line }: ShownFault,
  mode: EditorState['mode'],
  lineText: (line: number) => string,
) =>
  mode === 'text'
    ? { field: fieldId('text'), message: `${lineText(line)}, ${label}: ${message}` }
    : { field: name === undefined ? 'editor' : fieldId(name), message: `${label}: ${message}` }

const SavedNote: FC<{ v: EditorView; saved: PlanDocument }> = ({ v: { a, w }, saved }) => (
  <div class="notice saved" role="status">
    <p>
      <b>{w.saved.title(saved.version)}</b>{' '}
      <Link a={a} to={`/plans/${saved.id}/v/${saved.version}`}>
        {w.saved.link}
      </Link>
      {' · SHA-256 '}
      <code class="hash">{saved.sha256.slice(0, 12)}</code>
    </p>
    <p>
      <a class="button" href={href(a.lang, `/plans/${saved.id}/run`)}>
        {w.acts.run}
      </a>
    </p>
  </div>
)

const ConflictBox: FC<{ v: EditorView; conflict: Conflict }> = ({ v: { a, w }, conflict }) => {
  if (conflict.code !== 'saved_since')
    return (
      <Refusal title={w.check.faults(1)}>
        <p>
          {conflict.code === 'no_why' ? (
            <a href={`#${fieldId('why')}`}>{w.conflict.noWhy}</a>
          ) : (
            <a href={`#${fieldId('id')}`}>
              {conflict.by === 'a page' ? w.conflict.page(conflict.id) : w.conflict.taken(conflict.id)}
            </a>
          )}
        </p>
      </Refusal>
    )
  const { newest, differences } = conflict
  return (
    <Refusal title={w.conflict.title(newest.version)}>
      <p>
        {w.conflict.words(
          actorText(newest.saved?.by ?? '', a.lang),
          formatDate((newest.saved?.at ?? '').slice(0, 10), a.lang),
          newest.saved?.why ?? '',
        )}{' '}
        <Link a={a} to={`/plans/${newest.id}/v/${newest.version}`}>
          {w.conflict.open}
        </Link>
      </p>
      <DifferencesTable
        a={a}
        caption={w.conflict.differences}
        differences={differences}
        heads={[w.conflict.theirs, w.conflict.mine]}
      />
    </Refusal>
  )
}
