import type { Hash, Hasher } from './tree.ts'

/** Sibling hashes from the leaf to the root (RFC 6962, section 2.1.1). */
export interface InclusionProof {
  readonly index: number
  readonly size: number
  readonly path: readonly Hash[]
}

/** Hashes that join an older root to a newer one (RFC 6962, section 2.1.2). */
export interface ConsistencyProof {
  readonly from: number
  readonly to: number
  readonly path: readonly Hash[]
}

const isOdd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)
const same = (a: Hash, b: Hash) => a.length === b.length && a.every((byte, i) => byte === b[i])

/** Whether `leaf` stands at `index` of the tree with `root`. Source: RFC 9162, section 2.1.3.2. */
export function isIncluded(hasher: Hasher, proof: InclusionProof, leaf: Hash, root: Hash): boolean {
  if (!(proof.index >= 0 && proof.index < proof.size)) return false
  let [node, last, hash] = [proof.index, proof.size - 1, leaf]
  for (const sibling of proof.path) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = hasher.node(sibling, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else hash = hasher.node(hash, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && same(hash, root)
}

/**
 * Whether the tree with `toRoot` begins with the very leaves of the tree with `fromRoot`.
 * Every tree extends the empty one. Source: RFC 9162, section 2.1.4.2.
 */
export function isConsistent(
  hasher: Hasher,
  { from, to, path }: ConsistencyProof,
  fromRoot: Hash,
  toRoot: Hash,
): boolean {
  if (from < 0 || from > to) return false
  if (from === to) return path.length === 0 && same(fromRoot, toRoot)
  if (from === 0) return path.length === 0
  let [node, last] = [from - 1, to - 1]
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  // An older tree of 2^n leaves is itself a node of the newer one, so the proof leaves it out.
  const [start, ...rest] = node === 0 ? [fromRoot, ...path] : path
  if (start === undefined || path.length === 0) return false
  let [older, newer] = [start, start]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      older = hasher.node(sibling, older)
      newer = hasher.node(sibling, newer)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else newer = hasher.node(newer, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && same(older, fromRoot) && same(newer, toRoot)
}
