import { assert, cents, type IsoDate } from '../base/index.ts'
import { endingOf, type Lookup, type View } from './judge.ts'
import type { Account, AccountCommand, AccountId, Ending, Transfer } from './schema.ts'

/** A map over another: what is set here hides what is there. */
class Layer<V> implements Lookup<V> {
  readonly own = new Map<string, V>()
  private readonly below: Lookup<V>
  constructor(below: Lookup<V>) {
    this.below = below
  }
  get(key: string): V | undefined {
    return this.own.get(key) ?? this.below.get(key)
  }
}

/** What a book holds with what some commands did to it, over what it held before. */
export class Draft implements View {
  readonly closedThrough: IsoDate | null
  readonly accounts: Layer<Account>
  readonly transfers: Layer<Transfer>
  readonly endings: Layer<Ending>
  readonly reversed: Layer<bigint>
  private readonly opened: AccountId[] = []
  private readonly closed: AccountId[] = []
  private readonly written: Transfer[] = []

  constructor(view: View) {
    this.closedThrough = view.closedThrough
    this.accounts = new Layer(view.accounts)
    this.transfers = new Layer(view.transfers)
    this.endings = new Layer(view.endings)
    this.reversed = new Layer(view.reversed)
  }

  account(id: AccountId): Account {
    const account = this.accounts.get(id)
    assert(account, `account ${id} was looked up before`)
    return account
  }

  open({ id, code, normal, limit, upper }: AccountCommand): void {
    const zero = cents(0n)
    const none = { debitsPending: zero, debitsPosted: zero, creditsPending: zero, creditsPosted: zero }
    this.accounts.own.set(id, { id, code, normal, limit, upper, closed: false, ...none })
    this.opened.push(id)
  }

  close(account: Account): void {
    this.accounts.own.set(account.id, { ...account, closed: true })
    this.closed.push(account.id)
  }

  /** @param debit and credit: the two accounts as they stand after it */
  write(transfer: Transfer, debit: Account, credit: Account): void {
    const { id, kind, pending, reverses, amount } = transfer
    this.transfers.own.set(id, transfer)
    this.accounts.own.set(debit.id, debit)
    this.accounts.own.set(credit.id, credit)
    this.written.push(transfer)
    const ending = endingOf(kind)
    if (ending !== undefined && pending !== null) this.endings.own.set(pending, ending)
    if (reverses !== null) this.reversed.own.set(reverses, (this.reversed.get(reverses) ?? 0n) + amount)
  }

  /** Takes over what was done in a draft over this one. */
  absorb(inner: Draft): void {
    for (const name of ['accounts', 'transfers', 'endings', 'reversed'] as const)
      for (const [key, value] of inner[name].own) (this[name].own as Map<string, unknown>).set(key, value)
    this.opened.push(...inner.opened)
    this.closed.push(...inner.closed)
    this.written.push(...inner.written)
  }

  changes() {
    return {
      opened: this.opened.map((id) => this.account(id)),
      closed: this.closed as readonly AccountId[],
      transfers: this.written as readonly Transfer[],
      changed: [...this.accounts.own.values()],
    }
  }
}
