import { err, type Instant, type IsoDate, ok, type Result } from '../../base/index.ts'
import type { Db } from '../../db/index.ts'
import { describe, type FetchError, type Outside, politeClient } from '../../net/index.ts'
import { loadBook } from '../store.ts'
import { cursorFile } from './cursor-file.ts'
import { propose } from './proposal-store.ts'
import type { Question, Service, ShapeFault } from './service.ts'

export interface Fetched {
  readonly pages: number
  readonly seen: number
  readonly proposed: number
}
export type Stopped =
  | { readonly code: 'fetch'; readonly error: FetchError; readonly words: string; readonly done: Fetched }
  | { readonly code: 'shape'; readonly fault: ShapeFault; readonly words: string; readonly done: Fetched }

/** Asks a service page by page; each page's proposals are saved before the next is asked for. */
export async function fetchService(
  service: Service,
  question: Question,
  options: {
    readonly db: Db
    readonly dataFolder: string
    readonly now: () => Instant
    readonly key: string
    readonly isResumed: boolean
    readonly outside: Outside
    readonly tell: (words: string) => void
    /** Another address than the service's own, for tests and mirrors. */
    readonly base?: string
  },
): Promise<Result<Fetched, Stopped>> {
  const { db, tell, now } = options
  const file = cursorFile(options.dataFolder, service.name, question)
  const left = options.isResumed ? file.read() : undefined
  if (options.isResumed)
    tell(
      left === undefined ? 'nothing was left unfinished; starting anew' : `going on after page ${left.pages}`,
    )
  const ask = politeClient(options.outside, options.base ?? service.base, service.perMinute, tell)
  let cursor: string | null = left?.cursor ?? null
  let done: Fetched = { pages: left?.pages ?? 0, seen: left?.seen ?? 0, proposed: left?.proposed ?? 0 }
  for (;;) {
    const today = now().slice(0, 10) as IsoDate
    const answer = await ask(service.call(question, cursor, options.key, today))
    if (!answer.ok) return err({ code: 'fetch', error: answer.error, words: describe(answer.error), done })
    const page = service.read(answer.value, question, cursor)
    if (!page.ok) {
      const words = `an answer of another shape: ${page.error.path}: wanted ${page.error.wanted}`
      return err({ code: 'shape', fault: page.error, words, done })
    }
    const { drafts, skipped, next, total } = page.value
    const book = await loadBook(db)
    const proposed = await db
      .transaction()
      .execute((tx) => propose(tx, drafts, book, { at: now(), service: service.name }))
    done = {
      pages: done.pages + 1,
      seen: done.seen + drafts.length + skipped.length,
      proposed: done.proposed + proposed,
    }
    for (const { what, why } of skipped) tell(`left out ${what}: ${why}`)
    tell(
      `page ${done.pages}: ${done.seen}${total === undefined ? '' : ` of ${total}`} seen, ${done.proposed} proposed`,
    )
    if (next === null || next === cursor) break
    cursor = next
    file.write({ cursor, ...done })
  }
  file.remove()
  return ok(done)
}
