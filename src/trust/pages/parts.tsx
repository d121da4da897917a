import type { FC, PropsWithChildren } from 'hono/jsx'
import {
  formatDate,
  formatMoney,
  href,
  type Lang,
  Page,
  type PageProps,
  Square,
  unitFor,
} from '../../ui/index.ts'
import type { BookView } from '../book-view.ts'
import type { AgreementState, Authority, BookKind } from '../schema.ts'
import { type TrustWords, trustWords } from '../words.ts'

export interface Asked {
  readonly lang: Lang
  readonly t: TrustWords
  /** Titles of the registry's records that facts name, by id; others are not linked. */
  readonly records?: ReadonlyMap<string, string>
  /** Names of persons by id, for who may know them. */
  readonly people?: ReadonlyMap<string, string>
}
export const askedIn = (lang: Lang): Asked => ({ lang, t: trustWords(lang) })

type Props = {
  readonly a: Asked
  /** The book whose money is on the page; without one, nothing on it is real. */
  readonly book?: { readonly kind: BookKind; readonly authority: Authority }
} & Omit<PageProps, 'lang' | 'current' | 'simulation' | 'operating'>

/** A page of the room: the simulation bar, or the bar of an operating book with its citation. Never both. */
export const TrustPage: FC<PropsWithChildren<Props>> = ({ a, book, children, ...props }) => {
  const { lang, t } = a
  if (book?.kind === 'operating' && book.authority.kind === 'enacted') {
    const { citation, effective } = book.authority
    return (
      <Page
        lang={lang}
        current="trust"
        operating={t.operating(citation, formatDate(effective, lang))}
        {...props}
      >
        {children}
      </Page>
    )
  }
  return (
    <Page lang={lang} current="trust" simulation {...props}>
      {children}
    </Page>
  )
}

export const Link: FC<PropsWithChildren<{ a: Asked; to: string }>> = ({ a, to, children }) => (
  <a href={href(a.lang, to)}>{children}</a>
)

/** Words of a law, a bill or a document, which stay in English. */
export const English: FC<PropsWithChildren<{ a: Asked }>> = ({ a, children }) => (
  <span lang={a.lang === 'en' ? undefined : 'en'}>{children}</span>
)

/** An agreement's own words in the page's language. */
export const inLang = <K extends string>(
  { lang }: Asked,
  from: { readonly [key in K | `${K}_es`]: string },
  key: K,
): string => (lang === 'es' ? from[`${key}_es`] : from[key])

/** An office in words; one that this version does not know is shown as it stands, spaced. */
export const officeName = ({ t }: Asked, office: string): string =>
  t.offices[office] ?? office.replaceAll('-', ' ')

/** A class of depositors as the agreement says who they are. */
export function className(a: Asked, { agreement }: Pick<BookView, 'agreement'>, id: string): string {
  const found = agreement.document.depositor_classes.find((one) => one.id === id)
  return found === undefined ? id : inLang(a, found, 'what')
}

/** Money as the pages write it: `$1.6 bn`, `$164 m`, `$3.8 m`, `$16,000`. */
export function money({ lang }: Asked, amount: bigint): string {
  const unit = unitFor(amount)
  return formatMoney(amount, lang, {
    unit,
    digits: unit === 'bn' || (unit === 'm' && amount < HUNDRED_MILLION) ? 1 : 0,
  })
}
const HUNDRED_MILLION = 10_000_000_000n

/** Money to the cent, for tables that are checked. */
export const exactly = ({ lang }: Asked, amount: bigint): string =>
  formatMoney(amount, lang, { unit: 'exact', digits: 2 })

const SIGNS = {
  'in-force': 'full',
  suspended: 'bar',
  'winding-up': 'half-bar',
  closed: 'grey',
} as const

export const StateChip: FC<{ a: Asked; state: AgreementState }> = ({ a, state }) => (
  <span class="chip">
    <Square sign={SIGNS[state]} />
    {a.t.states[state]}
  </span>
)

/** Leads to the sign-in page and back. */
export const SignInLink: FC<PropsWithChildren<{ a: Asked; next: string }>> = ({ a, next, children }) => (
  <a href={`${href(a.lang, '/sign-in')}?next=${encodeURIComponent(href(a.lang, next))}`}>{children}</a>
)
