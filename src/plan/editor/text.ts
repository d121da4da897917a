import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  Document as YamlDocument,
} from 'yaml'
import { canonicalJson, type Json } from '../../base/index.ts'
import { readPlainYaml } from '../plain-yaml.ts'

const STYLE = { lineWidth: 120, flowCollectionPadding: true } as const

/**
 * Writes a document as YAML. What has not changed since `before` keeps its bytes, and what has changed keeps its
 * comments, so that two versions differ only where somebody changed them.
 */
export function writtenPlan(value: Readonly<Record<string, unknown>>, before: string): string {
  const changed = rewritten(value, before)
  if (changed !== undefined && saysTheSame(changed, value)) return changed
  return textOf(new YamlDocument(value))
}

const saysTheSame = (text: string, value: unknown): boolean => {
  const read = readPlainYaml(text)
  return read.ok && isSame(read.value.value, value)
}

/** One field of the whole document: its text with the comments up to the next one. */
interface Part {
  readonly name: string
  readonly pair: Pair
  readonly text: string
  /** Comments and empty lines after its value. */
  readonly tail: string
}

function rewritten(value: Readonly<Record<string, unknown>>, before: string): string | undefined {
  const read = readPlainYaml(before)
  if (!read.ok || !isMap(read.value.doc.contents) || read.value.doc.contents.flow) return undefined
  const { doc } = read.value
  if (isSame(read.value.value, value)) return before
  const { head, parts } = partsOf(doc, before)
  const names = Object.keys(value)
  const written = new Map<string, string>()
  for (const part of parts) {
    if (!names.includes(part.name)) continue
    const old = part.pair.value as Node | null
    const now = value[part.name]
    written.set(
      part.name,
      isSame(old === null ? null : old.toJS(doc), now)
        ? part.text
        : `${textOf(alone(doc, part.name, merged(doc, old, now)))}${part.tail}`,
    )
  }
  const order = parts.map(({ name }) => name).filter((name) => written.has(name))
  for (const [i, name] of names.entries()) {
    if (written.has(name)) continue
    // A new field stands after the one that comes before it in a plan.
    const before = names.slice(0, i).findLast((one) => order.includes(one))
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, name)
    written.set(name, textOf(alone(doc, name, doc.createNode(value[name]))))
  }
  return head + order.map((name) => ended(written.get(name) ?? '')).join('')
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

function partsOf(
  doc: Document.Parsed,
  text: string,
): { readonly head: string; readonly parts: readonly Part[] } {
  const items = isMap(doc.contents) ? (doc.contents.items as unknown as readonly Pair[]) : []
  const startOf = (pair: Pair | undefined) => (isScalar(pair?.key) ? pair.key.range?.[0] : undefined)
  const parts = items.map((pair, i) => {
    const start = startOf(pair) ?? 0
    const end = startOf(items[i + 1]) ?? text.length
    const valueEnd = Math.min(end, (pair.value as Node | null)?.range?.[2] ?? end)
    return {
      name: isScalar(pair.key) ? String(pair.key.value) : '',
      pair,
      text: text.slice(start, end),
      tail: text.slice(valueEnd, end),
    }
  })
  return { head: text.slice(0, startOf(items[0]) ?? 0), parts }
}

function alone(doc: Document, name: string, node: unknown): Document {
  const own = new YamlDocument({})
  const map = own.createNode({}) as YAMLMap
  const pair = doc.createPair(name, null)
  pair.value = node as never
  map.items.push(pair as never)
  own.contents = map as never
  return own
}

/** The old node with the new value, its comments kept wherever a part of it goes on. */
function merged(doc: Document, old: unknown, value: unknown): unknown {
  if (isMap(old) && isRecord(value)) return mergedMap(doc, old, value)
  if (isSeq(old) && Array.isArray(value)) return mergedList(doc, old, value)
  const made = doc.createNode(value)
  if (isScalar(old) && isScalar(made)) {
    made.comment = old.comment ?? null
    made.commentBefore = old.commentBefore ?? null
    if (typeof old.value === 'string' && typeof value === 'string' && old.type) made.type = old.type
  }
  return made
}

function mergedMap(doc: Document, old: unknown, value: Readonly<Record<string, unknown>>): unknown {
  if (!isMap(old)) return doc.createNode(value)
  const names = Object.keys(value)
  const nameOf = (pair: Pair) => (isScalar(pair.key) ? String(pair.key.value) : '')
  // Another kind has other fields: what it does not say is not kept with it.
  const isKind = names.includes('kind') && isSame(old.get('kind'), value.kind)
  const kept = (old.items as unknown as Pair[]).filter(
    (pair) =>
      names.includes(nameOf(pair)) ||
      ((isKind || !names.includes('kind')) &&
        isUnsaid(nameOf(pair), (pair.value as Node | null)?.toJS(doc as never))),
  )
  for (const pair of kept)
    if (names.includes(nameOf(pair))) pair.value = merged(doc, pair.value, value[nameOf(pair)]) as never
  for (const [i, name] of names.entries()) {
    if (kept.some((pair) => nameOf(pair) === name)) continue
    const before = names.slice(0, i).findLast((one) => kept.some((pair) => nameOf(pair) === one))
    const at = before === undefined ? 0 : kept.findIndex((pair) => nameOf(pair) === before) + 1
    kept.splice(at, 0, doc.createPair(name, value[name]))
  }
  old.items = kept as never
  return old
}

/** Rows go on by their ids, lines by their words. */
function mergedList(doc: Document, old: unknown, value: readonly unknown[]): unknown {
  if (!isSeq(old)) return doc.createNode(value)
  const left = [...old.items]
  const take = (isIt: (node: unknown, i: number) => boolean) => {
    const at = left.findIndex((node, i) => node !== undefined && isIt(node, i))
    const node = left[at]
    if (at >= 0) left[at] = undefined
    return node
  }
  const plain = (node: unknown): unknown => (node as Node).toJS(doc as never)
  // First those that are the same, so that none of them is taken for a changed one.
  const same = value.map((one) => take((node) => isSame(plain(node), one)))
  old.items = value.map((one, i) => {
    if (same[i] !== undefined) return same[i]
    const id = isRecord(one) ? one.id : undefined
    const node =
      id === undefined
        ? undefined
        : take((other) => isMap(other) && (plain(other) as { readonly id?: unknown }).id === id)
    return node === undefined ? doc.createNode(one) : merged(doc, node, one)
  })
  return old
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What the schema takes where nothing stands: a document may say it or leave it. */
function isUnsaid(name: string, value: unknown): boolean {
  if (name === 'trigger') return value === 'own'
  if (name === 'mutualAid') return value === 0
  if (value === false) return true
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0
}

const isSame = (a: unknown, b: unknown): boolean => saidBy(a) === saidBy(b)
const saidBy = (value: unknown): string => canonicalJson(withoutUnsaid(value) as Json)

function withoutUnsaid(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnsaid)
  if (!isRecord(value)) return value === undefined ? null : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, own]) =>
      own === undefined || isUnsaid(name, own) ? [] : [[name, withoutUnsaid(own)]],
    ),
  )
}

/** Short lists on one line, long texts folded, as the plans of the project are written. */
function textOf(doc: Document): string {
  flowShortLists(doc.contents)
  return doc.toString(STYLE).replace(/^(\s*(?:- )?[\w-]+: )\[ ([\w, .-]+) \]$/gm, '$1[$2]')
}

const SHORT = ['members', 'channels', 'atRisk', 'after']

function flowShortLists(node: unknown): void {
  if (isSeq(node)) for (const item of node.items) flowShortLists(item)
  if (!isMap(node)) return
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (
      isSeq(value) &&
      (SHORT.includes(name) || value.items.every((item) => isScalar(item) && typeof item.value === 'number'))
    )
      value.flow = true
    else flowShortLists(value)
  }
}
