import type { FC, PropsWithChildren } from 'hono/jsx'
import { type DivisionId, NATION, stateOfDivision, type Usps } from '../../base/index.ts'
import {
  Doubt,
  formatMoney,
  formatPercent,
  href,
  type Lang,
  type MoneyUnit,
  Page,
  type PageProps,
  stateName,
  unitFor,
} from '../../ui/index.ts'
import type { Figures } from '../figures.ts'
import type { Estimate } from '../rivals.ts'
import type { Figure, YearKind } from '../schema.ts'
import type { View, Viewed } from '../view.ts'
import { type FiscalWords, fiscalWords } from '../words.ts'

/** What every page of the room is made from: the figures at one moment, and in which words. */
export interface Asked {
  readonly lang: Lang
  readonly t: FiscalWords
  readonly figures: Figures
  /** Year of today, by which an input is old. */
  readonly thisYear: number
}

export const asked = (lang: Lang, figures: Figures, today: string): Asked => ({
  lang,
  t: fiscalWords(lang),
  figures,
  thisYear: Number(today.slice(0, 4)),
})

/** `FFY 2022`, `SFY 2019`, `2018`; in Spanish in full. */
export const yearText = (t: FiscalWords, kind: YearKind, year: number): string =>
  kind === 'federal-fiscal-sum' ? t.yearSpan : `${t.yearWords[kind]} ${year}`.trim()

export const figureYear = (a: Asked, { year, year_kind }: Figure): string => yearText(a.t, year_kind, year)

/** Where a published figure stands for ever. */
export const figurePath = (figure: Pick<Figure, 'series' | 'category' | 'jurisdiction' | 'year'>): string =>
  `/position/figures/${figure.series}.${encodeURIComponent(figure.category)}.${codeOf(figure.jurisdiction)}.${figure.year}`
export const derivedPath = (what: string, usps: Usps): string =>
  `/position/figures/${what}.${usps.toLowerCase()}`

export const codeOf = (place: DivisionId): string => stateOfDivision(place)?.usps.toLowerCase() ?? 'us'
export const nameOfPlace = (place: DivisionId, lang: Lang): string => {
  const state = place === NATION ? undefined : stateOfDivision(place)
  return state ? stateName(state.usps, lang) : lang === 'en' ? 'United States' : 'Estados Unidos'
}
export const pathOf = (usps: Usps, rest = ''): string => `/position/${usps.toLowerCase()}${rest}`

export const methodName = (a: Asked, estimate: Pick<Estimate, 'id' | 'name'>): string =>
  a.t.methodNames[estimate.id] ?? estimate.name

/** A balance or amount in a view, or the reason why there is none. */
export function viewedText(a: Asked, viewed: Viewed, view: View, unit?: MoneyUnit): string {
  if (!viewed.ok) return `${a.t.leftOut}: ${a.t.missing[viewed.missing]}`
  if (viewed.unit === 'ten-thousandths') return formatPercent(Number(viewed.value) / 10_000, 2)
  return view === 'per-resident'
    ? formatMoney(viewed.value, a.lang, { unit: 'exact' })
    : formatMoney(viewed.value, a.lang, unit ? { unit } : {})
}

/** One unit for a whole chart: billions where its largest amount is one or more, so that rows compare at a glance. */
export const chartUnit = (amounts: readonly bigint[]): MoneyUnit | undefined =>
  amounts.some((amount) => unitFor(amount) === 'bn') ? 'bn' : undefined

/** A value of a chart's axis, in the unit that the view is drawn in. */
export const axisNumber = (value: bigint, view: View): number =>
  view === 'gdp-share'
    ? Number(value) / 100
    : view === 'per-resident'
      ? Number(value) / 100
      : Number(value) / 1e11

export function axisText(a: Asked, value: number, view: View): string {
  if (view === 'gdp-share') return formatPercent(value / 100, Number.isInteger(value) ? 0 : 1)
  if (view === 'per-resident') return formatMoney(BigInt(Math.round(value * 100)), a.lang, { unit: 'exact' })
  return value === 0
    ? '0'
    : formatMoney(BigInt(Math.round(value * 1e11)), a.lang, {
        unit: 'bn',
        digits: Number.isInteger(value) ? 0 : 1,
      })
}

/** Three to five round ticks from the lowest to the highest value, zero among them. */
export function ticksOf(values: readonly number[]): readonly number[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const span = high - low || 1
  const step =
    [1, 2, 2.5, 5, 10, 20, 25, 50]
      .map((n) => n * 10 ** Math.floor(Math.log10(span / 5)))
      .find((n) => span / n <= 4) ?? span
  const first = Math.floor(low / step)
  const last = Math.ceil(high / step)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** "? 7 years old", where a figure is older than four years. */
export const Age: FC<{ a: Asked; year: number }> = ({ a, year }) =>
  a.thisYear - year > 4 ? <Doubt id={`age-${year}`}>{a.t.yearsOld(a.thisYear - year)}</Doubt> : <></>

/** The page around a room's page: header, crumbs, language links. */
export const FiscalPage: FC<PropsWithChildren<Omit<PageProps, 'lang' | 'current'> & { a: Asked }>> = ({
  a,
  children,
  crumbs,
  ...props
}) => (
  <Page
    {...props}
    lang={a.lang}
    current="position"
    crumbs={[{ label: a.t.position, ...(crumbs && { path: '/position' }) }, ...(crumbs ?? [])]}
  >
    {children}
  </Page>
)

export const Link: FC<PropsWithChildren<{ a: Asked; to: string; lang?: Lang }>> = ({
  a,
  to,
  lang,
  children,
}) => (
  <a href={href(a.lang, to)} lang={lang}>
    {children}
  </a>
)

/** Text of a record or series, which stays in English. */
export const English: FC<PropsWithChildren<{ a: Asked }>> = ({ a, children }) =>
  a.lang === 'en' ? children : <span lang="en">{children}</span>

/** An amount in running text, kept on one line: a browser may break after a minus sign. */
const AMOUNT = /(−\$[\d,.]*\d(?:\u00a0\p{L}+)?)/u
export const Prose: FC<{ text: string }> = ({ text }) => (
  <>{text.split(AMOUNT).map((part, i) => (i % 2 === 1 ? <span class="nowrap">{part}</span> : part))}</>
)

/** CSV, JSON and, for a long table, Parquet, with the dictionary. */
export const Downloads: FC<{ a: Asked; path: string; query?: string; parquet?: boolean }> = ({
  a,
  path,
  query,
  parquet,
}) => {
  const of = (type: string) => `/api/v1${path}.${type}${query ? `?${query}` : ''}`
  return (
    <p class="under">
      {a.t.download}: <a href={of('csv')}>CSV</a> · <a href={of('json')}>JSON</a>
      {parquet && (
        <>
          {' '}
          · <a href={of('parquet')}>Parquet</a>
        </>
      )}{' '}
      · <a href={of('dictionary.csv')}>{a.t.dictionary}</a>
    </p>
  )
}
