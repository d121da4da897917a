import type { Lang } from '../ui/index.ts'
import { EN } from './words.en.ts'
import { ES } from './words.es.ts'

type Shape<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly (infer Item)[]
      ? readonly Shape<Item>[]
      : { readonly [K in keyof T]: Shape<T[K]> }

export type RegistryWords = Shape<typeof EN>

/** The words of the registry's pages. Spanish is written for its readers; records keep their own language. */
export const WORDS: Readonly<Record<Lang, RegistryWords>> = { en: EN, es: ES }
