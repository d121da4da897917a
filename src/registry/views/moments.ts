import { type EdtfDate, type IsoDate, spanOf } from '../../base/index.ts'
import type { Book } from '../book.ts'
import { type Moment, mainMoment } from '../filter.ts'
import type { Rec } from '../schema.ts'

const datesOf = (rec: Rec): Readonly<Record<string, EdtfDate | undefined>> =>
  rec.kind === 'playbook-type' ? {} : (rec.dates ?? {})

/** The record's dated events, earliest first. */
export const momentsOf = (rec: Rec): readonly Moment[] =>
  Object.entries(datesOf(rec))
    .flatMap(([name, date]) => (date === undefined ? [] : [{ name, date }]))
    .sort((a, b) => compareDates(a.date, b.date))

/** The date a list shows and sorts by: the one that search sorts by too. */
export const leadingMoment = mainMoment

/** Orders by first day, the more precise later; a rule of order only, not of truth. */
export const compareDates = (a: EdtfDate, b: EdtfDate): number => {
  const [x, y] = [spanOf(a).first, spanOf(b).first]
  return x < y ? -1 : x > y ? 1 : a.length - b.length
}

/** Newest first; what has no date comes last; then by id, so that the order is one. */
export const newestFirst = (a: Rec, b: Rec): number => {
  const [x, y] = [leadingMoment(a), leadingMoment(b)]
  if (x === undefined || y === undefined)
    return Number(x === undefined) - Number(y === undefined) || idOrder(a, b)
  return compareDates(y.date, x.date) || idOrder(a, b)
}
const idOrder = (a: Rec, b: Rec): number => (a.id < b.id ? -1 : 1)

/** The newest day on which any source of the book spoke: what is drawn as lasting is drawn to here, not to today. */
export function lastKnownDay(book: Book): IsoDate {
  let last = '1787-09-17' as IsoDate
  const see = (date: EdtfDate | undefined) => {
    if (date === undefined) return
    const day = spanOf(date).first
    if (day > last && (book.asOf === undefined || day <= book.asOf)) last = day
  }
  for (const rec of book.records.values()) {
    see(rec.status_as_of)
    for (const source of rec.sources) see(source.date)
    if (rec.kind === 'lawsuit') see(rec.tracker_status?.as_of)
  }
  return book.asOf !== undefined && book.asOf < last ? book.asOf : last
}
