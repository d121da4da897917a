import { err, ok, type Result } from '../base/index.ts'
import { isLinked } from './evaluate.ts'
import { type LineFault, readLine } from './read-line.ts'
import type { Command } from './schema.ts'

/** Commands that are applied together, each with the number of its line, from 1. */
export interface Batch {
  readonly commands: readonly Command[]
  readonly lines: readonly number[]
}

export interface BadLine extends LineFault {
  readonly line: number
  /** The first line of the batch that it spoils. */
  readonly from: number
}

const LONGEST_LINE = 100_000

/**
 * Cuts a file of JSON Lines into batches as it arrives; empty lines are passed over. A linked chain is never cut, so a
 * batch may be longer than `size`. After a bad line nothing more comes.
 * @param most of one batch, which bounds the longest chain
 */
export async function* batchesOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
  most: number,
): AsyncGenerator<Result<Batch, BadLine>> {
  let [commands, lines]: [Command[], number[]] = [[], []]
  let number = 0
  for await (const run of runsOf(source))
    for (const text of run) {
      number += 1
      if (text === '') continue
      const read = readNext(text, lines.length, most)
      if (!read.ok) {
        yield err({ line: number, from: lines[0] ?? number, ...read.error })
        return
      }
      commands.push(read.value)
      lines.push(number)
      if (commands.length < size || isLinked(read.value)) continue
      yield ok({ commands, lines })
      ;[commands, lines] = [[], []]
    }
  if (commands.length > 0) yield ok({ commands, lines })
}

function readNext(text: string | undefined, before: number, most: number): Result<Command, LineFault> {
  if (text === undefined) return err(UNREADABLE)
  if (before === most) return err({ field: 'linked', found: 'true', wanted: `at most ${most} in a chain` })
  return readLine(text)
}

const UNREADABLE: LineFault = {
  field: '',
  found: 'bytes that are no UTF-8, or more than 100,000 characters',
  wanted: 'one JSON object',
}

/** Lines in runs, as they arrive together. Undefined stands for one that cannot be read as text. */
async function* runsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<readonly (string | undefined)[]> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const bytes of source) {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes])
    const end = all.lastIndexOf(LINE_FEED)
    if (end >= 0) yield textsOf(all.subarray(0, end))
    rest = all.subarray(end + 1)
    if (rest.length <= LONGEST_LINE) continue
    yield [undefined]
    return
  }
  yield textsOf(rest)
}

/** The lines of whole lines; where one is no text, each by itself, so that the right one is named. */
function textsOf(bytes: Uint8Array): readonly (string | undefined)[] {
  const text = decode(bytes)
  if (text !== undefined) return text.split('\n').map((line) => line.trim())
  const lines: (string | undefined)[] = []
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, from)
    const line = bytes.subarray(from, end < 0 ? bytes.length : end)
    lines.push(decode(line)?.trim())
    from += line.length + 1
  }
  return lines
}

const LINE_FEED = 10
const decoder = new TextDecoder('utf-8', { fatal: true })

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
