import type { Relation } from './book.ts'
import { type Kind, RELATION_TYPES, type Rec, type RelationType } from './schema.ts'

interface RelationRule {
  /** Kinds that may stand at either end, as pairs of (kind that holds it, kind that it names). */
  readonly between: readonly (readonly [from: Kind, to: Kind])[]
  /** How it reads from the side that holds it, and from the other. */
  readonly en: { readonly from: string; readonly to: string }
  readonly es: { readonly from: string; readonly to: string }
}

/** What each type of relation joins and how it reads; `docs/methods/registry-relations.md` says why. */
export const RELATIONS: Readonly<Record<RelationType, RelationRule>> = {
  answers: {
    between: [['measure', 'federal-action']],
    en: { from: 'Answers', to: 'Answered by' },
    es: { from: 'Responde a', to: 'Recibe como respuesta' },
  },
  challenges: {
    between: [
      ['lawsuit', 'federal-action'],
      ['lawsuit', 'measure'],
    ],
    en: { from: 'Challenges', to: 'Challenged by' },
    es: { from: 'Impugna', to: 'Impugnada por' },
  },
  'relies-on': {
    between: [
      ['measure', 'doctrine'],
      ['playbook-type', 'doctrine'],
    ],
    en: { from: 'Relies on', to: 'Supports' },
    es: { from: 'Se apoya en', to: 'Sirve de apoyo a' },
  },
  'limited-by': {
    between: [
      ['measure', 'doctrine'],
      ['playbook-type', 'doctrine'],
    ],
    en: { from: 'Limited by', to: 'Limits' },
    es: { from: 'Tiene como límite', to: 'Limita' },
  },
  'is-a': {
    between: [['measure', 'playbook-type']],
    en: { from: 'Is an instance of', to: 'Precedents' },
    es: { from: 'Es un caso de', to: 'Precedentes' },
  },
  'member-of': {
    between: [['measure', 'alliance']],
    en: { from: 'Done within, to join or to leave', to: 'Measures within it' },
    es: { from: 'Adoptada en el marco de, para unirse o para salir de', to: 'Medidas en su marco' },
  },
  follows: {
    between: [
      ['lawsuit', 'measure'],
      ['lawsuit', 'lawsuit'],
      ['lawsuit', 'federal-action'],
      ['measure', 'measure'],
      ['federal-action', 'measure'],
      ['federal-action', 'lawsuit'],
      ['federal-action', 'federal-action'],
    ],
    en: { from: 'Follows from', to: 'Led to' },
    es: { from: 'Se deriva de', to: 'Dio lugar a' },
  },
}

/** The relations that a record holds, in the order of their types and of its file. */
export function relationsOf(rec: Rec): readonly Relation[] {
  const { relations } = rec
  if (relations === undefined) return []
  return RELATION_TYPES.flatMap((type) => (relations[type] ?? []).map((to) => ({ from: rec.id, type, to })))
}

export const mayRelate = (from: Kind, type: RelationType, to: Kind): boolean =>
  RELATIONS[type].between.some(([a, b]) => a === from && b === to)

/** What a record of this kind may name by this type: for the messages of the check. */
export const targetsOf = (from: Kind, type: RelationType): readonly Kind[] =>
  RELATIONS[type].between.filter(([a]) => a === from).map(([, b]) => b)
