import type { Lang } from '../../ui/index.ts'
import { type EditorWords, EN } from './words.en.ts'
import { ES } from './words.es.ts'

export type { EditorWords }
export const editorWords = (lang: Lang): EditorWords => ({ en: EN, es: ES })[lang]
