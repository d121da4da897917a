/**
 * How long each kind of work takes, in whole months. Every length is an assumption of the project, to be replaced by
 * an office's own; `session` means that it must fall inside of a regular session of the legislature.
 */
export const WORKS = {
  draft: { months: 1, session: false, en: 'Draft', es: 'Redacción' },
  opinion: { months: 2, session: false, en: 'Legal opinion', es: 'Dictamen jurídico' },
  study: { months: 3, session: false, en: 'Study', es: 'Estudio' },
  policy: { months: 2, session: false, en: 'Rules and training', es: 'Normas y formación' },
  agreement: { months: 4, session: false, en: 'Agreement with others', es: 'Acuerdo con otros' },
  notice: { months: 2, session: false, en: 'Notice and exit', es: 'Aviso y salida' },
  system: { months: 6, session: false, en: 'System or service built', es: 'Sistema o servicio montado' },
  statute: { months: 3, session: true, en: 'Passage of a law', es: 'Aprobación de una ley' },
  order: { months: 1, session: false, en: 'Order or rule', es: 'Orden o norma' },
  board: { months: 2, session: false, en: 'Vote of a board', es: 'Voto de un consejo' },
  suit: { months: 1, session: false, en: 'Complaint filed', es: 'Demanda presentada' },
  charge: { months: 1, session: false, en: 'Decision on charges', es: 'Decisión sobre cargos' },
  ruling: { months: 12, session: false, en: 'Court ruling', es: 'Fallo de un tribunal' },
  waiver: { months: 12, session: false, en: 'Federal waiver', es: 'Exención federal' },
  ballot: { months: 12, session: false, en: 'Vote of the people', es: 'Voto popular' },
  charter: { months: 18, session: false, en: 'Charter and capital', es: 'Licencia y capital' },
} as const
export type Work = keyof typeof WORKS
export const WORK_KINDS = Object.keys(WORKS) as [Work, ...Work[]]
