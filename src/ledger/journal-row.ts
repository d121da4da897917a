import type { Instant } from '../base/index.ts'
import type { Account, Transfer } from './schema.ts'

/** A transfer with where it stands in the book. */
export interface JournalRow extends Transfer {
  readonly batch: bigint
  readonly place: number
  readonly recordedAt: Instant
}

/** How a journal is written, piece by piece: every piece is whole lines. */
export interface JournalFormat {
  /** @param first the earliest business date */
  readonly head: (book: string, accounts: readonly Account[], first: string) => string
  readonly row: (row: JournalRow) => string
  /** @param last the latest business date */
  readonly foot: (accounts: readonly Account[], last: string) => string
}

/** Whether money moved. Holds and their ends without moving are told in comments: other ledgers do not have them. */
export const hasMoved = ({ kind }: Transfer): boolean => kind === 'posted' || kind === 'post'
