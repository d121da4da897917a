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
  for await (const { number, text } of linesOf(source)) {
    if (text === '') continue
    const from = lines[0] ?? number
    if (lines.length === most) {
      yield err({ line: number, from, field: 'linked', found: 'true', wanted: `at most ${most} in a chain` })
      return
    }
    const read = text === undefined ? err(UNREADABLE) : readLine(text)
    if (!read.ok) {
      yield err({ line: number, from, ...read.error })
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

const UNREADABLE: LineFault = {
  field: '',
  found: 'bytes that are no UTF-8, or more than 100,000 characters',
  wanted: 'one JSON object',
}

interface Line {
  readonly number: number
  /** Undefined when it cannot be read as text. */
  readonly text: string | undefined
}

async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decode = decoderOf()
  let rest = ''
  let number = 0
  for await (const bytes of source) {
    const text = decode(bytes)
    if (text === undefined || rest.length > LONGEST_LINE) {
      yield { number: number + 1, text: undefined }
      return
    }
    const pieces = (rest + text).split('\n')
    rest = pieces.pop() ?? ''
    for (const piece of pieces) yield { number: ++number, text: piece.trim() }
  }
  const end = decode()
  yield { number: number + 1, text: end === undefined ? undefined : (rest + end).trim() }
}

/** Bytes that are no UTF-8 give undefined; without bytes, what is left at the end. */
function decoderOf(): (bytes?: Uint8Array) => string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (bytes) => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      return undefined
    }
  }
}
