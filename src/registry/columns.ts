import { type Kind, SCHEMAS } from './schema.ts'

/** A column of the CSV: a field that is no list entry, with how its value is written in a cell. */
export interface Column {
  readonly name: string
  readonly path: readonly string[]
  readonly holds: 'text' | 'number' | 'texts' | 'json'
}

/** What this file reads of a zod schema. */
interface Node {
  readonly def: {
    readonly type: string
    readonly innerType?: Node
    readonly element?: Node
    readonly shape?: Readonly<Record<string, Node>>
  }
}

/** The columns of one kind, in the order of the schema. */
export function columnsOfKind(kind: Kind): readonly Column[] {
  return columnsIn(SCHEMAS[kind] as unknown as Node, [])
}

/** Columns of several kinds: those of the first, then what each next one adds. */
export const columnNames = (kinds: readonly Kind[]): readonly string[] => [
  ...new Set(kinds.flatMap((kind) => columnsOfKind(kind).map(({ name }) => name))),
]

function columnsIn(node: Node, path: readonly string[]): readonly Column[] {
  return Object.entries(node.def.shape ?? {}).flatMap(([name, given]) => {
    const inner = innerOf(given)
    const here = [...path, name]
    if (inner.def.type === 'object') return columnsIn(inner, here)
    return [{ name: here.join('.'), path: here, holds: holdsOf(inner) }]
  })
}

const innerOf = (node: Node): Node => (node.def.innerType === undefined ? node : innerOf(node.def.innerType))

function holdsOf({ def }: Node): Column['holds'] {
  if (def.type === 'number') return 'number'
  if (def.type !== 'array') return 'text'
  return def.element !== undefined && innerOf(def.element).def.type === 'object' ? 'json' : 'texts'
}
