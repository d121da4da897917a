import { PARAMETER_NAMES } from '../../scenario/index.ts'
import { streamText } from '../editor/values.ts'
import type { EditorWords } from '../editor/words.ts'
import type { Plan } from '../schema.ts'
import { shapeText } from '../shape-text.ts'

/** One thing that is not the same in two versions of a plan. */
export interface Difference {
  readonly what: 'changed' | 'added' | 'removed'
  /** Key of the field's words, such as `measure.share`. */
  readonly field: string
  /** The measure, member or assumption that it belongs to. */
  readonly of: string | undefined
  readonly before: string
  readonly after: string
}

/** One value of a plan in words, under a key that is the same in every version. */
interface Said {
  readonly key: string
  readonly field: string
  readonly of: string | undefined
  readonly text: string
}

/** What changed from one version to another, field by field, in the order of the document. */
export function differencesOf(before: Plan, after: Plan, w: EditorWords): readonly Difference[] {
  const [old, now] = [saidBy(before, w), saidBy(after, w)]
  const oldByKey = new Map(old.map((said) => [said.key, said]))
  const nowByKey = new Map(now.map((said) => [said.key, said]))
  const later = now.flatMap((said): readonly Difference[] => {
    const known = oldByKey.get(said.key)
    if (known?.text === said.text) return []
    const { field, of } = said
    return [
      known
        ? { what: 'changed', field, of, before: known.text, after: said.text }
        : { what: 'added', field, of, before: '', after: said.text },
    ]
  })
  const gone = old.flatMap(({ key, field, of, text }): readonly Difference[] =>
    nowByKey.has(key) ? [] : [{ what: 'removed', field, of, before: text, after: '' }],
  )
  return [...later, ...gone]
}

function saidBy(plan: Plan, w: EditorWords): readonly Said[] {
  const said = (field: string, text: string, of?: string): Said => ({
    key: `${field} ${of ?? ''}`,
    ...{ field, of, text },
  })
  // A line is its own key: it is there or it is not.
  const lines = (field: 'harm' | 'would_change' | 'not_known') =>
    plan[field].map((text) => ({ key: `${field} ${text}`, field, of: undefined, text }))
  return [
    said('title', plan.title),
    said('question', plan.question),
    said('summary', plan.summary),
    said('members', plan.members.join(', ')),
    said('firstMonth', plan.firstMonth),
    said('months', String(plan.months)),
    said('measures', plan.measures.map(({ id }) => id).join(', ')),
    ...plan.measures.flatMap((measure) =>
      measureFields(measure, w).map(([field, text]) => said(`measure.${field}`, text, measure.id)),
    ),
    ...PARAMETER_NAMES.flatMap((name) => {
      const own = plan.assumptions[name]
      if (own === undefined) return []
      return [
        said('distribution.kind', shapeText(own.distribution, w), w.assumption[name]),
        said('assumption.source', own.source, w.assumption[name]),
      ]
    }),
    ...Object.entries(plan.reserves).flatMap(([usps, own]) => [
      said('reserve.amount', `$${streamText(own.amount)}`, usps),
      said('reserve.source', own.source, usps),
    ]),
    ...Object.entries(plan.staff).map(([office, works]) => said('staff.works', String(works), office)),
    said('case_for', plan.case_for),
    said('case_against', plan.case_against),
    ...lines('harm'),
    ...lines('would_change'),
    ...lines('not_known'),
    ...plan.sources.map(({ title, publisher, url, record, date }) => {
      const text = [title, publisher, record ?? url, date].filter((part) => part !== undefined).join(', ')
      return { key: `source ${text}`, field: 'sources', of: undefined, text }
    }),
  ]
}

function measureFields(
  measure: Plan['measures'][number],
  w: EditorWords,
): readonly (readonly [field: string, text: string])[] {
  return Object.entries(measure).flatMap(([field, value]) => {
    const text = valueText(field, value, w)
    return field === 'id' || text === '' ? [] : [[field, text] as const]
  })
}

/** What stands in a field in words; nothing where it holds what is taken where nothing stands. */
function valueText(field: string, value: unknown, w: EditorWords): string {
  if (field === 'kind' || field === 'holdWhen' || field === 'trigger') {
    const words = { kind: w.kinds, holdWhen: w.holdWhen, trigger: w.trigger }[field]
    return (words as Readonly<Record<string, string>>)[String(value)] ?? String(value)
  }
  if (MONEY.has(field)) return moneyText(value)
  if (Array.isArray(value)) return value.map((one) => w.channels[String(one)] ?? String(one)).join(', ')
  if (value === undefined || value === false || (field === 'mutualAid' && value === 0)) return ''
  return value === true ? '✓' : String(value)
}

const MONEY = new Set(['cost', 'income', 'spending', 'saving'])

function moneyText(value: unknown): string {
  if (value === 0 || value === undefined) return ''
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return `$${streamText(value)}`
  return Object.entries(value)
    .map(([usps, stream]) => `${usps} $${streamText(stream)}`)
    .join('; ')
}
