/** Bins of a map: `edges` part the number line, a value on an edge belongs to the bin above it. */
export interface Scale {
  readonly kind: 'diverging' | 'count'
  readonly edges: readonly number[]
}

/** Net balance, dollars per resident: gold pays more, mint gets more; zero is an edge, never a middle colour. */
export const NET_BALANCE: Scale = { kind: 'diverging', edges: [-2000, -1000, 0, 3000, 6000, 10_000] }

/**
 * Counts of records: none, then up to five steps at the fifths of the highest count (fewer when counts are few).
 * The first edge is 1, so that zero has its own bin.
 */
export function countScale(values: readonly number[]): Scale {
  const most = Math.max(1, ...values)
  const steps = Math.min(5, most)
  const edges = Array.from({ length: steps }, (_, i) => 1 + Math.ceil((i * most) / steps))
  return { kind: 'count', edges: [...new Set(edges)].filter((edge) => edge <= most) }
}

/** Which bin a value falls in: 0 below the first edge, then one more for each edge reached. */
export const binOf = (scale: Scale, value: number): number =>
  scale.edges.filter((edge) => value >= edge).length

/**
 * The class of a bin's colour: `d0`–`d6` on the diverging scale; `n0` (zero) to `n5` on counts, spread so that the
 * top bin is always the darkest.
 */
export function binClass(scale: Scale, value: number): string {
  const bin = binOf(scale, value)
  if (scale.kind === 'diverging') return `d${bin}`
  return bin === 0 ? 'n0' : `n${Math.ceil((bin * 5) / scale.edges.length)}`
}
