import type { z } from 'zod'
import { err, ok, type Result } from '../../base/index.ts'

/** Where an answer differs from its documented shape. */
export interface ShapeFault {
  readonly field: string
  readonly found: string
  readonly wanted: string
}

export const fault = (field: string, found: unknown, wanted: string) =>
  err<ShapeFault>({ field, found: shown(found), wanted })

/** Reads an answer by its documented shape; the first field that differs is named with what it holds. */
export function readShape<S extends z.ZodType>(schema: S, body: unknown): Result<z.infer<S>, ShapeFault> {
  const read = schema.safeParse(body)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  const path = issue?.path ?? []
  return fault(path.join('.') || 'the answer', valueAt(body, path), issue?.message ?? 'its documented shape')
}

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    body,
  )

const MOST_SHOWN = 80
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
