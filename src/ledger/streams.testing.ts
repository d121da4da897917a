import type { IsoDate } from '../base/index.ts'
import { cents } from '../base/index.ts'
import { PlainModel } from './plain-model.testing.ts'
import type { AccountId, Command, TransferCommand, TransferId } from './schema.ts'

/** Numbers that follow from a seed: xorshift32 (Marsaglia 2003), one stream per seed. */
export class Chance {
  private state: number
  constructor(seed: number) {
    this.state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) >>> 0 || 1
    for (let i = 0; i < 8; i++) this.below(2)
  }
  below(n: number): number {
    this.state ^= this.state << 13
    this.state ^= this.state >>> 17
    this.state ^= this.state << 5
    this.state >>>= 0
    return this.state % n
  }
  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }
  /** True once in `n` times. */
  once(n: number): boolean {
    return this.below(n) === 0
  }
}

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', '2026-01-09'].map(
  (day) => day as IsoDate,
)
const ACCOUNTS = ['a', 'b', 'c', 'd'].map((id) => id as AccountId)

/**
 * A stream of commands that looks like the life of a book and like its abuse: most could be accepted, many are sent
 * again, changed, misdirected or linked to one that fails. It follows from the seed alone.
 */
export function streamOf(seed: number, length: number, prefix = ''): readonly Command[] {
  const chance = new Chance(seed)
  const model = new PlainModel()
  const sent: Command[] = []
  for (let i = 0; i < length; i++) {
    const command = nextCommand(chance, model, sent, `${prefix}t${i}` as TransferId)
    model.obey(command)
    sent.push(command)
  }
  return sent
}

function nextCommand(chance: Chance, model: PlainModel, sent: readonly Command[], id: TransferId): Command {
  if (sent.length < ACCOUNTS.length) return anyAccount(chance, ACCOUNTS[sent.length] as AccountId)
  if (chance.once(8)) return chance.oneOf(sent)
  if (chance.once(20)) return anyAccount(chance, chance.oneOf(ACCOUNTS))
  if (chance.once(25)) return { op: 'close', id: chance.oneOf(ACCOUNTS) }
  const transfer = anyTransfer(chance, model, id)
  return chance.once(5) ? spoiled(chance, transfer, sent) : transfer
}

const anyAccount = (chance: Chance, id: AccountId): Command => ({
  op: 'account',
  id,
  code: chance.once(4) ? '2000' : '1000',
  normal: chance.oneOf(['debit', 'credit']),
  limit: chance.oneOf([null, null, 'debits<=credits', 'credits<=debits']),
  upper: chance.oneOf([null, null, cents(40n)]),
})

function anyTransfer(chance: Chance, model: PlainModel, id: TransferId): TransferCommand {
  const debit = chance.oneOf(ACCOUNTS)
  const credit = chance.oneOf(ACCOUNTS.filter((other) => other !== debit))
  const plain: TransferCommand = {
    op: 'transfer',
    id,
    debit,
    credit,
    amount: cents(BigInt(1 + chance.below(9))),
    kind: chance.once(2) ? 'posted' : 'pending',
    pending: null,
    linked: chance.once(5),
    expires: null,
    date: chance.oneOf(DAYS),
    code: null,
    reverses: null,
    why: null,
    documents: [],
  }
  const holds = model.accepted.filter((t) => t.kind === 'pending')
  const hold = holds.findLast((t) => model.isOpen(t)) ?? holds.at(-1)
  if (hold !== undefined && chance.once(2)) return ending(chance, plain, hold)
  const moved = model.accepted.filter((t) => t.kind === 'posted' || t.kind === 'post')
  if (moved.length > 0 && chance.once(6)) return reversal(chance, plain, chance.oneOf(moved))
  if (plain.kind === 'pending' && chance.once(2)) return { ...plain, expires: chance.oneOf(DAYS) }
  return plain
}

const ending = (chance: Chance, plain: TransferCommand, hold: TransferCommand): TransferCommand => ({
  ...plain,
  debit: hold.debit,
  credit: hold.credit,
  kind: chance.oneOf(['post', 'post', 'void', 'expire']),
  pending: hold.id,
  amount: chance.oneOf([null, hold.amount, cents(1n)]),
})

const reversal = (chance: Chance, plain: TransferCommand, old: TransferCommand): TransferCommand => ({
  ...plain,
  debit: old.credit,
  credit: old.debit,
  kind: 'posted',
  amount: chance.once(2) ? (old.amount ?? plain.amount) : plain.amount,
  reverses: old.id,
  why: 'a slip',
})

/** One thing about it is wrong, or belongs to another command. */
function spoiled(chance: Chance, transfer: TransferCommand, sent: readonly Command[]): TransferCommand {
  const other = chance.oneOf(sent)
  const wrongs: readonly Partial<TransferCommand>[] = [
    { amount: cents(0n) },
    { amount: cents(-3n) },
    { amount: null },
    { amount: cents(999_999_999_999_999_999n) },
    { credit: transfer.debit },
    { debit: 'nobody' as AccountId },
    { pending: other.op === 'transfer' ? other.id : ('nothing' as TransferId) },
    { pending: null },
    { reverses: other.op === 'transfer' ? other.id : ('nothing' as TransferId), why: 'because' },
    { reverses: 'nothing' as TransferId },
    { why: null },
    { expires: chance.oneOf(DAYS) },
    { id: other.op === 'transfer' ? other.id : transfer.id },
    { kind: chance.oneOf(['posted', 'pending', 'post', 'void', 'expire']) },
    { debit: transfer.credit, credit: transfer.debit },
    { linked: true },
  ]
  return { ...transfer, ...chance.oneOf(wrongs) }
}
