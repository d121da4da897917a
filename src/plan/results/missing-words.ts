import type { Lang } from '../../ui/index.ts'

/** What no table loaded says, by the symbol of the model. */
const EN: Readonly<Record<string, string>> = {
  W: 'state and local employees and their pay',
  X: 'federal tax collections',
  'G.medicaid': 'Medicaid grants',
  'G.formula-grants': 'grants shared out by formula',
  'G.project-grants': 'grants awarded by project',
  'G.procurement': 'federal contracts',
  'G.wages': 'pay of federal staff',
  'G.direct-payments': 'federal benefits',
  Y: 'gross domestic product',
  R0: 'a reserve, and tax collections to assume one from',
  tax: 'its own revenue and output of one year',
  jobsPerGdp: 'jobs, and output to set them against',
}

const ES: Readonly<Record<string, string>> = {
  W: 'empleados estatales y locales y sus sueldos',
  X: 'impuestos federales recaudados',
  'G.medicaid': 'subvenciones de Medicaid',
  'G.formula-grants': 'subvenciones por fórmula',
  'G.project-grants': 'subvenciones por proyecto',
  'G.procurement': 'contratos federales',
  'G.wages': 'sueldos del personal federal',
  'G.direct-payments': 'prestaciones federales',
  Y: 'producto interno bruto',
  R0: 'una reserva, e impuestos de los que suponerla',
  tax: 'ingresos propios y producción de un mismo año',
  jobsPerGdp: 'empleos, y la producción con que compararlos',
}

const SENTENCE = {
  en: {
    some: (what: string) => `no figures on ${what} in the tables loaded`,
    all: 'none of its figures is loaded',
  },
  es: {
    some: (what: string) => `sin datos de ${what} en las tablas cargadas`,
    all: 'ninguna de sus cifras está cargada',
  },
} as const

/**
 * Why a place is left out, for people: `G.procurement: no figure of …` is a line for those who load the tables.
 * @param missing lines of `PlaceInputs.missing`
 */
export function missingText(missing: readonly string[], lang: Lang): string {
  const words = lang === 'en' ? EN : ES
  const named = missing.flatMap((line) => words[line.split(':')[0] ?? ''] ?? [])
  return named.length < missing.length ? SENTENCE[lang].all : SENTENCE[lang].some(named.join('; '))
}
