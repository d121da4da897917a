import { assert, type IsoDate } from '../base/index.ts'
import { recordFact, runDay, settle, signItem, takeDeposits } from './acts.ts'
import type { Agreement } from './agreement.ts'
import type { StatementLine } from './bank/statement.ts'
import {
  awaited,
  emptyBook,
  heldDeposits,
  holdingsOf,
  openItems,
  standingOf,
  type TrustBook,
} from './book.ts'
import { heldOf } from './context.ts'
import { type Decision, decide, type MissingCondition } from './decide.ts'
import { openingEntries } from './entries.ts'
import { itemHash } from './items.ts'
import { addDays, daysBetween, weekdayOf } from './liability/days.ts'
import { type Exposure, exposureOn } from './liability/exposure.ts'
import { businessDayAfter, isBusinessDay } from './liability/holidays.ts'
import { MemoryLedger } from './memory-ledger.ts'
import { simulatedAccount } from './payments.ts'
import { type PricedRun, paydayOf } from './payroll.ts'
import type { AgreementState, Fact, Item } from './schema.ts'
import { INVENTED, personIn, scriptOf } from './script.ts'

/** What happened on a day of a rehearsal. */
export type RehearsalEvent =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | {
      readonly kind: 'payday'
      readonly held: readonly { readonly id: string; readonly agency: string; readonly cents: bigint }[]
      /** Tax that went to the Treasury in time, with the conditions that were missing for holding it. */
      readonly direct_cents: bigint
      readonly missing: readonly MissingCondition[]
    }
  | { readonly kind: 'prepared'; readonly item: Item; readonly sha256: string }
  | { readonly kind: 'withdrawn'; readonly item: string; readonly because: readonly string[] }
  | {
      readonly kind: 'signed'
      readonly item: string
      readonly person: string
      readonly office: string
      readonly executed: boolean
      readonly missing: readonly MissingCondition[]
    }
  | { readonly kind: 'ach'; readonly item: string; readonly file: string }
  | { readonly kind: 'settled'; readonly item: string; readonly line: string; readonly cents: bigint }
  | { readonly kind: 'asked'; readonly decision: Decision }

export interface RehearsalDay {
  readonly day: IsoDate
  readonly state: AgreementState
  readonly because: readonly string[]
  readonly held_cents: bigint
  readonly awaiting_cents: bigint
  readonly earnings_cents: bigint
  readonly paid_cents: bigint
  /** What a court could find owed beyond the tax; undefined where a rate of the quarter is not carried. */
  readonly exposure: Pick<Exposure, 'deposit_penalty' | 'late_payment' | 'interest' | 'owed'> | undefined
  readonly events: readonly RehearsalEvent[]
}

export interface Rehearsal {
  readonly days: readonly RehearsalDay[]
  readonly book: TrustBook
  readonly ledger: MemoryLedger
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** Every second Friday is payday in a rehearsal; Form 941 employers with other paydays owe on other days. */
const PAYDAY_EVERY = 14
const FRIDAY = 5

/**
 * Plays the whole life of an agreement: pay runs, facts, holds, refusals, signatures, payments and settlement, with the
 * same rules as a book that is kept, on days that follow one another without a clock. Same input, same output.
 * @param run one pay run, paid every second Friday
 */
export function rehearse(agreement: Agreement, run: PricedRun, from: IsoDate, to: IsoDate): Rehearsal {
  const { document } = agreement
  const ledger = new MemoryLedger()
  const first = paydayOf(document, 'rehearsal', run, from)
  const each = first.deposits.reduce((sum, { amount_cents }) => sum + amount_cents, 0n)
  const script = scriptOf(document, from, to, each * 8n)
  const firstPayday = addDays(from, (FRIDAY - weekdayOf(from) + 7) % 7)
  const files: { name: string; text: string }[] = []
  const statement: string[] = ['date,amount,reference,description']
  let book = emptyBook('rehearsal', 'simulation', { kind: 'simulation' })
  ledger.applyOwn(openingEntries(document))

  function facts(day: IsoDate): readonly RehearsalEvent[] {
    return script.facts.flatMap((fact, i): readonly RehearsalEvent[] => {
      if (fact.on !== day) return []
      const id = `fact-${i + 1}`
      const done = recordFact(agreement, book, {
        id,
        recorded_at: `${day}T09:00:00.000Z`,
        recorded_by: 'invented counsel',
        fact,
      })
      book = done.book
      ledger.applyOwn(done.commands)
      return [{ kind: 'fact', fact }]
    })
  }

  function payday(day: IsoDate): readonly RehearsalEvent[] {
    const gone = daysBetween(firstPayday, day)
    if (gone < 0 || gone % PAYDAY_EVERY !== 0) return []
    const { deposits, direct_cents } = paydayOf(document, 'rehearsal', run, day)
    const taken = takeDeposits(agreement, book, deposits)
    book = taken.book
    ledger.applyOwn(taken.commands)
    const held: { id: string; agency: string; cents: bigint }[] = []
    const missing = new Map<string, MissingCondition>()
    let direct: bigint = direct_cents
    for (const { deposit, decision } of taken.decisions) {
      const { id, agency, amount_cents } = deposit
      if (decision.allowed) held.push({ id, agency, cents: amount_cents })
      else direct += amount_cents
      for (const one of decision.missing) missing.set(one.id, one)
    }
    return [{ kind: 'payday', held, direct_cents: direct, missing: [...missing.values()] }]
  }

  function bank(day: IsoDate): readonly RehearsalEvent[] {
    const shown = awaited(book).filter(({ sent_on }) => businessDayAfter(sent_on, 1) === day)
    if (shown.length === 0) return []
    const lines = shown.map(({ trace, amount_cents }, i): StatementLine => {
      statement.push(`${day},-${dollars(amount_cents)},${trace},${INVENTED}`)
      return {
        line: statement.length - shown.length + i + 1,
        date: day,
        amount: -amount_cents as StatementLine['amount'],
        reference: trace,
        description: INVENTED,
      }
    })
    const done = settle(book, lines)
    const { settled } = done.book
    const fresh = settled.slice(book.settled.length)
    book = done.book
    ledger.applyOwn(done.commands)
    return fresh.map(({ item, line, amount_cents }) => ({ kind: 'settled', item, line, cents: amount_cents }))
  }

  function asked(day: IsoDate): readonly RehearsalEvent[] {
    const [member] = document.members
    const standing = standingOf(book, document)
    const amount_cents = heldOf(standing.holdings, member)
    if (day !== script.asked_on || member === undefined || amount_cents <= 0n) return []
    const question = { action: 'release-to-treasury' as const, member, amount_cents }
    return [{ kind: 'asked', decision: decide(agreement, standing, question, day) }]
  }

  /** Each waiting item of an earlier day is signed by one office after another, until it is carried out. */
  function signatures(day: IsoDate): readonly RehearsalEvent[] {
    if (!isBusinessDay(day)) return []
    const events: RehearsalEvent[] = []
    for (const item of openItems(book)) {
      if (item.prepared_on === day && !document.ordered['deposit-due']) continue
      for (const office of script.offices) {
        if (!openItems(book).some(({ id }) => id === item.id)) break
        events.push(...signature(item, office, day))
      }
    }
    return events
  }

  function signature(item: Item, office: string, day: IsoDate): readonly RehearsalEvent[] {
    const person = personIn(office)
    if (book.signatures.some((one) => one.item === item.id && one.person === person)) return []
    const at = `${day}T15:00:00.000Z`
    const given = { item_sha256: itemHash(item), person, office, at }
    const done = signItem(agreement, book, item.id, given, day, simulatedAccount(item.member))
    assert(done.ok, `the signature is taken: ${done.ok ? '' : done.error.code}`)
    const { decision, executed, ach, commands } = done.value
    book = done.value.book
    ledger.applyOwn(commands)
    const signed = {
      kind: 'signed',
      item: item.id,
      person,
      office,
      executed,
      missing: decision.missing,
    } as const
    if (ach === undefined) return [signed]
    const file = `${day}-${item.id}.ach`
    files.push({ name: file, text: ach })
    return [signed, { kind: 'ach', item: item.id, file }]
  }

  function play(day: IsoDate): RehearsalDay {
    const before = [...facts(day), ...bank(day), ...payday(day)]
    const run = runDay(agreement, book, day)
    book = run.book
    const ran: readonly RehearsalEvent[] = [
      ...run.withdrawn.map(({ item, because }) => ({ kind: 'withdrawn' as const, item, because })),
      ...run.prepared.map((item) => ({ kind: 'prepared' as const, item, sha256: itemHash(item) })),
    ]
    const events = [...before, ...ran, ...asked(day), ...signatures(day)]
    return { day, state: run.state, because: run.because, ...figures(day), events }
  }

  function figures(day: IsoDate) {
    const standing = standingOf(book, document)
    const exposure = exposureOn(heldDeposits(book), day)
    const { deposit_penalty, late_payment, interest, owed } = exposure.ok ? exposure.value : NOTHING
    return {
      held_cents: heldOf(holdingsOf(book)),
      awaiting_cents: standing.awaiting_cents,
      earnings_cents: [...standing.earnings.values()].reduce((sum, one) => sum + one, 0n),
      paid_cents: book.settled.reduce((sum, { amount_cents }) => sum + amount_cents, 0n),
      exposure: exposure.ok ? { deposit_penalty, late_payment, interest, owed } : undefined,
    }
  }

  const days: RehearsalDay[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(play(day))
  if (statement.length > 1) files.push({ name: 'statement.csv', text: `${statement.join('\n')}\n` })
  return { days, book, ledger, files }
}

const NOTHING = { deposit_penalty: 0n, late_payment: 0n, interest: 0n, owed: 0n } as unknown as Exposure

const dollars = (cents: bigint): string => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
