import type { Holding } from './schema.ts'

/**
 * Divides what the fund earned by what each member held: whole cents downwards, the cents left over to the largest
 * fractions, then in the order of the agreement. Where nobody holds anything, the first member is credited.
 */
export function divideEarnings(
  cents: bigint,
  holdings: readonly Holding[],
  members: readonly string[],
): readonly (readonly [member: string, cents: bigint])[] {
  const held = members.map((member) =>
    holdings.reduce((sum, one) => (one.member === member ? sum + one.open_cents : sum), 0n),
  )
  const all = held.reduce((sum, one) => sum + one, 0n)
  if (all === 0n) return members.map((member, i) => [member, i === 0 ? cents : 0n])
  const parts = held.map((one) => (cents * one) / all)
  const rests = held.map((one) => (cents * one) % all)
  let left = cents - parts.reduce((sum, one) => sum + one, 0n)
  const order = members.map((_, i) => i).sort((a, b) => compare(rests[b] ?? 0n, rests[a] ?? 0n) || a - b)
  for (const i of order) {
    if (left === 0n) break
    parts[i] = (parts[i] ?? 0n) + 1n
    left -= 1n
  }
  return members.map((member, i) => [member, parts[i] ?? 0n])
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
