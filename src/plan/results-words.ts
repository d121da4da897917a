import type { Lang } from '../ui/index.ts'
import { EN, type ResultsWords } from './results-words.en.ts'
import { ES } from './results-words.es.ts'

export type { ResultsWords } from './results-words.en.ts'

export const resultsWords = (lang: Lang): ResultsWords => ({ en: EN, es: ES })[lang]
