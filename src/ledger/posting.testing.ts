import { writeSync } from 'node:fs'
import type { Instant } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import { Command } from './schema.ts'
import { applyCommands } from './store.ts'
import { Chance } from './streams.testing.ts'

/*
 * Clients that post as fast as they are answered, and a diary of what they sent and what was acknowledged. The diary
 * is written line by line to a file descriptor, so that it outlives the process.
 */

export const BOOK = 'crash'
export const CLIENTS = 8
const IN_BATCH = 20
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']

const meta = () => ({ at: new Date().toISOString() as Instant, actor: 'tester' })

export const openingCommands = (): readonly Command[] =>
  NAMES.map((id) =>
    Command.parse({
      op: 'account',
      id,
      code: '1',
      normal: 'debit',
      limit: id === 'f' ? 'debits<=credits' : null,
    }),
  )

/** The n-th batch of a client in a round: the same commands whenever it is asked for. */
export function batchOf(round: number, client: number, n: number): readonly Command[] {
  const chance = new Chance(round * 1_000_003 + client * 10_007 + n)
  const id = (k: number) => `${round}-${client}-${n}-${k}`
  return Array.from({ length: IN_BATCH }, (_, k) => {
    const debit = chance.oneOf(NAMES)
    const credit = chance.oneOf(NAMES.filter((name) => name !== debit))
    const more = chance.once(4)
      ? { kind: 'pending' }
      : { kind: 'posted', linked: k < IN_BATCH - 1 && chance.once(6) }
    return Command.parse({
      op: 'transfer',
      id: id(k),
      debit,
      credit,
      amount: String(1 + chance.below(99)),
      date: '2026-03-10',
      ...more,
    })
  })
}

export const send = async (db: Db, round: number, client: number, n: number): Promise<readonly string[]> => {
  const batch = batchOf(round, client, n)
  const outcomes = await applyCommands(db, BOOK, batch, meta())
  return batch
    .filter((_, i) => ['ok', 'exists'].includes(outcomes[i]?.status ?? ''))
    .map((command) => command.id)
}

/** Posts from all clients until the database is gone. `out` is told what is sent and what was acknowledged. */
export async function postUntilTheEnd(db: Db, round: number, out: number): Promise<void> {
  await Promise.allSettled(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let n = 0; ; n++) {
        writeSync(out, `sent ${client} ${n}\n`)
        const taken = await send(db, round, client, n)
        writeSync(out, `acknowledged ${client} ${n} ${taken.join(' ')}\n`)
      }
    }),
  )
}

export interface Diary {
  readonly acknowledged: readonly string[]
  readonly batches: number
  /** Client and number of each batch that was sent and never answered. */
  readonly open: readonly (readonly [client: number, n: number])[]
}

export function readDiary(text: string): Diary {
  const acknowledged: string[] = []
  const open = new Map<string, readonly [number, number]>()
  let batches = 0
  for (const line of text.split('\n')) {
    const [what, client, n, ...ids] = line.split(' ')
    const key = `${client} ${n}`
    if (what === 'sent') open.set(key, [Number(client), Number(n)])
    if (what !== 'acknowledged') continue
    open.delete(key)
    batches += 1
    acknowledged.push(...ids.filter((id) => id !== ''))
  }
  return { acknowledged, batches, open: [...open.values()] }
}
