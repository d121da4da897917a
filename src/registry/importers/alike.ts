import type { Book } from '../book.ts'
import { wordsOf } from '../search-words.ts'

/** Records that a proposal may be about: the same docket number, or the same bill number in the same jurisdiction. */
export function alikeRecords(proposed: Readonly<Record<string, unknown>>, book: Book): readonly string[] {
  const places = new Set((proposed.jurisdictions as readonly string[] | undefined) ?? [])
  const dockets = docketsOf(proposed.dockets)
  const bill = billOf(proposed.citation)
  return [...book.records.values()]
    .filter((rec) => rec.id !== proposed.id && rec.kind === proposed.kind)
    .filter((rec) => {
      if (rec.kind === 'lawsuit') return docketsOf(rec.dockets).some((number) => dockets.includes(number))
      if (rec.kind !== 'measure' || bill === undefined || rec.citation === undefined) return false
      return (
        rec.jurisdictions.some((id) => places.has(id)) &&
        ` ${wordsOf(rec.citation).join(' ')} `.includes(` ${bill} `)
      )
    })
    .map(({ id }) => id)
}

const docketsOf = (dockets: unknown): readonly string[] =>
  ((dockets as readonly { readonly number?: string }[] | undefined) ?? []).flatMap(({ number }) =>
    number === undefined ? [] : [wordsOf(number).join(' ')],
  )

/** Letters and number of a bill: `hb 1312` of `HB 1312 (2025)`. */
const billOf = (citation: unknown): string | undefined =>
  typeof citation === 'string' ? /^[a-z]+ \d+/.exec(wordsOf(citation).join(' '))?.[0] : undefined
