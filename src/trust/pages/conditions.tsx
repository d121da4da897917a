import type { FC } from 'hono/jsx'
import { ConditionChip, DataTable, formatDate, href, Refusal } from '../../ui/index.ts'
import type { Judged, JudgedCondition } from '../book-view.ts'
import { factText } from './facts.ts'
import { type Asked, English, inLang, money, officeName } from './parts.tsx'

/** The house's own citation says that a rule is everyone's; it is told in one line when all such rules are met. */
const isHouse = ({ citation }: JudgedCondition): boolean => /^Rule of every agreement/.test(citation)

/** A condition with the law's own words, or what it means in ours. */
export const LawWords: FC<{
  a: Asked
  of: Pick<JudgedCondition, 'quote' | 'paraphrase' | 'citation' | 'source'>
}> = ({ a, of: { quote, paraphrase, citation, source } }) => {
  const ours = a.t.agreement.citations[citation]
  return (
    <>
      <English a={a}>{quote !== undefined ? <q>{quote}</q> : paraphrase}</English>
      <span class="note-line">
        {ours ?? <English a={a}>{source === undefined ? citation : <a href={source}>{citation}</a>}</English>}
      </span>
    </>
  )
}

/** Every condition of an act: whether it stands, the fact that it was judged on, and the rule's own words. */
export const ConditionsTable: FC<{ a: Asked; caption: string; rows: readonly JudgedCondition[] }> = ({
  a,
  caption,
  rows,
}) => (
  <DataTable
    lang={a.lang}
    caption={caption}
    rows={rows}
    columns={[
      { key: 'condition', head: a.t.book.condition, rowHead: true, cell: (row) => inLang(a, row, 'says') },
      {
        key: 'stands',
        head: a.t.book.stands,
        nowrap: true,
        cell: (row) => <ConditionChip lang={a.lang} condition={standing(row)} />,
      },
      { key: 'fact', head: a.t.book.fact, cell: (row) => <FactCell a={a} row={row} /> },
      { key: 'source', head: a.t.book.source, cell: (row) => <LawWords a={a} of={row} /> },
    ]}
  />
)

/** The fact in words, with its day and its document, or the registry's record of it. */
const FactCell: FC<{ a: Asked; row: JudgedCondition }> = ({ a, row: { fact, value, evidence } }) => {
  const title = evidence?.record === undefined ? undefined : a.records?.get(evidence.record)
  return (
    <>
      {factText(a, fact, value)}
      {evidence && (
        <span class="note-line">
          {formatDate(evidence.on, a.lang)}:{' '}
          <English a={a}>
            {title === undefined ? (
              evidence.source
            ) : (
              <a href={href(a.lang, `/records/${evidence.record}`)}>{title}</a>
            )}
          </English>
        </span>
      )}
    </>
  )
}

const standing = ({ isMet, have, want }: JudgedCondition) => {
  if (isMet) return { stands: 'met' } as const
  return have !== undefined && want !== undefined && have > 0
    ? ({ stands: 'part', have, want } as const)
    : ({ stands: 'missing' } as const)
}

/** The conditions that a reader must see, and the rest in one line that opens. */
export const Conditions: FC<{ a: Asked; judged: Judged; caption: string }> = ({ a, judged, caption }) => {
  const folded = judged.conditions.filter((row) => row.isMet && isHouse(row))
  const shown = judged.conditions.filter((row) => !folded.includes(row))
  return (
    <>
      {shown.length > 0 && <ConditionsTable a={a} caption={caption} rows={shown} />}
      {folded.length > 0 && (
        <details class="as-table">
          <summary>
            <span>{a.t.book.houseMet(folded.length)}</span>
          </summary>
          <ConditionsTable a={a} caption={a.t.book.houseMet(folded.length)} rows={folded} />
        </details>
      )}
    </>
  )
}

/** Who can bring what is missing, in the order of the conditions. */
export const NextWords: FC<{ a: Asked; judged: Judged }> = ({ a, judged }) => {
  const offices = [...new Set(judged.conditions.filter(({ isMet }) => !isMet).map(({ next }) => next))]
  if (offices.length === 0) return null
  return <p>{a.t.book.next(offices.map((office) => officeName(a, office)).join(', '))}</p>
}

/** What was asked, that nothing moved, every condition with its fact, and who acts next. Stands before everything. */
export const RefusedAct: FC<{ a: Asked; judged: Judged }> = ({ a, judged }) => {
  const { t } = a
  const { action, amount_cents } = judged.decision
  const missing = judged.conditions.filter(({ isMet }) => !isMet).length
  const title = t.book.refused(t.nouns[action], missing, judged.conditions.length)
  const amount = action === 'hold' || action === 'wind-up' ? '' : t.book.forAmount(money(a, amount_cents))
  return (
    <Refusal title={title}>
      <p>{t.book.askedFor(t.asked[action], amount)}</p>
      <Conditions a={a} judged={judged} caption={title} />
      <NextWords a={a} judged={judged} />
    </Refusal>
  )
}
