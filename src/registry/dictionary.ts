import { z } from 'zod'
import { Jurisdiction, KINDS, type Kind, SCHEMAS } from './schema.ts'

/** One field of one kind of record: what it is called in files, JSON and CSV, and what it means. */
export interface DictionaryRow {
  readonly kind: Kind | 'jurisdiction'
  /** Path of the field: `dates.enacted`, `sources[].url`. A CSV file has a column per field of the first two levels. */
  readonly field: string
  readonly type: string
  readonly required: boolean
  readonly meaning: string
  readonly unit?: string
  readonly values?: readonly string[]
}

interface Node {
  readonly type?: string
  readonly description?: string
  readonly unit?: string
  readonly enum?: readonly string[]
  readonly const?: string
  readonly properties?: { readonly [name: string]: Node }
  readonly required?: readonly string[]
  readonly items?: Node
}

/** Every field of every kind of record, from the schemas themselves. */
export function dictionary(): readonly DictionaryRow[] {
  const kinds = Object.keys(KINDS) as readonly Kind[]
  return [
    ...kinds.flatMap((kind) => rowsOf(kind, nodeOf(SCHEMAS[kind]), '')),
    ...rowsOf('jurisdiction', nodeOf(Jurisdiction), ''),
  ]
}

const nodeOf = (schema: z.ZodType): Node =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Node

function rowsOf(kind: DictionaryRow['kind'], node: Node, path: string): readonly DictionaryRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const item = field.type === 'array' ? field.items : undefined
    const values = field.enum ?? item?.enum ?? (field.const === undefined ? undefined : [field.const])
    const row: DictionaryRow = {
      kind,
      field: `${path}${name}`,
      type: item === undefined ? (field.type ?? 'string') : `list of ${item.type ?? 'string'}`,
      required: node.required?.includes(name) ?? false,
      meaning: field.description ?? item?.description ?? '',
      ...(field.unit !== undefined && { unit: field.unit }),
      ...(values !== undefined && { values }),
    }
    const inner = item?.properties
      ? rowsOf(kind, item, `${path}${name}[].`)
      : rowsOf(kind, field, `${path}${name}.`)
    return [row, ...inner]
  })
}
