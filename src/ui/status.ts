import type { Lang } from './lang.ts'

/** The kinds of record in the registry. */
export const RECORD_KINDS = [
  'measure',
  'federal-action',
  'lawsuit',
  'alliance',
  'doctrine',
  'playbook-type',
] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/**
 * A square whose fill says how much has force now: full, diagonal half, half with a bar, bar, dashed, cross, grey.
 * `plain` is an outlined square for a status that this version has no sign for.
 */
export type StatusSign = 'full' | 'half' | 'half-bar' | 'bar' | 'dashed' | 'cross' | 'grey' | 'plain'

interface StatusRow {
  readonly sign: StatusSign
  readonly en: string
  readonly es: string
}

const row = (sign: StatusSign, en: string, es: string): StatusRow => ({ sign, en, es })

/** Every status in the registry, by kind of record: one sign, one English word, one Spanish word. */
export const STATUSES = {
  measure: {
    'in-effect': row('full', 'In effect', 'En vigor'),
    challenged: row('half', 'In effect, challenged', 'En vigor, impugnada'),
    'partly-enjoined': row('half-bar', 'Partly enjoined', 'Suspendida en parte por un tribunal'),
    enjoined: row('bar', 'Enjoined', 'Suspendida por un tribunal'),
    proposed: row('dashed', 'Proposed', 'Propuesta'),
    floated: row('dashed', 'Floated', 'Sugerida'),
    announced: row('dashed', 'Announced', 'Anunciada'),
    planned: row('dashed', 'Planned', 'Prevista'),
    enacted: row('dashed', 'Enacted, not yet in effect', 'Promulgada, aún sin vigor'),
    'passed-legislature': row('dashed', 'Passed by the legislature', 'Aprobada por la legislatura'),
    'not-in-force': row('dashed', 'Not in force', 'Sin vigor'),
    'struck-down': row('cross', 'Struck down', 'Anulada'),
    defeated: row('cross', 'Defeated', 'Rechazada'),
    vetoed: row('cross', 'Vetoed', 'Vetada'),
    superseded: row('grey', 'Superseded', 'Reemplazada'),
    repealed: row('grey', 'Repealed', 'Derogada'),
    ended: row('grey', 'Ended', 'Terminada'),
    historic: row('grey', 'Historic', 'Histórica'),
  },
  'federal-action': {
    'in-effect': row('full', 'In effect', 'En vigor'),
    sustained: row('full', 'Veto sustained', 'Veto mantenido'),
    contested: row('half', 'Contested in court', 'Impugnada ante un tribunal'),
    'partly-blocked': row('half-bar', 'Partly blocked by a court', 'Bloqueada en parte por un tribunal'),
    blocked: row('bar', 'Blocked by a court', 'Bloqueada por un tribunal'),
    announced: row('dashed', 'Announced', 'Anunciada'),
    reported: row('dashed', 'Reported', 'Según informes'),
    withdrawn: row('grey', 'Withdrawn', 'Retirada'),
    repealed: row('grey', 'Repealed', 'Derogada'),
    ended: row('grey', 'Ended', 'Terminada'),
  },
  lawsuit: {
    pending: row('dashed', 'Pending', 'Pendiente'),
    'preliminary-relief-granted': row('half', 'Preliminary relief granted', 'Medida cautelar concedida'),
    'on-appeal': row('half', 'On appeal', 'En apelación'),
    stayed: row('bar', 'Stayed', 'En suspenso'),
    'judgment-for-plaintiffs': row('full', 'Judgment for plaintiffs', 'Fallo a favor de la parte demandante'),
    'judgment-for-defendants': row('cross', 'Judgment for defendants', 'Fallo a favor de la parte demandada'),
    'preliminary-relief-denied': row('cross', 'Preliminary relief denied', 'Medida cautelar denegada'),
    dismissed: row('cross', 'Dismissed', 'Desestimada'),
    'settled-or-closed': row('grey', 'Settled or closed', 'Con acuerdo o cerrada'),
  },
  alliance: {
    active: row('full', 'Active', 'Activa'),
    'not-in-force': row('dashed', 'Not in force', 'Sin vigor'),
    historic: row('grey', 'Historic', 'Histórica'),
  },
  doctrine: {
    'good-law': row('full', 'Good law', 'Vigente'),
    contested: row('half', 'Contested', 'En disputa'),
    'on-appeal': row('half', 'On appeal', 'En apelación'),
    interim: row('half', 'Interim order', 'Orden provisional'),
    untested: row('dashed', 'Untested', 'Sin prueba en los tribunales'),
    vacated: row('cross', 'Vacated', 'Sin efecto'),
    dissent: row('grey', 'Dissent', 'Voto disidente'),
    concept: row('grey', 'Concept', 'Concepto'),
  },
  'playbook-type': {
    type: row('plain', 'Type', 'Tipo'),
  },
} as const satisfies Record<RecordKind, Record<string, StatusRow>>

/** A status as a sign and a word; one that this version does not know keeps its own word and a plain square. */
export function statusOf(kind: RecordKind, status: string, lang: Lang): { sign: StatusSign; word: string } {
  const rows: Record<string, StatusRow> = STATUSES[kind]
  const known = Object.hasOwn(rows, status) ? rows[status] : undefined
  return known
    ? { sign: known.sign, word: known[lang] }
    : { sign: 'plain', word: status === '' ? '?' : plainWord(status) }
}

/** `passed-legislature` as `Passed legislature`: the last resort for a code without a written word. */
export function plainWord(code: string): string {
  const spaced = code.replaceAll(/[-_]/g, ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
