import type { Principal } from '../base/index.ts'

/** The languages of the interface. Records stay in their own language and say so. */
export const LANGS = ['en', 'es'] as const
export type Lang = (typeof LANGS)[number]

/** Adds the language's prefix: English pages stand at `/states/co`, Spanish ones at `/es/states/co`. */
export const href = (lang: Lang, path: string): string =>
  lang === 'en' ? path : `/es${path.replace(/^\/(?=$|[?#])/, '')}`

/** What the server sets for every page. */
export interface PageEnv {
  Variables: {
    lang: Lang
    /** Who asks; nobody known where it is not set. */
    principal?: Principal
  }
}
