import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isConsistent, isIncluded } from './proof.ts'
import { hasher } from './sha256.ts'
import {
  addLeaf,
  consistencyRanges,
  type Hash,
  inclusionRanges,
  joinSubtrees,
  type Range,
  subtreesOf,
} from './tree.ts'
import published from './vectors/rfc6962.json' with { type: 'json' }

const bytes = (hex: string) => Buffer.from(hex, 'hex')
const hex = (hash: Hash) => Buffer.from(hash).toString('hex')

/** MTH of RFC 6962, section 2.1, word for word: slow and plain, to hold the quick one against. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return hasher.empty
  if (leaves.length === 1) return leaves[0] as Hash
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hasher.node(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

/** Builds a tree leaf by leaf and keeps every completed node, as the log's table does. */
function build(leaves: readonly Hash[]) {
  const peaks: Hash[] = []
  const nodes = new Map<string, Hash>()
  leaves.forEach((leaf, seq) => {
    nodes.set(`0:${seq}`, leaf)
    const completed = addLeaf(hasher, peaks, seq, leaf)
    for (const [i, node] of completed.entries()) nodes.set(`${i + 1}:${Math.floor(seq / 2 ** (i + 1))}`, node)
  })
  const rootOf = (range: Range) =>
    joinSubtrees(
      hasher,
      subtreesOf(range).map(({ level, index }) => nodes.get(`${level}:${index}`) as Hash),
    )
  return {
    peaks,
    root: joinSubtrees(hasher, peaks),
    inclusion: (index: number, size: number) => ({
      index,
      size,
      path: inclusionRanges(index, size).map(rootOf),
    }),
    consistency: (from: number, to: number) => ({ from, to, path: consistencyRanges(from, to).map(rootOf) }),
  }
}

describe('published vectors of RFC 6962', () => {
  const leaves = published.leaves.map((leaf) => hasher.leaf(bytes(leaf)))
  const root = (size: number) =>
    bytes(size === 0 ? published.empty_root : (published.roots[size - 1] as string))

  test('the empty tree', () => expect(hex(build([]).root)).toBe(published.empty_root))
  test.each(published.roots.map((want, i) => ({ size: i + 1, want })))(
    'root of $size leaves',
    ({ size, want }) => expect(hex(build(leaves.slice(0, size)).root)).toBe(want),
  )
  test.each(published.inclusion)('inclusion of $index in $size', ({ index, size, path }) => {
    const proof = build(leaves).inclusion(index, size)
    expect(proof.path.map(hex)).toEqual(path)
    expect(isIncluded(hasher, proof, leaves[index] as Hash, root(size))).toBe(true)
  })
  test.each(published.consistency)('consistency of $from with $to', ({ from, to, path }) => {
    const proof = build(leaves).consistency(from, to)
    expect(proof.path.map(hex)).toEqual(path)
    expect(isConsistent(hasher, proof, root(from), root(to))).toBe(true)
  })
  // The wrong probes of the same source: what must be refused.
  test.each([
    { why: 'nothing is in the empty tree', index: 0, size: 0 },
    { why: 'an index at the size', index: 1, size: 1 },
    { why: 'an index past the size', index: 2, size: 1 },
  ])('$why', ({ index, size }) => {
    const proof = { index, size, path: [] }
    expect(isIncluded(hasher, proof, leaves[0] as Hash, root(1))).toBe(false)
  })
  test.each([
    { why: 'other roots of one size', from: 1, to: 1, path: [], a: 1, b: 2 },
    { why: 'back in time', from: 2, to: 1, path: [], a: 2, b: 1 },
    { why: 'no proof where one is needed', from: 1, to: 2, path: [], a: 1, b: 2 },
    { why: 'a proof where none is needed', from: 1, to: 1, path: [root(1)], a: 1, b: 1 },
    { why: 'a proof from the empty tree', from: 0, to: 1, path: [root(1)], a: 0, b: 1 },
  ])('refused: $why', ({ from, to, path, a, b }) => {
    expect(isConsistent(hasher, { from, to, path }, root(a), root(b))).toBe(false)
  })
})

describe('laws', () => {
  const trees = Array.from({ length: 70 }, (_, n) => hasher.leaf(Buffer.from(`leaf ${n}`)))

  test('the root of any list is that of the definition', () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 130 }), (entries) => {
        const leaves = entries.map(hasher.leaf)
        expect(hex(build(leaves).root)).toBe(hex(naiveRoot(leaves)))
      }),
    ))

  test('every leaf of every tree up to 70 is proved; another leaf, place or root is not', () => {
    const tree = build(trees)
    for (let size = 1; size <= trees.length; size++) {
      const root = naiveRoot(trees.slice(0, size))
      for (let index = 0; index < size; index++) {
        const proof = tree.inclusion(index, size)
        const leaf = trees[index] as Hash
        const other = trees[(index + 1) % trees.length] as Hash
        expect(isIncluded(hasher, proof, leaf, root)).toBe(true)
        expect(isIncluded(hasher, proof, other, root)).toBe(false)
        expect(isIncluded(hasher, proof, leaf, other)).toBe(false)
        expect(isIncluded(hasher, { ...proof, index: index + 1 }, leaf, root)).toBe(false)
        expect(isIncluded(hasher, { ...proof, path: [...proof.path, leaf] }, leaf, root)).toBe(false)
      }
    }
  })

  test('every tree up to 70 extends every earlier one, and only with its own proof', () => {
    const tree = build(trees)
    const roots = Array.from({ length: 71 }, (_, size) => naiveRoot(trees.slice(0, size)))
    for (let to = 0; to <= 70; to++)
      for (let from = 0; from <= to; from++) {
        const proof = tree.consistency(from, to)
        const [older, newer] = [roots[from] as Hash, roots[to] as Hash]
        expect(isConsistent(hasher, proof, older, newer)).toBe(true)
        expect(isConsistent(hasher, { ...proof, path: [...proof.path, older] }, older, newer)).toBe(false)
        if (from === 0) continue
        const wrong = hasher.leaf(Buffer.from('another history'))
        expect(isConsistent(hasher, proof, wrong, newer)).toBe(false)
        expect(isConsistent(hasher, proof, older, wrong)).toBe(false)
      }
  })

  test('one flipped bit anywhere in a proof is refused', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), fc.nat(), fc.nat(255), (size, a, b, bit) => {
        const tree = build(trees.slice(0, size))
        const index = a % size
        const proof = tree.inclusion(index, size)
        if (proof.path.length === 0) return
        const path = proof.path.map((hash) => Uint8Array.from(hash))
        const flipped = path[b % path.length] as Uint8Array
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
        expect(isIncluded(hasher, { ...proof, path }, trees[index] as Hash, tree.root)).toBe(false)
      }),
    ))

  test('a tree of billions has a path of as many hashes as its height', () => {
    expect(inclusionRanges(2 ** 40 + 7, 2 ** 41)).toHaveLength(41)
    expect(subtreesOf({ from: 0, to: 2 ** 41 - 1 })).toHaveLength(41)
  })
})
