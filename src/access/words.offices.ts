import type { Lang } from '../ui/index.ts'

/** Public offices in which people approve, in words. */
const OFFICES: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  en: {},
  es: {
    governor: 'gobernadora o gobernador',
    comptroller: 'contraloría',
    'budget-director': 'dirección de presupuesto',
    'state-treasurer': 'tesorería estatal',
    'state-auditor': 'auditoría estatal',
    'commission-treasurer': 'tesorería de la comisión',
    'commission-chair': 'presidencia de la comisión',
  },
}

/** An office that has no words here is shown as it was given, spaced. */
export const officeText = (lang: Lang, office: string): string =>
  OFFICES[lang][office] ?? office.replaceAll('-', ' ')
