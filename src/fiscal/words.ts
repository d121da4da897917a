import type { Lang } from '../ui/index.ts'
import { EN } from './words.en.ts'
import { ES } from './words.es.ts'

/** Every sentence of the room. Titles of records and series stay in English, marked as such. */
export type FiscalWords = typeof EN
const WORDS: Readonly<Record<Lang, FiscalWords>> = { en: EN, es: ES }
export const fiscalWords = (lang: Lang): FiscalWords => WORDS[lang]
