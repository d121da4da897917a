import type { Lang } from '../../ui/index.ts'
import { EN, type ResultsWords } from './words.en.ts'
import { ES } from './words.es.ts'

export type { ResultsWords } from './words.en.ts'

export const resultsWords = (lang: Lang): ResultsWords => ({ en: EN, es: ES })[lang]
