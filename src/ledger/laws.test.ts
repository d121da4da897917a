import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IsoDate } from '../base/index.ts'
import { isLinked, type Outcome } from './evaluate.ts'
import { MemoryBook } from './memory.ts'
import { PlainModel } from './plain-model.testing.ts'
import type { Account, Command } from './schema.ts'
import { Chance, streamOf } from './streams.testing.ts'

/** To see a failure again, set TENTH_LEDGER_SEED to the number in its message. */
const FIRST = Number(process.env.TENTH_LEDGER_SEED ?? Date.now() % 1_000_000_000)
const STREAMS = process.env.TENTH_LEDGER_SEED === undefined ? 10_000 : 1

const figures = ({ debitsPending, debitsPosted, creditsPending, creditsPosted }: Account) => ({
  debitsPending,
  debitsPosted,
  creditsPending,
  creditsPosted,
})

/** Follows a batch chain by chain in the model and holds the engine's answers against it. */
function compare(model: PlainModel, batch: readonly Command[], outcomes: readonly Outcome[]): void {
  for (let from = 0; from < batch.length; ) {
    let end = from + 1
    while (end < batch.length && isLinked(batch[end - 1] as Command)) end += 1
    compareChain(model, batch.slice(from, end), outcomes.slice(from, end))
    from = end
  }
}

function compareChain(model: PlainModel, chain: readonly Command[], outcomes: readonly Outcome[]): void {
  const then = model.copy()
  for (const [i, command] of chain.entries()) {
    const isOpen = i === chain.length - 1 && isLinked(command)
    const verdict = isOpen ? new Set(['chain_open' as const]) : then.obey(command)
    const status = outcomes[i]?.status ?? 'ok'
    if (typeof verdict === 'object') {
      if (!(verdict as ReadonlySet<string>).has(status))
        throw new Error(`${status}, where the model says ${[...verdict].join(' or ')}`)
      const others = chain.map((each) => (model.isThere(each) ? 'exists' : 'chain_refused'))
      expect(outcomes.map((o) => o.status)).toEqual(others.map((other, at) => (at === i ? status : other)))
      return
    }
    if (chain.length === 1 && status !== verdict)
      throw new Error(`${status}, where the model says ${verdict}`)
    // In a chain that is refused later on, what the engine says of this one is checked above.
    if (outcomes.every((o) => o.status === 'ok' || o.status === 'exists'))
      for (const account of outcomes[i]?.accounts ?? [])
        expect(figures(account)).toEqual(then.balances(account.id))
  }
  expect(outcomes.every((o) => o.status === 'ok' || o.status === 'exists')).toBe(true)
  model.become(then)
}

function holdsTheLaws(book: MemoryBook, model: PlainModel): void {
  let [pending, posted, held] = [0n, 0n, 0n]
  for (const account of book.accounts.values()) {
    pending += account.debitsPending - account.creditsPending
    posted += account.debitsPosted - account.creditsPosted
    held += account.debitsPending
    expect(figures(account)).toEqual(model.balances(account.id))
    expect(model.isWithinLimits(account.id)).toBe(true)
  }
  const open = model.accepted.filter((t) => model.isOpen(t)).reduce((sum, t) => sum + model.amountOf(t), 0n)
  expect([pending, posted, held]).toEqual([0n, 0n, open])
  expect([...book.transfers.keys()]).toEqual(model.accepted.map((t) => t.id))
}

/** Applies a stream in batches of any size, closing a period now and then. */
function follow(stream: readonly Command[], chance: Chance): MemoryBook {
  const [book, model] = [new MemoryBook(), new PlainModel()]
  for (let from = 0; from < stream.length; ) {
    const batch = stream.slice(from, from + 1 + chance.below(6))
    compare(model, batch, book.apply(batch))
    holdsTheLaws(book, model)
    from += batch.length
    if (chance.once(30)) {
      book.closedThrough = '2026-01-06' as IsoDate
      model.closedThrough = '2026-01-06'
    }
  }
  return book
}

const named = (seed: number, work: () => void): void => {
  try {
    work()
  } catch (error) {
    throw new Error(`TENTH_LEDGER_SEED=${seed}: ${(error as Error).message}`, { cause: error })
  }
}

test(`law: ${STREAMS} random streams are answered as a plain model answers them (from seed ${FIRST})`, () => {
  const seen = new Set<string>()
  for (let seed = FIRST; seed < FIRST + STREAMS; seed++)
    named(seed, () => {
      const chance = new Chance(seed)
      const stream = streamOf(seed, 8 + chance.below(30))
      for (const { status } of new MemoryBook().apply(stream)) seen.add(status)
      follow(stream, chance)
    })
  // Streams that are all accepted or all refused would show nothing.
  if (STREAMS > 1) expect(seen.size).toBeGreaterThan(30)
}, 120_000)

test('law: a book made again from what was accepted is the same book', () => {
  for (let seed = FIRST; seed < FIRST + Math.min(STREAMS, 1_000); seed++)
    named(seed, () => {
      const book = new MemoryBook()
      const stream = streamOf(seed, 40)
      const accepted = stream.filter(
        (command) => book.apply([{ ...command, linked: false } as Command])[0]?.status === 'ok',
      )
      const again = new MemoryBook()
      expect(
        again.apply(accepted.map((c) => ({ ...c, linked: false }) as Command)).map((o) => o.status),
      ).toEqual(accepted.map(() => 'ok'))
      expect(again.accounts).toEqual(book.accounts)
      expect(again.transfers).toEqual(book.transfers)
    })
})

test('law: sent twice, in any order of retries, every command takes effect once', () =>
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 60 }), (seed, retries) => {
      const stream = streamOf(seed, 30).map((command) => ({ ...command, linked: false }) as Command)
      const book = new MemoryBook()
      const first = book.apply(stream).map((o) => o.status)
      const [accounts, transfers] = [new Map(book.accounts), new Map(book.transfers)]
      const done = stream.filter((_, i) => first[i] === 'ok' || first[i] === 'exists')
      const again = retries.flatMap((at) => done[at % done.length] ?? [])
      expect(new Set(book.apply(again).map((o) => o.status))).toEqual(
        new Set(again.length > 0 ? ['exists'] : []),
      )
      expect(book.accounts).toEqual(accounts)
      expect(book.transfers).toEqual(transfers)
    }),
    { numRuns: 500 },
  ))

test('law: how a stream is cut into batches changes nothing, as long as no chain is cut', () =>
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, size) => {
      const stream = streamOf(seed, 40).map((command) => ({ ...command, linked: false }) as Command)
      const [whole, cut] = [new MemoryBook(), new MemoryBook()]
      const answers = whole.apply(stream)
      const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
        stream.slice(i * size, (i + 1) * size),
      )
      expect(pieces.flatMap((piece) => cut.apply(piece))).toEqual(answers)
      expect(cut.accounts).toEqual(whole.accounts)
    }),
    { numRuns: 500 },
  ))
