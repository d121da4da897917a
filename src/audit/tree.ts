/**
 * The Merkle tree of RFC 6962, section 2.1 (the same tree as RFC 9162 and C2SP tlog-tiles).
 * Sizes and indexes are whole numbers below 2^53. Hashing comes from outside: rules import no platform.
 */

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array

export interface Hasher {
  /** SHA-256 of nothing: the root of the empty tree. */
  readonly empty: Hash
  /** SHA-256(0x00 || entry) */
  readonly leaf: (entry: Uint8Array) => Hash
  /** SHA-256(0x01 || left || right) */
  readonly node: (left: Hash, right: Hash) => Hash
}

/** Leaves `from` (included) to `to` (excluded), at least one. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A perfect subtree: 2^level leaves, the `index`-th of its level. */
export interface Subtree {
  readonly level: number
  readonly index: number
}

/** The largest power of two below `size`, as RFC 6962 splits a tree of two leaves or more. */
function splitOf(size: number): number {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/** Cuts a range that starts at a multiple of its left half into perfect subtrees, left to right. */
export function subtreesOf({ from, to }: Range): Subtree[] {
  const found: Subtree[] = []
  let start = from
  while (start < to) {
    let level = 0
    let width = 1
    while (start + width * 2 <= to && start % (width * 2) === 0) {
      width *= 2
      level += 1
    }
    found.push({ level, index: start / width })
    start += width
  }
  return found
}

/** The root over neighbouring perfect subtrees, largest first, as `subtreesOf` lists them. */
export function joinSubtrees(hasher: Hasher, hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return hasher.empty
  return hashes.reduceRight((right, left) => hasher.node(left, right))
}

/**
 * Adds one leaf to a tree held as its perfect subtrees (`peaks`, changed in place).
 * @param size the number of leaves before
 * @returns the inner nodes that this leaf completes, from level 1 upwards
 */
export function addLeaf(hasher: Hasher, peaks: Hash[], size: number, leaf: Hash): Hash[] {
  const completed: Hash[] = []
  let hash = leaf
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop()
    if (left === undefined)
      throw new Error('assertion failed: a tree has one peak for each 1 bit of its size')
    hash = hasher.node(left, hash)
    completed.push(hash)
  }
  peaks.push(hash)
  return completed
}

/** The ranges whose roots are the audit path of a leaf, leaf to root (RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      path.unshift({ from: middle, to })
      to = middle
    } else {
      path.unshift({ from, to: middle })
      from = middle
    }
  }
  return path
}

/** The ranges whose roots prove that the first `older` leaves of `size` are unchanged (section 2.1.2). */
export function consistencyRanges(older: number, size: number): Range[] {
  if (older === 0 || older === size) return []
  const path: Range[] = []
  let [from, to, isWholeOlder] = [0, size, true]
  while (older !== to) {
    const middle = from + splitOf(to - from)
    if (older <= middle) {
      path.unshift({ from: middle, to })
      to = middle
    } else {
      path.unshift({ from, to: middle })
      from = middle
      isWholeOlder = false
    }
  }
  return isWholeOlder ? path : [{ from, to }, ...path]
}
