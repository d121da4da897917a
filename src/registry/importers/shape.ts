import type { z } from 'zod'
import { err, ok, type Result } from '../../base/index.ts'
import type { ShapeFault } from './service.ts'

/** Reads an answer by its documented shape; the first thing that differs is named. */
export function readShape<S extends z.ZodType>(schema: S, body: unknown): Result<z.infer<S>, ShapeFault> {
  const read = schema.safeParse(body)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  return err({
    path: issue?.path.join('.') || 'the answer',
    wanted: issue?.message ?? 'its documented shape',
  })
}
