import { z } from 'zod'
import type { Instant, IsoDate } from '../base/index.ts'
import { Kind } from './schema.ts'
import { FACET_NAMES, type Pairs, parseSearch, type SearchRequest, SORTS } from './search.ts'

/** The options that several commands share, and what reads them: the same rule as behind the pages and the API. */
export const JSON_FLAG = ['--json', 'print JSON'] as const
export const TIME_FLAGS = [
  ['--as-of <day>', 'the world of that day, YYYY-MM-DD'],
  ['--known-at <instant>', 'only what the registry knew at that instant'],
] as const
export const FILTER_FLAGS = [
  ['--kind <kinds>', `${Kind.options.join(', ')}; several are joined by commas, here and below`],
  ['--state <codes>', 'postal code, with its counties and cities; US for the nation'],
  ['--jurisdiction <ids>', 'Open Civic Data division id'],
  ['--area <area>', 'policy area'],
  ['--status <status>', 'status'],
  ['--stance <stance>', 'stance of a measure or playbook type'],
  ['--party <party>', 'D, R, mixed or unknown'],
  ['--tier <tier>', 'legal tier: settled, contested or likely-preempted'],
  ['--from <date>', 'with an event on or after; YYYY, YYYY-MM or YYYY-MM-DD'],
  ['--to <date>', 'with an event on or before'],
  ['--confidence <level>', 'high, medium or low'],
] as const
export const ORDER_FLAGS = [
  ['--sort <order>', SORTS.join(', ')],
  ['--page <n>', 'page, from 1'],
  ['--limit <n>', 'records on a page, 20 when not given'],
] as const

const AsOf = z.iso.date('wanted: a day of the calendar as YYYY-MM-DD').transform((text) => text as IsoDate)
const KnownAt = z.iso
  .datetime({ offset: true, error: 'wanted: an instant such as 2026-11-22T10:00:00Z' })
  .transform((text) => new Date(text).toISOString() as Instant)
export const times = { asOf: AsOf.optional(), knownAt: KnownAt.optional() }

const optional = z.string().optional()
const optionals = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, optional])) as Record<Name, typeof optional>)

const pairsIn = (given: Readonly<Record<string, string | undefined>>): Pairs =>
  Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))

/** @param named what the command calls a parameter, where that is another name */
function readRequest(
  pairs: Pairs,
  c: z.RefinementCtx,
  named: Readonly<Record<string, string>> = {},
): SearchRequest {
  const request = parseSearch(pairs)
  if (request.ok) return request.value
  for (const { parameter, wanted } of request.error)
    c.addIssue({ code: 'custom', path: [named[parameter] ?? parameter], message: `wanted: ${wanted}` })
  return z.NEVER
}

const FILTERS = [...FACET_NAMES, 'state', 'jurisdiction', 'from', 'to'] as const

/** What a list is narrowed to and the world that it is of. */
export const Listed = z
  .object(times)
  .and(optionals(FILTERS).transform((given, c) => readRequest(pairsIn(given), c)))

/** The same with words, an order and a page. */
export const Searched = z.object(times).and(
  optionals([...FILTERS, 'sort', 'page', 'limit'])
    .extend({ text: z.array(z.string()).default([]) })
    .transform(({ text, ...given }, c) =>
      readRequest([['q', text.join(' ')], ...pairsIn(given)], c, { q: 'text' }),
    ),
)

/** One line of words, such as a reason that stands in the history and the log. */
export const Line = z
  .string()
  .trim()
  .min(1, 'wanted: some words')
  .max(500, 'wanted: at most 500 characters')
  .refine((text) => !/\p{Cc}/u.test(text), 'wanted: one line of text')
