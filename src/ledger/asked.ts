import { z } from 'zod'
import { type Instant, IsoDate } from '../base/index.ts'
import { BookId } from './schema.ts'

/** Options that several commands take. */
export const JSON_FLAG = ['--json', 'print JSON'] as const
export const json = z.boolean().default(false)
export const BOOK_FLAG = ['--book <id>', 'the book; may be left out where there is one only'] as const
export const book = BookId.optional()

const WANTED_DAY = 'wanted: a date as YYYY-MM-DD'
export const day = z
  .string(WANTED_DAY)
  .refine((text) => IsoDate.safeParse(text).success, WANTED_DAY)
  .transform((text) => text as IsoDate)

const WANTED_INSTANT =
  'wanted: a time with its zone, such as 2026-03-01T12:00:00Z, or a date for its last moment in UTC'
/** A time of recording; a date stands for its last millisecond. */
export const instant = z.string().transform((text, context): Instant => {
  if (IsoDate.safeParse(text).success) return `${text}T23:59:59.999Z` as Instant
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return new Date(text).toISOString() as Instant
  context.addIssue({ code: 'custom', message: WANTED_INSTANT })
  return z.NEVER
})
