import type { Lang } from '../ui/index.ts'
import { type EditorWords, EN } from './editor-words.en.ts'
import { ES } from './editor-words.es.ts'

export type { EditorWords }
export const editorWords = (lang: Lang): EditorWords => ({ en: EN, es: ES })[lang]
