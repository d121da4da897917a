import { err, ok, type Result } from '../../base/index.ts'
import { describe, type FetchError, type Outside, politeClient } from '../../net/index.ts'
import type { progressFile } from './progress-file.ts'
import type { ShapeFault } from './shape.ts'
import type { Part, Question, Source, Table } from './source.ts'

export type Stopped =
  | { readonly code: 'fetch'; readonly error: FetchError; readonly words: string; readonly parts: number }
  | { readonly code: 'shape'; readonly fault: ShapeFault; readonly parts: number }

/** Asks a source part by part; what came is kept in a file until the whole is there. */
export async function fetchSource(
  source: Source,
  table: Table,
  question: Question,
  options: {
    readonly key: string
    readonly isResumed: boolean
    readonly outside: Outside
    readonly progress: ReturnType<typeof progressFile>
    readonly tell: (words: string) => void
    /** Another address than the source's own, for tests and mirrors. */
    readonly base?: string | undefined
  },
): Promise<Result<readonly Part[], Stopped>> {
  const { tell, progress } = options
  const left = options.isResumed ? progress.read() : undefined
  if (options.isResumed)
    tell(
      left === undefined
        ? 'nothing was left unfinished; starting anew'
        : `going on after part ${left.parts.length}`,
    )
  const ask = politeClient(options.outside, options.base ?? source.base, source.perMinute, tell)
  const parts: Part[] = [...(left?.parts ?? [])]
  let cursor: string | null = left?.cursor ?? null
  for (;;) {
    const answer = await ask(table.call(question, cursor, options.key))
    if (!answer.ok)
      return err({ code: 'fetch', error: answer.error, words: describe(answer.error), parts: parts.length })
    const part = await table.read(answer.value, question, cursor)
    if (!part.ok) return err({ code: 'shape', fault: part.error, parts: parts.length })
    parts.push(part.value)
    for (const { what, why } of part.value.skipped) tell(`left out ${what}: ${why}`)
    tell(`part ${parts.length}: ${part.value.values.length} values`)
    const { next } = part.value
    if (next === null || next === cursor) return ok(parts)
    cursor = next
    progress.write(cursor, parts)
  }
}
