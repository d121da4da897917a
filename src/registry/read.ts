import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
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
const MAX_LINES = 30_000
const MAX_DEPTH = 12
/** Entries of one list, or fields of one map; so that no rule that compares them with each other takes long. */
const MAX_ENTRIES = 5_000
/** After so many faults nobody reads on. */
export const MAX_FAULTS = 500

/** The first faults, and one that says so where there are more. */
export function firstFaults(faults: readonly Fault[]): readonly Fault[] {
  const last = faults[MAX_FAULTS]
  if (last === undefined) return faults
  const found = `${faults.length - MAX_FAULTS} more faults`
  return [...faults.slice(0, MAX_FAULTS), { ...last, field: 'file', found, wanted: 'these mended first' }]
}

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
  const allLines = text.value.split('\n')
  if (allLines.length > MAX_LINES)
    return err([fault(1, 'file', `${allLines.length} lines`, `at most ${MAX_LINES}: split the file`)])
  const commas = text.value.split(',').length - 1
  if (commas > MAX_LINES)
    return err([
      fault(1, 'file', `${commas} commas`, 'lists with one entry to a line, in files that are split'),
    ])
  const deep = depthFault(allLines)
  if (deep !== undefined)
    return err([fault(deep, 'file', `nesting deeper than ${MAX_DEPTH}`, 'a list of records')])
  const tabs = allLines.flatMap((line, i) => (/^ *\t/.test(line) ? [{ line, number: i + 1 }] : []))
  if (tabs.length > 0) {
    const each = tabs.map((tab) => fault(tab.number, keyIn(tab.line), 'a tab', 'spaces for indentation'))
    return err(firstFaults(each))
  }
  const lines = new LineCounter()
  // The library compares every key with every other, which a map of many keys makes slow; `refused` looks for twins.
  const doc = parseDocument(text.value, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const broken = doc.errors.map((error) => {
    const { found, wanted } = syntaxWords(error.code, error.message)
    return fault(lineAt(error.pos[0]), keyAt(text.value, error.pos[0]), found, wanted)
  })
  const unwanted = refused(doc).map(({ offset, field, found, wanted }) =>
    fault(lineAt(offset), field, found, wanted),
  )
  const wrong = [...broken, ...unwanted]
  if (wrong.length > 0) return err(firstFaults(wrong))
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
function depthFault(lines: readonly string[]): number | undefined {
  const at = lines.findIndex(
    (line) =>
      (line.match(/[[{]/g) ?? []).length > 40 * MAX_DEPTH ||
      /^\s*([-?:]\s+){12}/.test(line) ||
      /^ {60}/.test(line),
  )
  if (at >= 0) return at + 1
  const opened = lines.filter((line) => /^\s*[[{]/.test(line)).length
  return opened > 100 ? 1 : undefined
}

const SYNTAX: Readonly<Record<string, readonly [found: string, wanted: string]>> = {
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

interface Refused {
  readonly offset: number
  readonly field: string
  readonly found: string
  readonly wanted: string
}

/** What YAML allows and a file of records does not: references, tags, fields twice, lists without end. */
function refused(doc: Document): readonly Refused[] {
  const all: Refused[] = []
  const add = (node: unknown, found: string, wanted: string, field = 'file') =>
    all.push({ offset: (isNode(node) ? node.range?.[0] : undefined) ?? 0, field, found, wanted })
  const plain = 'plain YAML without it'
  visit(doc, {
    Node: (_, node) => {
      if (isAlias(node)) add(node, 'an alias (*)', plain)
      if ('anchor' in node && node.anchor !== undefined) add(node, 'an anchor (&)', plain)
      if ('tag' in node && typeof node.tag === 'string') add(node, `a tag (${node.tag})`, plain)
      if (isCollection(node) && node.items.length > MAX_ENTRIES) {
        add(node, `${node.items.length} entries`, `at most ${MAX_ENTRIES} in one list`)
        return visit.SKIP
      }
      if (isMap(node))
        for (const { key, name } of twinsOf(node)) add(key, 'the field twice', 'each field once', name)
      return undefined
    },
  })
  return all
}

function twinsOf(map: YAMLMap): readonly { readonly key: unknown; readonly name: string }[] {
  const seen = new Set<unknown>()
  return map.items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    const isTwin = seen.has(key.value)
    seen.add(key.value)
    return isTwin ? [{ key, name: String(key.value) }] : []
  })
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
