import type { Lang } from '../ui/index.ts'
import { EN, type TrustWords } from './words.en.ts'
import { ES } from './words.es.ts'

export type { TrustWords }

/** The words of the trust pages. Agreements and records bring their own. */
export const trustWords = (lang: Lang): TrustWords => (lang === 'en' ? EN : ES)
