import type { Refusal } from './refusals.ts'
import type { AccountCommand, Command, TransferCommand } from './schema.ts'

/*
 * The ledger once more, as plainly as it can be said and with nothing of the engine in it: a list of what was accepted,
 * every question answered by reading the whole list, and for each command the set of all rules that speak against it.
 * The engine names one of them; it accepts exactly when there is none.
 */

export interface PlainBalances {
  readonly debitsPending: bigint
  readonly debitsPosted: bigint
  readonly creditsPending: bigint
  readonly creditsPosted: bigint
}

type Verdict = 'ok' | 'exists' | ReadonlySet<Refusal>

export class PlainModel {
  accounts: AccountCommand[] = []
  closed: string[] = []
  accepted: TransferCommand[] = []
  closedThrough = ''

  copy(): PlainModel {
    const other = new PlainModel()
    other.accounts = [...this.accounts]
    other.closed = [...this.closed]
    other.accepted = [...this.accepted]
    other.closedThrough = this.closedThrough
    return other
  }

  become(other: PlainModel): void {
    Object.assign(this, other.copy())
  }

  /** Takes the command in when nothing speaks against it. */
  obey(command: Command): Verdict {
    if (this.isThere(command)) return 'exists'
    const against = this.against(command)
    if (against.size > 0) return against
    if (command.op === 'account') this.accounts.push(command)
    if (command.op === 'close') this.closed.push(command.id)
    if (command.op === 'transfer') this.accepted.push(command)
    return 'ok'
  }

  isThere(command: Command): boolean {
    if (command.op === 'close') return this.closed.includes(command.id)
    if (command.op === 'account')
      return this.accounts.some((a) => a.id === command.id && text(a) === text(command))
    const found = this.accepted.find((t) => t.id === command.id)
    return found !== undefined && this.whole(found) === this.whole(command)
  }

  /** A transfer as text, with the amount that it stands for and without how it was linked. */
  private whole(t: TransferCommand): string {
    return text({ ...t, amount: this.amountOf(t), linked: false })
  }

  amountOf(t: TransferCommand): bigint {
    return t.amount ?? this.accepted.find((hold) => hold.id === t.pending)?.amount ?? 0n
  }

  isOpen(hold: TransferCommand): boolean {
    return hold.kind === 'pending' && !this.accepted.some((t) => t.pending === hold.id)
  }

  balances(id: string): PlainBalances {
    const sum = (side: 'debit' | 'credit', kinds: readonly string[]) =>
      this.accepted
        .filter((t) => t[side] === id && kinds.includes(t.kind) && (t.kind !== 'pending' || this.isOpen(t)))
        .reduce((total, t) => total + this.amountOf(t), 0n)
    return {
      debitsPending: sum('debit', ['pending']),
      debitsPosted: sum('debit', ['posted', 'post']),
      creditsPending: sum('credit', ['pending']),
      creditsPosted: sum('credit', ['posted', 'post']),
    }
  }

  isWithinLimits(id: string): boolean {
    const account = this.accounts.find((a) => a.id === id)
    if (account === undefined) return true
    return this.brokenBy(account, this.balances(id)).size === 0
  }

  private brokenBy(account: AccountCommand, b: PlainBalances): Set<Refusal> {
    const broken = new Set<Refusal>()
    const [debits, credits] = [b.debitsPosted + b.debitsPending, b.creditsPosted + b.creditsPending]
    if (account.limit === 'debits<=credits' && debits > b.creditsPosted) broken.add('exceeds_credits')
    if (account.limit === 'credits<=debits' && credits > b.debitsPosted) broken.add('exceeds_debits')
    const most = account.normal === 'debit' ? debits - b.creditsPosted : credits - b.debitsPosted
    if (account.upper !== null && most > account.upper) broken.add('exceeds_upper')
    if (Object.values(b).some((amount) => String(amount).length > 18)) broken.add('balance_too_large')
    return broken
  }

  private against(command: Command): Set<Refusal> {
    switch (command.op) {
      case 'account':
        return new Set(
          this.accounts.some((a) => a.id === command.id) ? ['id_used_with_other_content' as const] : [],
        )
      case 'close':
        return this.againstClosing(command.id)
      case 'transfer':
        return this.againstTransfer(command)
    }
  }

  private againstClosing(id: string): Set<Refusal> {
    const found = new Set<Refusal>()
    const b = this.balances(id)
    if (!this.accounts.some((a) => a.id === id)) found.add('account_not_found')
    if (b.debitsPending + b.creditsPending !== 0n) found.add('account_has_holds')
    if (b.debitsPosted !== b.creditsPosted) found.add('account_not_zero')
    return found
  }

  private againstTransfer(t: TransferCommand): Set<Refusal> {
    const found = new Set<Refusal>()
    const say = (refusal: Refusal, isSo: boolean) => void (isSo && found.add(refusal))
    const isEnd = ['post', 'void', 'expire'].includes(t.kind)
    const sides = [t.debit, t.credit]
    say(
      'id_used_with_other_content',
      this.accepted.some((old) => old.id === t.id),
    )
    say('amount_missing', !isEnd && t.amount === null)
    say('amount_not_positive', t.amount !== null && t.amount < 1n)
    say('accounts_are_the_same', t.debit === t.credit)
    say('pending_missing', isEnd && t.pending === null)
    say('pending_unexpected', !isEnd && t.pending !== null)
    say('expires_unexpected', t.kind !== 'pending' && t.expires !== null)
    say('expires_before_date', t.expires !== null && t.expires < t.date)
    say('reversal_not_posted', t.reverses !== null && t.kind !== 'posted')
    say('reason_missing', t.reverses !== null && t.why === null)
    say('account_not_found', !sides.every((id) => this.accounts.some((a) => a.id === id)))
    say(
      'account_closed',
      sides.some((id) => this.closed.includes(id)),
    )
    say('period_closed', this.closedThrough !== '' && t.date <= this.closedThrough)
    if (isEnd && t.pending !== null) this.againstEnding(t, say)
    if (t.reverses !== null) this.againstReversal(t, say)
    if (found.size === 0) for (const refusal of this.afterwards(t)) found.add(refusal)
    return found
  }

  private againstEnding(t: TransferCommand, say: (refusal: Refusal, isSo: boolean) => void): void {
    const hold = this.accepted.find((old) => old.id === t.pending)
    say('pending_not_found', hold === undefined)
    if (hold === undefined) return
    say('pending_is_not_pending', hold.kind !== 'pending')
    say('pending_has_other_accounts', hold.debit !== t.debit || hold.credit !== t.credit)
    const end = this.accepted.find((old) => old.pending === hold.id)
    say('pending_already_posted', end?.kind === 'post')
    say('pending_already_voided', end?.kind === 'void')
    say('pending_already_expired', end?.kind === 'expire')
    say('date_before_pending', t.date < hold.date)
    const isOver = hold.expires !== null && hold.expires < t.date
    say('pending_expired', isOver && t.kind !== 'expire')
    say('pending_not_expired', !isOver && t.kind === 'expire')
    const [amount, held] = [this.amountOf(t), this.amountOf(hold)]
    say('exceeds_pending_amount', t.kind === 'post' && amount > held)
    say('pending_has_other_amount', t.kind !== 'post' && amount !== held)
  }

  private againstReversal(t: TransferCommand, say: (refusal: Refusal, isSo: boolean) => void): void {
    const old = this.accepted.find((one) => one.id === t.reverses)
    say('reversed_not_found', old === undefined)
    if (old === undefined) return
    say('reversed_moved_nothing', old.kind !== 'posted' && old.kind !== 'post')
    say('reversal_not_mirrored', old.debit !== t.credit || old.credit !== t.debit)
    const taken = this.accepted.filter((one) => one.reverses === old.id)
    const total = [...taken, t].reduce((sum, one) => sum + this.amountOf(one), 0n)
    say('exceeds_reversed_amount', total > this.amountOf(old))
  }

  /** Which limits would be broken if it were accepted. */
  private afterwards(t: TransferCommand): ReadonlySet<Refusal> {
    const then = this.copy()
    then.accepted.push(t)
    const broken = this.accounts
      .filter((a) => a.id === t.debit || a.id === t.credit)
      .map((a) => then.brokenBy(a, then.balances(a.id)))
    return new Set(broken.flatMap((each) => [...each]))
  }
}

const text = (value: object): string =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each))
