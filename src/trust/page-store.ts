import { sql } from 'kysely'
import type { IsoDate } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import type { DayView } from './day.ts'

/** The newest day that was run, with the event of the log that holds the hash of its picture. */
export interface PublishedDay {
  readonly view: DayView
  readonly sha256: string
  readonly seq: number
}

/** @param day the newest without one */
export async function loadPublishedDay(
  db: Db,
  book: string,
  day?: IsoDate,
): Promise<PublishedDay | undefined> {
  const wanted = day === undefined ? sql`true` : sql`d.day = ${day}`
  const { rows } = await sql<{ body: DayView; sha256: string; seq: bigint }>`
    select d.body, d.sha256, e.seq
    from trust_day d
    join audit_event e
      on e.kind = 'trust.day.run' and e.subject = d.book || ' ' || d.day and e.payload::jsonb ->> 'sha256' = d.sha256
    where d.book = ${book} and ${wanted}
    order by d.day desc, e.seq desc limit 1`.execute(db)
  const [row] = rows
  return row && { view: row.body, sha256: row.sha256, seq: Number(row.seq) }
}
