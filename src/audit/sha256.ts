import { hash } from 'node:crypto'
import type { Hasher } from './tree.ts'

export const sha256 = (data: Uint8Array | string): Buffer => hash('sha256', data, 'buffer')

const pair = Buffer.alloc(65)
pair[0] = 1

/** RFC 6962 hashing on Node's OpenSSL. */
export const hasher: Hasher = {
  empty: sha256(''),
  leaf: (entry) => {
    const prefixed = Buffer.allocUnsafe(entry.length + 1)
    prefixed[0] = 0
    prefixed.set(entry, 1)
    return sha256(prefixed)
  },
  node: (left, right) => {
    pair.set(left, 1)
    pair.set(right, 33)
    return sha256(pair)
  },
}
