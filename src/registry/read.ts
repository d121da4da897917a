import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import { err, ok, type Result } from '../base/index.ts'

/** A file as it came from the disk. */
export interface TextFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** One thing wrong with a file: where, in which field, what was found and what is wanted. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly field: string
  readonly found: string
  readonly wanted: string
}

export const faultText = (fault: Fault): string =>
  `${fault.file}:${fault.line}: ${fault.field}: found ${fault.found}; wanted ${fault.wanted}`

export type Path = readonly (string | number)[]

/** A list of records as read, with the line of every field. */
export interface ReadList {
  readonly path: string
  readonly items: readonly unknown[]
  /** @param path from the item, such as [3, 'sources', 0, 'url']; a missing field is at the line of its parent */
  readonly lineOf: (path: Path) => number
}

const MAX_BYTES = 1_048_576
const MAX_DEPTH = 12

/** Reads a YAML file that holds a list. No anchors, aliases or tags: a short file stays short in memory. */
export function readList({ path, bytes }: TextFile): Result<ReadList, readonly Fault[]> {
  const fault = (line: number, field: string, found: string, wanted: string) => ({
    file: path,
    line,
    field,
    found,
    wanted,
  })
  if (bytes.length > MAX_BYTES)
    return err([fault(1, 'file', `${bytes.length} bytes`, `at most ${MAX_BYTES}: split the file`)])
  const text = decode(bytes)
  if (!text.ok) return err([fault(text.error, 'file', 'bytes that are not UTF-8', 'UTF-8 text')])
  const deep = depthFault(text.value)
  if (deep !== undefined)
    return err([fault(deep, 'file', `nesting deeper than ${MAX_DEPTH}`, 'a list of records')])
  const tabs = text.value
    .split('\n')
    .flatMap((line, i) => (/^ *\t/.test(line) ? [{ line, number: i + 1 }] : []))
  if (tabs.length > 0)
    return err(tabs.map((tab) => fault(tab.number, keyIn(tab.line), 'a tab', 'spaces for indentation')))
  const lines = new LineCounter()
  const doc = parseDocument(text.value, { lineCounter: lines, prettyErrors: false })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const wrong = doc.errors.map((error) => {
    const { found, wanted } = syntaxWords(error.code, error.message)
    return fault(lineAt(error.pos[0]), keyAt(text.value, error.pos[0]), found, wanted)
  })
  wrong.push(
    ...forbidden(doc).map(({ offset, what }) => fault(lineAt(offset), 'file', what, 'plain YAML without it')),
  )
  if (wrong.length > 0) return err(wrong)
  if (!isSeq(doc.contents))
    return err([fault(1, 'file', 'no list', 'a list of records, each begun with "- id:"')])
  return ok({
    path,
    items: doc.toJS({ maxAliasCount: 0 }) as unknown[],
    lineOf: (at) => lineAt(offsetOf(doc, at)),
  })
}

/** @returns on failure, the line of the first byte that is not UTF-8 */
function decode(bytes: Uint8Array): Result<string, number> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    const loose = new TextDecoder('utf-8').decode(bytes)
    return err(loose.slice(0, Math.max(0, loose.indexOf('\uFFFD'))).split('\n').length)
  }
}

/** A cheap look before the parser, which calls itself once per level: flow brackets and block indicators. */
function depthFault(text: string): number | undefined {
  const lines = text.split('\n')
  const at = lines.findIndex(
    (line) =>
      (line.match(/[[{]/g) ?? []).length > 40 * MAX_DEPTH ||
      /^\s*([-?:]\s+){12}/.test(line) ||
      /^ {60}/.test(line),
  )
  if (at >= 0) return at + 1
  const opened = (text.match(/^\s*[[{]/gm) ?? []).length
  return opened > 1000 ? 1 : undefined
}

const SYNTAX: Readonly<Record<string, readonly [found: string, wanted: string]>> = {
  DUPLICATE_KEY: ['the field twice', 'each field once'],
  MULTIPLE_DOCS: ['a second document', 'one document in a file'],
  BAD_INDENT: ['wrong indentation', 'the fields of a record in one column'],
  MISSING_CHAR: ['an unfinished value', 'every quote and bracket closed'],
}

function syntaxWords(code: string, message: string): { found: string; wanted: string } {
  const words = SYNTAX[code]
  if (words !== undefined) return { found: words[0], wanted: words[1] }
  return { found: `invalid YAML (${message.split('\n')[0]})`, wanted: 'valid YAML' }
}

/** The key of the line in which the parser stumbled: the closest that a broken text has to a field. */
function keyAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1
  const line = text.slice(start, text.indexOf('\n', start) < 0 ? undefined : text.indexOf('\n', start))
  return keyIn(line)
}

const keyIn = (line: string): string => /^[\s-]*([a-z][\w-]*)\s*:/.exec(line)?.[1] ?? 'file'

function forbidden(doc: Document): readonly { offset: number; what: string }[] {
  const found: { offset: number; what: string }[] = []
  const add = (node: { range?: readonly number[] | null | undefined }, what: string) =>
    found.push({ offset: node.range?.[0] ?? 0, what })
  visit(doc, {
    Alias: (_, node) => void add(node, 'an alias (*)'),
    Node: (_, node) => {
      if ('anchor' in node && node.anchor !== undefined) add(node, 'an anchor (&)')
      if ('tag' in node && typeof node.tag === 'string') add(node, `a tag (${node.tag})`)
    },
  })
  return found
}

function offsetOf(doc: Document, path: Path): number {
  let node: unknown = doc.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const step of path) {
    const next = isSeq(node)
      ? node.items[step as number]
      : isMap(node)
        ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === step)
        : undefined
    if (next === undefined) return offset
    const place = isPair(next) ? next.key : next
    if (isNode(place)) offset = place.range?.[0] ?? offset
    node = isPair(next) ? next.value : next
  }
  return offset
}
