import type { Lang } from '../../ui/index.ts'

/** The words people read for the codes of the data. One word, one meaning, the same for every party. */
type Words = Readonly<Record<Lang, string>>
type Labels = Readonly<Record<string, Words>>
const w = (en: string, es: string): Words => ({ en, es })

const KINDS: Readonly<Record<string, { readonly one: Words; readonly many: Words }>> = {
  measure: { one: w('Measure', 'Medida'), many: w('Measures', 'Medidas') },
  'federal-action': {
    one: w('Federal action', 'Acción federal'),
    many: w('Federal actions', 'Acciones federales'),
  },
  lawsuit: { one: w('Lawsuit', 'Demanda'), many: w('Lawsuits', 'Demandas') },
  alliance: { one: w('Alliance', 'Alianza'), many: w('Alliances', 'Alianzas') },
  doctrine: { one: w('Doctrine', 'Doctrina'), many: w('Doctrine', 'Doctrina') },
  'playbook-type': { one: w('Playbook type', 'Tipo del repertorio'), many: w('Playbook', 'Repertorio') },
}

const AREAS: Labels = {
  abortion: w('Abortion', 'Aborto'),
  banking: w('Banking', 'Banca'),
  cannabis: w('Cannabis', 'Cannabis'),
  'data-sharing': w('Data sharing', 'Intercambio de datos'),
  education: w('Education', 'Educación'),
  elections: w('Elections', 'Elecciones'),
  environment: w('Environment', 'Medio ambiente'),
  firearms: w('Firearms', 'Armas de fuego'),
  fiscal: w('Public money', 'Dinero público'),
  'healthcare-coverage': w('Health coverage', 'Cobertura médica'),
  'identity-documents': w('Identity documents', 'Documentos de identidad'),
  immigration: w('Immigration', 'Inmigración'),
  investment: w('Investment', 'Inversiones'),
  other: w('Other', 'Otra'),
  'policing-accountability': w('Policing and accountability', 'Policía y rendición de cuentas'),
  'vaccination-public-health': w('Vaccines and public health', 'Vacunas y salud pública'),
}

const STATUSES: Labels = {
  'in-effect': w('In effect', 'En vigor'),
  challenged: w('In effect, challenged', 'En vigor, impugnada'),
  'partly-enjoined': w('Partly enjoined', 'Suspendida en parte'),
  enjoined: w('Enjoined', 'Suspendida por un tribunal'),
  proposed: w('Proposed', 'Propuesta'),
  floated: w('Floated', 'Sugerida'),
  planned: w('Planned', 'Planeada'),
  'passed-legislature': w('Passed the legislature', 'Aprobada por el congreso estatal'),
  announced: w('Announced', 'Anunciada'),
  'struck-down': w('Struck down', 'Anulada'),
  defeated: w('Defeated', 'Rechazada'),
  superseded: w('Superseded', 'Sustituida'),
  historic: w('Historic', 'Histórica'),
  ended: w('Ended', 'Terminada'),
  'not-in-force': w('Not in force', 'No ha entrado en vigor'),
  blocked: w('Blocked by a court', 'Bloqueada por un tribunal'),
  'partly-blocked': w('Partly blocked', 'Bloqueada en parte'),
  contested: w('Contested in court', 'En disputa ante un tribunal'),
  withdrawn: w('Withdrawn', 'Retirada'),
  sustained: w('Veto sustained', 'Veto confirmado'),
  reported: w('Reported', 'Según informes'),
  repealed: w('Repealed', 'Derogada'),
  pending: w('Pending', 'Pendiente'),
  'preliminary-relief-granted': w('Preliminary relief granted', 'Medida cautelar concedida'),
  'preliminary-relief-denied': w('Preliminary relief denied', 'Medida cautelar negada'),
  'judgment-for-plaintiffs': w('Judgment for plaintiffs', 'Fallo a favor de los demandantes'),
  'judgment-for-defendants': w('Judgment for defendants', 'Fallo a favor de los demandados'),
  'settled-or-closed': w('Settled or closed', 'Acordada o cerrada'),
  dismissed: w('Dismissed', 'Desestimada'),
  'on-appeal': w('On appeal', 'En apelación'),
  stayed: w('Stayed', 'En suspenso'),
  active: w('Active', 'Activa'),
  'good-law': w('Good law', 'Vigente'),
  vacated: w('Vacated', 'Dejada sin efecto'),
  untested: w('Untested', 'Sin probar en tribunales'),
  interim: w('Interim order', 'Orden provisional'),
  dissent: w('Dissent, not law', 'Voto disidente, sin fuerza de ley'),
  concept: w('Concept', 'Concepto'),
  type: w('Type', 'Tipo'),
}

/** Words that read otherwise for one kind: a doctrine in dispute is not in one court alone. */
const STATUSES_OF_KIND: Readonly<Record<string, Labels>> = {
  doctrine: { contested: w('Contested', 'En disputa') },
  lawsuit: { contested: w('Contested', 'En disputa') },
}

const STANCES: Labels = {
  noncooperation: w('Noncooperation', 'No cooperación'),
  substitution: w('Substitution', 'Sustitución'),
  accountability: w('Accountability', 'Rendición de cuentas'),
  'fiscal-leverage': w('Fiscal leverage', 'Presión fiscal'),
  'interstate-alliance': w('Interstate alliance', 'Alianza entre estados'),
  divestment: w('Divestment', 'Desinversión'),
}

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

const ACTION_TYPES: Labels = {
  'funds-frozen': w('Funds frozen', 'Fondos congelados'),
  'grant-terminated': w('Grant terminated', 'Subvención cancelada'),
  deployment: w('Deployment', 'Despliegue'),
  preemption: w('Preemption', 'Prioridad de la ley federal'),
  'funds-denied': w('Funds denied', 'Fondos negados'),
  'data-demand': w('Data demand', 'Exigencia de datos'),
  other: w('Other', 'Otra'),
  investigation: w('Investigation', 'Investigación'),
  litigation: w('Litigation', 'Litigio'),
  'payment-stop-announced': w('Payment stop announced', 'Anuncio de alto a los pagos'),
  veto: w('Veto', 'Veto'),
  relocation: w('Relocation', 'Traslado'),
}

const PARTIES: Labels = {
  D: w('Democrats', 'Demócratas'),
  R: w('Republicans', 'Republicanos'),
  mixed: w('Mixed', 'Mixto'),
  unknown: w('Not known', 'No se sabe'),
}

const TIERS: Labels = {
  settled: w('Settled law', 'Derecho establecido'),
  contested: w('Contested law', 'Derecho en disputa'),
  'likely-preempted': w('Likely preempted', 'Probablemente sin efecto ante la ley federal'),
}

const CONFIDENCES: Labels = {
  high: w('High', 'Alta'),
  medium: w('Medium', 'Media'),
  low: w('Low', 'Baja'),
}

const DOCTRINE_KINDS: Labels = {
  case: w('Court decision', 'Fallo judicial'),
  statute: w('Statute', 'Ley'),
  constitution: w('Constitution', 'Constitución'),
  doctrine: w('Doctrine', 'Doctrina'),
  historical: w('Historical practice', 'Práctica histórica'),
  concept: w('Concept', 'Concepto'),
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

const RELATIONS: Labels = {
  answers: w('answers', 'responde a'),
  challenges: w('challenges', 'impugna'),
  'relies-on': w('relies on', 'se apoya en'),
  'limited-by': w('is limited by', 'está limitada por'),
  'is-a': w('is a', 'es del tipo'),
  'member-of': w('is a member of', 'es miembro de'),
  follows: w('follows', 'sigue a'),
}

const RELATIONS_BACK: Labels = {
  answers: w('is answered by', 'recibe la respuesta de'),
  challenges: w('is challenged by', 'es impugnada por'),
  'relies-on': w('supports', 'apoya'),
  'limited-by': w('limits', 'limita'),
  'is-a': w('has the example', 'tiene como ejemplo'),
  'member-of': w('has the member', 'tiene como miembro'),
  follows: w('is followed by', 'va seguida de'),
}

/** Field names as a reader of the page sees them; the file's own names stay in the downloads. */
const FIELDS: Labels = {
  id: w('Record id', 'Identificador'),
  title: w('Title', 'Título'),
  caption: w('Caption', 'Título del caso'),
  jurisdictions: w('Jurisdictions', 'Jurisdicciones'),
  policy_area: w('Area', 'Tema'),
  summary: w('Summary', 'Resumen'),
  holding: w('Holding', 'Lo que decidió'),
  dates: w('Dates', 'Fechas'),
  status: w('Status', 'Situación'),
  status_as_of: w('Status as of', 'Situación a fecha de'),
  tracker_status: w('Status by another tracker', 'Situación según otro rastreador'),
  outcome: w('Outcome', 'Resultado'),
  court: w('Court', 'Tribunal'),
  docket: w('Docket', 'Expediente'),
  plaintiffs: w('Plaintiffs', 'Demandantes'),
  plaintiff_note: w('Plaintiffs in words', 'Demandantes, en palabras'),
  defendants: w('Defendants', 'Demandados'),
  filed: w('Filed', 'Presentada'),
  instrument: w('Instrument', 'Instrumento'),
  citation: w('Citation', 'Cita'),
  stance: w('Stance', 'Postura'),
  adopted_by_party: w('Adopted by', 'Adoptada por'),
  playbook_types: w('Playbook type', 'Tipo del repertorio'),
  legal_basis: w('Legal basis named', 'Base legal que se nombra'),
  related_federal_actions: w('Federal actions', 'Acciones federales'),
  related_lawsuits: w('Lawsuits', 'Demandas'),
  related_measures: w('Measures', 'Medidas'),
  related_alliances: w('Alliances', 'Alianzas'),
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
  kind: w('Kind of source', 'Clase de fuente jurídica'),
  year: w('Year', 'Año'),
  supports: w('Supports', 'Apoya'),
  limits: w('Limits', 'Limita'),
  legal_tier: w('Legal tier', 'Nivel jurídico'),
  supporting_doctrine: w('Supporting doctrine', 'Doctrina a favor'),
  opposing_doctrine: w('Opposing doctrine', 'Doctrina en contra'),
  prerequisites: w('Prerequisites', 'Requisitos previos'),
  responsible_offices: w('Responsible offices', 'Oficinas responsables'),
  steps: w('Steps', 'Pasos'),
  costs_risks: w('Costs and risks', 'Costos y riesgos'),
  indicators: w('Indicators', 'Indicadores'),
  precedents: w('Precedents', 'Precedentes'),
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

const plain = (code: string) => {
  const words = code.replace(/[-_]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
/** A code that has no words yet is shown as it stands, never dropped. */
const read = (labels: Labels) => (code: string, lang: Lang) => labels[code]?.[lang] ?? plain(code)

export const kindName = (kind: string, lang: Lang) => KINDS[kind]?.one[lang] ?? plain(kind)
export const kindsName = (kind: string, lang: Lang) => KINDS[kind]?.many[lang] ?? plain(kind)
export const areaName = read(AREAS)
export const stanceName = read(STANCES)
export const instrumentName = read(INSTRUMENTS)
export const actionTypeName = read(ACTION_TYPES)
export const partyName = read(PARTIES)
export const tierName = read(TIERS)
export const confidenceName = read(CONFIDENCES)
export const doctrineKindName = read(DOCTRINE_KINDS)
export const momentName = read(MOMENTS)
export const relationName = read(RELATIONS)
export const relationBackName = read(RELATIONS_BACK)
export const statusName = (status: string, lang: Lang, kind?: string) =>
  (kind === undefined ? undefined : STATUSES_OF_KIND[kind]?.[status]?.[lang]) ?? read(STATUSES)(status, lang)

/** `dates.enacted` reads "Enacted". */
export const fieldName = (field: string, lang: Lang) =>
  field.startsWith('dates.') ? momentName(field.slice('dates.'.length), lang) : read(FIELDS)(field, lang)

export const doubtName = (field: string, lang: Lang) =>
  DOUBTS[field.startsWith('dates.') ? 'dates' : field]?.[lang] ??
  (lang === 'en'
    ? `${fieldName(field, lang).toLowerCase()} unverified`
    : `${fieldName(field, lang).toLowerCase()} sin verificar`)
