import { type Lang, plainWord } from '../../ui/index.ts'

/** Words for the codes that only the registry has; kinds, areas, statuses and tiers are the ui's words. */
type Words = Readonly<Record<Lang, string>>
type Labels = Readonly<Record<string, Words>>
const w = (en: string, es: string): Words => ({ en, es })

const INSTRUMENTS: Labels = {
  statute: w('Statute', 'Ley'),
  'agency-policy': w('Agency policy', 'Norma de una agencia'),
  'executive-order': w('Executive order', 'Orden ejecutiva'),
  'ballot-measure': w('Ballot measure', 'Consulta popular'),
  resolution: w('Resolution', 'Resolución'),
  ordinance: w('Ordinance', 'Ordenanza'),
  'court-order': w('Court order or rule', 'Orden o regla judicial'),
  budget: w('Budget', 'Presupuesto'),
  compact: w('Compact', 'Convenio'),
}

/** Moments of a record's life, as `dates` names them. */
const MOMENTS: Labels = {
  proposed: w('Proposed', 'Propuesta'),
  announced: w('Announced', 'Anunciada'),
  enacted: w('Enacted', 'Promulgada'),
  effective: w('Took effect', 'Entró en vigor'),
  started: w('Started', 'Comenzó'),
  ended: w('Ended', 'Terminó'),
  filed: w('Filed', 'Presentada'),
  founded: w('Founded', 'Fundada'),
  decided: w('Decided', 'Decidida'),
}

/** Field names as a reader of the page sees them; the file's own names stay in the downloads. */
const FIELDS: Labels = {
  id: w('Record id', 'Identificador'),
  title: w('Title', 'Título'),
  jurisdictions: w('Jurisdictions', 'Jurisdicciones'),
  policy_area: w('Area', 'Tema'),
  summary: w('Summary', 'Resumen'),
  dates: w('Dates', 'Fechas'),
  status: w('Status', 'Situación'),
  status_as_of: w('Status as of', 'Situación a fecha de'),
  tracker_status: w('Status by another tracker', 'Situación según otro rastreador'),
  outcome: w('Outcome', 'Resultado'),
  plaintiffs: w('Plaintiffs', 'Demandantes'),
  plaintiff_note: w('Plaintiffs in words', 'Demandantes, en palabras'),
  defendants: w('Defendants', 'Demandados'),
  filed: w('Filed', 'Presentada'),
  instrument: w('Instrument', 'Instrumento'),
  citation: w('Citation', 'Cita'),
  stance: w('Stance', 'Postura'),
  adopted_by_party: w('Adopted by', 'Adoptada por'),
  agency: w('Agency', 'Agencia'),
  action_type: w('Type of action', 'Tipo de acción'),
  amount_usd: w('Amount', 'Monto'),
  targets: w('Targets as described', 'Destinatarios, según la fuente'),
  founded: w('Founded', 'Fundada'),
  members: w('Members', 'Miembros'),
  former_members: w('Former members', 'Exmiembros'),
  membership_note: w('Note on members', 'Nota sobre los miembros'),
  purpose: w('Purpose', 'Propósito'),
  functions: w('Functions', 'Funciones'),
  governance: w('Governance', 'Gobierno interno'),
  kind: w('Kind', 'Clase'),
  doctrine_kind: w('Kind of authority', 'Clase de autoridad'),
  dockets: w('Docket', 'Expediente'),
  note: w('Note', 'Nota'),
  history: w('Earlier statuses', 'Situaciones anteriores'),
  legal_tier: w('Legal tier', 'Nivel jurídico'),
  prerequisites: w('Prerequisites', 'Requisitos previos'),
  responsible_offices: w('Responsible offices', 'Oficinas responsables'),
  steps: w('Steps', 'Pasos'),
  costs_risks: w('Costs and risks', 'Costos y riesgos'),
  indicators: w('Indicators', 'Indicadores'),
  confidence: w('Confidence', 'Confianza'),
  unverified_fields: w('Doubts', 'Dudas'),
  sources: w('Sources', 'Fuentes'),
}

/** What a doubt is about, in one or two words, as it stands after the question mark. */
const DOUBTS: Labels = {
  amount_usd: w('amount unverified', 'monto sin verificar'),
  action_type: w('type unverified', 'tipo sin verificar'),
  agency: w('agency unverified', 'agencia sin verificar'),
  citation: w('citation unverified', 'cita sin verificar'),
  founded: w('date unverified', 'fecha sin verificar'),
  former_members: w('former members unverified', 'exmiembros sin verificar'),
  governance: w('governance unverified', 'gobierno sin verificar'),
  holding: w('holding unverified', 'fallo sin verificar'),
  instrument: w('instrument unverified', 'instrumento sin verificar'),
  jurisdictions: w('jurisdictions unverified', 'jurisdicciones sin verificar'),
  members: w('members unverified', 'miembros sin verificar'),
  outcome: w('outcome unverified', 'resultado sin verificar'),
  plaintiff_note: w('plaintiffs unverified', 'demandantes sin verificar'),
  plaintiffs: w('plaintiffs unverified', 'demandantes sin verificar'),
  sources: w('sources indirect', 'fuentes indirectas'),
  status: w('status unverified', 'situación sin verificar'),
  status_as_of: w('status date unverified', 'fecha de situación sin verificar'),
  summary: w('summary unverified', 'resumen sin verificar'),
  year: w('year unverified', 'año sin verificar'),
  dates: w('date unverified', 'fecha sin verificar'),
}

/** A code that has no words yet is shown as it stands, never dropped. */
const read = (labels: Labels) => (code: string, lang: Lang) => labels[code]?.[lang] ?? plainWord(code)

export const instrumentName = read(INSTRUMENTS)
export const momentName = read(MOMENTS)

/** `dates.enacted` reads "Enacted". */
export const fieldName = (field: string, lang: Lang) =>
  field.startsWith('dates.') ? momentName(field.slice('dates.'.length), lang) : read(FIELDS)(field, lang)

export const doubtName = (field: string, lang: Lang) =>
  DOUBTS[field.startsWith('dates.') ? 'dates' : field]?.[lang] ??
  `${fieldName(field, lang).toLowerCase()} ${lang === 'en' ? 'unverified' : 'sin verificar'}`
