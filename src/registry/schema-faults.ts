import type { z } from 'zod'
import { type Fault, MAX_FAULTS, type Path, type ReadList } from './read.ts'

/** Makes a fault of one item of a list, at the line of the field. */
export const faultAt =
  (list: ReadList, index: number) =>
  (path: Path, found: string, wanted: string): Fault => ({
    file: list.path,
    line: list.lineOf([index, ...path]),
    field: fieldName(path),
    found,
    wanted,
  })

export const fieldName = (path: Path): string =>
  path.reduce<string>(
    (name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step),
    '',
  ) || 'record'

/** What a schema has against an item of a list, in the words of its fields. */
export function schemaFaults(
  list: ReadList,
  index: number,
  item: unknown,
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
) {
  const fault = faultAt(list, index)
  return issues.flatMap((issue) => {
    const path = issue.path as Path
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .slice(0, MAX_FAULTS)
        .map((key) => fault([...path, key], `the unknown field ${key}`, `one of ${keysAt(schema, path)}`))
    const value = valueAt(item, path)
    return [fault(path, show(value), wantedBy(issue, value))]
  })
}

function wantedBy(issue: z.core.$ZodIssue, value: unknown): string {
  const own = /^wanted: (.*)$/.exec(issue.message)?.[1]
  if (own !== undefined) return own
  if (value === undefined) return 'this field'
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`
    case 'too_small':
      return issue.origin === 'array' ? `at least ${issue.minimum} entry` : `at least ${issue.minimum}`
    case 'too_big':
      return issue.origin === 'string' ? `at most ${issue.maximum} characters` : `at most ${issue.maximum}`
    case 'invalid_format':
      return issue.format === 'date' ? 'a day as YYYY-MM-DD' : `the form of ${issue.format}`
    default:
      return issue.message
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text (put a bare number or year in quotes)',
  array: 'a list',
  object: 'fields with values',
  int: 'a whole number',
  number: 'a number',
}

/** The field names that a schema allows at a path, for the message. */
function keysAt(schema: z.ZodType, path: Path): string {
  let at: unknown = schema
  for (const step of path) {
    const { def } = unwrap(at) as { def: { shape?: Record<string, unknown>; element?: unknown } }
    at = typeof step === 'number' ? def.element : def.shape?.[step]
  }
  const { shape } = (unwrap(at) as { def: { shape?: Record<string, unknown> } }).def
  return Object.keys(shape ?? {}).join(', ')
}

function unwrap(schema: unknown): unknown {
  const { def } = schema as { def: { type: string; innerType?: unknown } }
  return def.type === 'optional' ? unwrap(def.innerType) : schema
}

const valueAt = (item: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], item)

/** A value as the message shows it: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
