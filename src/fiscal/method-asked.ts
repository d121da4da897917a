import { err, ok, type Result } from '../base/index.ts'
import type { Figures } from './figures.ts'
import { estimates, METHODS } from './rivals.ts'
import { isMoney } from './units.ts'

/**
 * The method that `--basis` asks for: its id, or a basis word of a series where only one method counts that way
 * (`place-of-performance`). Else a sentence that names what was found and what is wanted.
 */
export function methodAsked(figures: Figures, found: string): Result<string, string> {
  const ids = METHODS.map((method) => method.id)
  if (ids.includes(found)) return ok(found)
  const counting = ids.filter((id) => basesOf(figures, id).has(found))
  const [only] = counting
  if (only !== undefined && counting.length === 1) return ok(only)
  const wanted = `wanted one of ${(counting.length > 1 ? counting : ids).join(', ')}`
  return err(
    counting.length > 1
      ? `--basis: found "${found}", by which ${counting.length} methods count; ${wanted}`
      : `--basis: found "${found}"; ${wanted}`,
  )
}

function basesOf(figures: Figures, method: string): ReadonlySet<string> {
  const [first] = estimates(figures, method).values()
  return new Set(first?.inputs.filter((input) => isMoney(input.unit)).map((input) => input.basis))
}
