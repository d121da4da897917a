import type { Instant } from '../base/index.ts'
import type { Db } from './connect.ts'

/** What a door hands to a room: the outside world, so that a test can hold it. */
export interface Shell {
  readonly db: Db
  /** The clock. Rules never read one; they are given its time. */
  readonly now: () => Instant
  /** Folder for keys, uploads and the embedded database. */
  readonly dataFolder: string
  /** Where the database is now, for who needs connections of its own. */
  readonly url?: () => string
}

export const systemClock = (): Instant => new Date().toISOString() as Instant
