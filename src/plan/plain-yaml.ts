import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { err, ok, type Result } from '../base/index.ts'

export const MOST_CHARACTERS = 400_000

/** A text that is YAML without references and tags, with the way back from a value to its line. */
export interface PlainYaml {
  readonly doc: Document.Parsed
  readonly value: unknown
  readonly lineOf: (at: readonly (string | number)[]) => number
}

export interface YamlFault {
  readonly line: number
  /** The field that stands there twice; nothing where the whole document is meant. */
  readonly field?: string
  readonly found: string
  readonly wanted: string
}

/**
 * Reads YAML as plans are written in it: no anchors, aliases or tags, so that a short text stays short in memory, and
 * each field once. The library itself refuses nesting without end.
 */
export function readPlainYaml(text: string): Result<PlainYaml, readonly YamlFault[]> {
  if (text.length > MOST_CHARACTERS)
    return err([{ line: 1, found: `${text.length} characters`, wanted: `at most ${MOST_CHARACTERS}` }])
  if (/\p{Cs}/u.test(text) || text.includes('\u0000'))
    return err([{ line: 1, found: 'a NUL or half a character', wanted: 'text in UTF-8' }])
  const lines = new LineCounter()
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  // The library compares each key with each other, which takes long for a map of many; `unwanted` looks for twins.
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const broken = doc.errors.map((error) => ({
    line: lineAt(error.pos[0]),
    found: error.message.split('\n')[0] ?? error.code,
    wanted: 'YAML',
  }))
  if (broken.length > 0) return err(broken)
  const found = unwanted(doc).map(({ offset, ...fault }) => ({ line: lineAt(offset), ...fault }))
  if (found.length > 0) return err(found)
  const value: unknown = doc.toJS({ maxAliasCount: 0 })
  return ok({ doc, value, lineOf: (at) => lineAt(offsetOf(doc, at)) })
}

type Unwanted = Omit<YamlFault, 'line'> & { readonly offset: number }

function unwanted(doc: Document.Parsed): readonly Unwanted[] {
  const found: Unwanted[] = []
  const add = (node: unknown, what: string) =>
    found.push({
      offset: (isNode(node) ? node.range?.[0] : undefined) ?? 0,
      found: what,
      wanted: 'plain YAML without it',
    })
  visit(doc, {
    Node: (_, node) => {
      if (isAlias(node)) add(node, 'an alias (*)')
      if ('anchor' in node && node.anchor !== undefined) add(node, 'an anchor (&)')
      if ('tag' in node && typeof node.tag === 'string') add(node, `a tag (${node.tag})`)
      if (!isMap(node)) return
      const seen = new Set<unknown>()
      for (const { key } of node.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value))
          found.push({
            offset: key.range?.[0] ?? 0,
            field: String(key.value),
            found: 'the field twice',
            wanted: 'each field once',
          })
        seen.add(key.value)
      }
    },
  })
  return found
}

/** The nearest place that stands in the text: a field that is missing is at the line of what should hold it. */
function offsetOf(doc: Document.Parsed, at: readonly (string | number)[]): number {
  for (let length = at.length; length > 0; length--) {
    const node: unknown = doc.getIn(at.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
