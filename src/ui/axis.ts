const STEPS = [1, 2, 2.5, 5]

/** Round values, three to five where it can be, that reach from below `low` to above `high`. */
export function roundTicks(low: number, high: number, most = 5): readonly number[] {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return [0]
  const [from, to] = low < high ? [low, high] : low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(low, 0)]
  const magnitude = Math.floor(Math.log10((to - from) / most))
  for (let power = magnitude; ; power++)
    for (const part of STEPS) {
      const step = part * 10 ** power
      const [first, last] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)]
      if (last - first + 1 > most) continue
      return Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * step))
    }
}

/** Decimals that a tick needs when ticks lie `step` apart. */
export function digitsOf(step: number): number {
  let digits = 0
  while (
    digits < 6 &&
    Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6 * 10 ** digits * step
  )
    digits++
  return digits
}

/** Without the last digits that a product of powers of ten leaves, and without a minus before zero. */
const rounded = (value: number): number => Number(value.toPrecision(12)) + 0

/**
 * Moves labels apart that would stand on one another: at least `gap` between neighbours, in the order of their wished
 * places, as near to them as can be, between `top` and `bottom`.
 */
export function placeLabels(
  wished: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): readonly number[] {
  const order = wished.map((_, i) => i).sort((a, b) => (wished[a] as number) - (wished[b] as number))
  const groups: { middle: number; count: number }[] = []
  for (const i of order) {
    groups.push({ middle: wished[i] as number, count: 1 })
    for (let last = groups.length - 1; last > 0; last--) {
      const [above, below] = [groups[last - 1], groups[last]]
      if (!above || !below || spanOf(below, gap).from - spanOf(above, gap).to >= gap) break
      const count = above.count + below.count
      groups.splice(last - 1, 2, {
        middle: (above.middle * above.count + below.middle * below.count) / count,
        count,
      })
    }
  }
  const placed: number[] = []
  let next = 0
  let least = top
  for (const [g, group] of groups.entries()) {
    const after = groups.slice(g).reduce((sum, one) => sum + one.count, 0)
    const { from } = spanOf(group, gap)
    const start = Math.max(least, Math.min(from, bottom - (after - 1) * gap))
    for (let k = 0; k < group.count; k++) placed[order[next++] as number] = start + k * gap
    least = start + group.count * gap
  }
  return placed
}

const spanOf = ({ middle, count }: { middle: number; count: number }, gap: number) => ({
  from: middle - ((count - 1) * gap) / 2,
  to: middle + ((count - 1) * gap) / 2,
})
