import { assert } from '../../base/index.ts'
import { readCategories } from '../facts.ts'
import type { Unit } from '../schema.ts'
import type { TableCategory } from './source.ts'

/**
 * Measures that this project has already, under the same names and words. The unit is that of the answer: figures are
 * kept as published, and never converted on the way in.
 * @param whole the measure that the others are parts of, where the table has it
 */
export function ourCategories(
  series: string,
  names: readonly string[],
  unit: Unit | undefined,
): readonly TableCategory[] {
  const known = new Map(
    readCategories().flatMap((one) => (one.series === series ? [[one.category, one]] : [])),
  )
  return names.map((name) => {
    const found = known.get(name)
    assert(found !== undefined, `${series} has ${name}`)
    const { series: _, part_of, ...category } = found
    return {
      ...category,
      unit: unit ?? category.unit,
      ...(part_of !== undefined && names.includes(part_of) && { part_of }),
    }
  })
}
