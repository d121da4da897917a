import { createHash } from 'node:crypto'
import type { Book } from '../book.ts'
import { canonicalRecord } from '../versions.ts'

/**
 * SHA-256 of every record of the book, as canonical JSON (RFC 8785) in order of id, a line feed after each: two
 * copies of one revision give one sum. A person can compute it from the JSON download.
 */
export function allRecordsSum(book: Book): string {
  const hash = createHash('sha256')
  for (const rec of book.records.values()) hash.update(`${canonicalRecord(rec)}\n`)
  return hash.digest('hex')
}
