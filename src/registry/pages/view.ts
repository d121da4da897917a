import type { IsoDate } from '../../base/index.ts'
import { href, type Lang } from '../../ui/index.ts'
import type { Book } from '../book.ts'
import { type RegistryWords, WORDS } from '../words.ts'

/** What every page is drawn from: the book, the language, the day it stands on, and how it links. */
export interface View {
  readonly lang: Lang
  readonly t: RegistryWords
  readonly book: Book
  readonly today: IsoDate
  readonly asOf: IsoDate | undefined
  /** English path of this page with its query, as the reader asked for it. */
  readonly path: string
  readonly query: URLSearchParams
  /** A link in the page's language that keeps the day. */
  readonly to: (path: string, params?: Params) => string
  /** A link in the page's language and nothing else: feeds, files, pages without a day. */
  readonly plain: (path: string) => string
  /** This page with parameters changed; `undefined` takes one away. */
  readonly here: (params: Params) => string
}

export type Params = Readonly<Record<string, string | readonly string[] | undefined>>

export function viewOf(asked: {
  readonly lang: Lang
  readonly book: Book
  readonly today: IsoDate
  readonly asOf: IsoDate | undefined
  readonly pathname: string
  readonly query: URLSearchParams
}): View {
  const { lang, asOf, pathname, query } = asked
  const day: Params = asOf === undefined ? {} : { 'as-of': asOf }
  return {
    lang,
    asOf,
    query,
    t: WORDS[lang],
    book: asked.book,
    today: asked.today,
    path: withQuery(pathname, query),
    to: (path, params = {}) => href(lang, withParams(path, { ...params, ...day })),
    plain: (path) => href(lang, path),
    here: (params) => {
      const next = new URLSearchParams(query)
      for (const [name, value] of Object.entries(params)) {
        next.delete(name)
        for (const one of listOf(value)) next.append(name, one)
      }
      return href(lang, withQuery(pathname, next))
    },
  }
}

const listOf = (value: Params[string]): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** `/a?b=c#d` with parameters added before the fragment. */
export function withParams(path: string, params: Params): string {
  const [before = '', fragment] = path.split('#')
  const [pathname = '', own = ''] = before.split('?')
  const query = new URLSearchParams(own)
  for (const [name, value] of Object.entries(params)) for (const one of listOf(value)) query.append(name, one)
  return withQuery(pathname, query) + (fragment === undefined ? '' : `#${fragment}`)
}

const withQuery = (pathname: string, query: URLSearchParams): string => {
  // Colons and slashes of division ids may stand in a query as they are (RFC 3986, section 3.4).
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',')
  return text === '' ? pathname : `${pathname}?${text}`
}
