import type { Lang } from '../ui/index.ts'
import { EN } from './words.en.ts'
import { ES } from './words.es.ts'

export type AccessWords = typeof EN
const WORDS: Readonly<Record<Lang, AccessWords>> = { en: EN, es: ES }
export const accessWords = (lang: Lang): AccessWords => WORDS[lang]
