import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { EdtfDate } from '../../base/index.ts'
import { dollars } from '../../base/index.ts'
import {
  Doubt,
  formatDate,
  formatMoney,
  type Lang,
  StatusChip,
  type StatusSign,
  statusOf,
} from '../../ui/index.ts'
import type { Rec, RecOf } from '../schema.ts'
import { doubtsOf, vagueDate } from '../views/doubts.ts'
import { doubtName, fieldName } from '../views/labels.ts'
import { leadingMoment } from '../views/moments.ts'
import { fullPlaceName, type Place, placeOf } from '../views/places.ts'
import type { View } from './view.ts'

/** Records are in English: on a Spanish page their words say so. */
export const inEnglish = (lang: Lang): 'en' | undefined => (lang === 'en' ? undefined : 'en')

export const RecordLink: FC<{ v: View; rec: Rec; text?: string }> = ({ v, rec, text }) => (
  <a href={v.to(`/records/${rec.id}`)} lang={inEnglish(v.lang)}>
    {text ?? rec.title}
  </a>
)

/** Words of a record, or of a source, in their own language. */
export const Own: FC<PropsWithChildren<{ v: View }>> = ({ v, children }) =>
  v.lang === 'en' ? children : <span lang="en">{children}</span>

/** Children with a separator between them, empty ones left out. */
export const Joined: FC<{ items: readonly Child[]; by?: string }> = ({ items, by = ' · ' }) => (
  <>
    {items
      .filter((item) => item !== undefined && item !== null && item !== false && item !== '')
      .map((item, i) => (
        <>
          {i > 0 && by}
          {item}
        </>
      ))}
  </>
)

export const Status: FC<{ v: View; rec: Rec; asOf?: boolean }> = ({ v, rec, asOf }) => (
  <>
    <StatusChip lang={v.lang} kind={rec.kind} status={rec.status} />
    {asOf && rec.status_as_of !== undefined && v.asOf === undefined && (
      <>
        {' '}
        <span class="muted as-of-date">
          {v.t.asOf.asOf} {formatDate(rec.status_as_of, v.lang)}
        </span>
      </>
    )}
    {v.book.uncertain.has(rec.id) && (
      <>
        {' '}
        <Doubt id={`u-${rec.id}`} note={v.book.uncertain.get(rec.id)} noteLang="en">
          {v.t.asOf.uncertain}
        </Doubt>
      </>
    )}
  </>
)

export const statusWord = (rec: Rec, lang: Lang): string => statusOf(rec.kind, rec.status, lang).word
export const signOf = (rec: Rec): StatusSign => statusOf(rec.kind, rec.status, 'en').sign

/** The mark of one field in doubt. @param at where on the page, so that its id is unique */
export const DoubtOf: FC<{ v: View; rec: Rec; field: string; at?: string }> = ({
  v,
  rec,
  field,
  at = '',
}) => (
  <Doubt
    id={`d${at}-${rec.id}-${field.replace('.', '-')}`}
    note={v.t.record.doubtNote(fieldName(field, v.lang))}
  >
    {doubtName(field, v.lang)}
  </Doubt>
)

/** The one doubt that stands in a line: the worst field, else a date that is only a month or a year. */
export const WorstDoubt: FC<{ v: View; rec: Rec; at?: string }> = ({ v, rec, at = '' }) => {
  const field = doubtsOf(rec)[0]
  if (field !== undefined) return <DoubtOf v={v} rec={rec} field={field} at={at} />
  const date = leadingMoment(rec)?.date
  const vague = date === undefined ? undefined : vagueDate(date, v.lang)
  if (date === undefined || vague === undefined) return <></>
  return (
    <Doubt id={`d${at}-${rec.id}-vague`} note={v.t.record.vagueNote(formatDate(date, v.lang))}>
      {vague}
    </Doubt>
  )
}

export const hasDoubt = (rec: Rec): boolean =>
  doubtsOf(rec).length > 0 || (leadingMoment(rec)?.date.length ?? 10) < 10

/** "2 fields", opening to their names; "none" where there is no doubt. */
export const DoubtCount: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const fields = doubtsOf(rec)
  if (fields.length === 0) return <span class="muted">{v.t.list.noDoubt}</span>
  const names = fields.map((field) => fieldName(field, v.lang)).join(', ')
  return (
    <Doubt id={`c-${rec.id}`} note={v.t.record.doubtsHere(names)}>
      {v.t.list.doubtCount(fields.length)}
    </Doubt>
  )
}

export const DateText: FC<{ v: View; date: EdtfDate | undefined }> = ({ v, date }) =>
  date === undefined ? <span class="muted">{v.t.list.noDate}</span> : formatDate(date, v.lang)

/** Whole dollars of a record as people read them: `$10.6 bn`, `$7.56 bn`. */
export function amountText(amount: number, lang: Lang): string {
  const cents = dollars(BigInt(amount))
  const isRound = amount % 100_000_000 === 0
  return formatMoney(cents, lang, amount >= 1_000_000_000 && !isRound ? { digits: 2 } : {})
}

const MOST_PLACES = 3

export const placesOf = (v: View, rec: Rec): readonly Place[] =>
  rec.jurisdictions.map((id) => placeOf(v.book, id, v.lang))

/** The first few jurisdictions in words, and how many more. */
export const Where: FC<{ v: View; rec: Rec; most?: number }> = ({ v, rec, most = MOST_PLACES }) => {
  const places = placesOf(v, rec)
  const shown = places.length > most + 1 ? places.slice(0, most) : places
  const rest = places.length - shown.length
  return (
    <>
      {shown.map((place) => fullPlaceName(place, v.lang)).join('; ')}
      {rest > 0 && <span class="muted"> {v.t.common.others(rest)}</span>}
    </>
  )
}

/** Every jurisdiction, each a link. */
export const PlaceLinks: FC<{ v: View; places: readonly Place[] }> = ({ v, places }) => (
  <Joined items={places.map((place) => <a href={v.to(place.path)}>{fullPlaceName(place, v.lang)}</a>)} />
)

/** `U.S. District Court, D. Massachusetts` as `D. Massachusetts`, which is what a table has room for. */
export const shortCourt = (suit: RecOf<'lawsuit'>): string =>
  (suit.dockets[0]?.court ?? '')
    .replace(/^U\.S\. District Court,? (for the )?/, '')
    .replace(/^U\.S\. Court of Appeals, /, '')

/** Links that lead to files and other forms of what the page shows. */
export const FileLinks: FC<{ v: View; csv: string; json: string }> = ({ v, csv, json }) => (
  <>
    <a href={csv}>{v.t.common.csv}</a> · <a href={json}>{v.t.common.json}</a>
  </>
)

/** The first sentence or clause of a summary, for a row; the record has all of it. */
export function firstClause(summary: string): string {
  const cut = summary.search(/; |\. (?=[A-Z])/)
  return cut === -1 ? summary : `${summary.slice(0, cut)}.`
}
