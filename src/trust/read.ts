import { isNode, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { err, type Result } from '../base/index.ts'
import { type Agreement, compileAgreement } from './agreement.ts'
import type { ConditionFault } from './conditions.ts'
import { AgreementDocument } from './schema.ts'

/** One reason why a document is not taken: its place, what stands there, and what is wanted. */
export interface AgreementFault {
  readonly file: string
  readonly line: number
  /** Place in the document, such as `conditions[3]`. */
  readonly path: string
  readonly found: string
  readonly wanted: string
}

export const faultText = ({ file, line, path, found, wanted }: AgreementFault): string =>
  `${file}:${line}: ${path}: found ${found}; wanted: ${wanted}`

type Path = readonly (string | number)[]
const MOST_CHARACTERS = 200_000

/** Reads an agreement, or says at every place why it is none. Nothing of a document with a fault is used. */
export function readAgreement(file: string, text: string): Result<Agreement, readonly AgreementFault[]> {
  const whole = (line: number, found: string, wanted: string) =>
    err([{ file, line, path: '(document)', found, wanted }])
  if (text.length > MOST_CHARACTERS)
    return whole(1, `${text.length} characters`, `at most ${MOST_CHARACTERS}`)
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const [broken] = doc.errors
  if (broken) return whole(lineAt(broken.pos[0]), broken.message, 'YAML')
  let references = 0
  visit(doc, {
    Alias: () => void references++,
    Node: (_, node) => void ('anchor' in node && node.anchor !== undefined && references++),
  })
  if (references > 0) return whole(1, 'an anchor or an alias', 'plain YAML without them')
  const value: unknown = doc.toJS({ maxAliasCount: 0 })
  const lineOf = (at: Path): number => {
    for (let length = at.length; length > 0; length--) {
      const node: unknown = doc.getIn(at.slice(0, length), true)
      if (isNode(node) && node.range) return lineAt(node.range[0])
    }
    return 1
  }
  const fault = (at: Path, wanted: string, found = shown(valueAt(value, at)), below = 0) => ({
    file,
    line: lineOf(at) + below,
    path: pathText(at),
    found,
    wanted,
  })
  const read = AgreementDocument.safeParse(value)
  if (!read.success)
    return err(read.error.issues.flatMap(faultsOf).map(({ at, wanted }) => fault(at, wanted)))
  const contradictions = contradictionsIn(read.data)
  if (contradictions.length > 0) return err(contradictions.map(({ at, wanted }) => fault(at, wanted)))
  const compiled = compileAgreement(read.data, text)
  if (compiled.ok) return compiled
  // A policy stands in a block that begins on the line after its dash.
  const place = ({ at, found, wanted, line }: ConditionFault) =>
    fault(['conditions', at], wanted, found, line ?? 0)
  return err(compiled.error.map(place))
}

type Issue = z.core.$ZodIssue

function faultsOf(issue: Issue): readonly { readonly at: Path; readonly wanted: string }[] {
  const at = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      at: [...at, key],
      wanted: 'no such field: drop it or correct its name',
    }))
  return [{ at, wanted: issue.message.replace(/^.*?wanted: /, '') }]
}

/** What no single field shows. */
function contradictionsIn(document: AgreementDocument) {
  const { members, depositor_classes, cap, report, instrument } = document
  const twice = <T>(list: readonly T[], field: string) =>
    list.flatMap((one, i) =>
      list.indexOf(one) < i ? [{ at: [field, i] as Path, wanted: 'each of them once' }] : [],
    )
  return [
    ...twice(members, 'members'),
    ...twice(
      depositor_classes.map(({ id }) => id),
      'depositor_classes',
    ),
    ...(cap.rule === 'arrears' && report === undefined
      ? [{ at: ['cap'] as Path, wanted: 'a report that states the arrears, or another cap' }]
      : []),
    ...(instrument === 'compact' && members.length < 2
      ? [{ at: ['members'] as Path, wanted: 'at least two members of a compact' }]
      : []),
  ]
}

function valueAt(value: unknown, at: Path): unknown {
  let found = value
  for (const part of at)
    found = found !== null && typeof found === 'object' ? (found as Record<string, unknown>)[part] : undefined
  return found
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const pathText = (at: Path): string =>
  at.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${part}`)).join('') ||
  '(document)'
