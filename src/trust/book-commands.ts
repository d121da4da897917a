import { z } from 'zod'
import { type Command, command, type IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { amount, BOOK_FLAG, book, day, dollarsText, JSON_FLAG, json, member, ON_FLAG, tell } from './asked.ts'
import { signaturesOn, standingOf } from './book.ts'
import { type Loaded, listAdopted, loadTrust } from './book-store.ts'
import { decide } from './decide.ts'
import { MONEY_ACTIONS, MoneyAction } from './schema.ts'
import { dayOf, loadAch, loadDays, runTrustDay } from './store.ts'
import { type BookView, bookView } from './views/book.ts'
import { type DecisionView, decisionView } from './views/decision.ts'
import { itemView } from './views/item.ts'

const today = (shell: Shell): IsoDate => shell.now().slice(0, 10) as IsoDate
const text = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one), 2)

/** The figures of `exposure` and `decide` carry this, in text and JSON: a simulation never looks like a trust. */
const noticeOf = ({ kind }: Pick<Loaded, 'kind'>): string =>
  kind === 'simulation'
    ? 'A simulation: no such law was found in force.'
    : 'An operating book. No figure here is put on a person.'

export const bookCommands: readonly Command<Shell>[] = [
  command({
    name: 'trust books',
    summary: 'the books of the trust, and whether each is a simulation',
    options: [JSON_FLAG],
    input: z.object({ json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const rows = (await listAdopted((await open()).db)).map((one) => ({
        book: one.book,
        kind: one.kind,
        agreement: one.agreement.document.id,
        members: one.agreement.document.members,
        adopted_at: one.adopted_at,
        last_day: one.last_day,
      }))
      if (input.json) io.out(text(rows))
      else
        for (const one of rows)
          io.out(`${one.book}  ${one.kind}  ${one.agreement}  run to ${one.last_day ?? 'no day'}`)
      return 0
    },
  }),
  command({
    name: 'trust run',
    summary: 'run a day: state, what the law orders prepared for signature, exposure; never back',
    options: [['--book <id>', 'one book (default: all)'], ON_FLAG, JSON_FLAG],
    input: z.object({ book: book.optional(), on: day.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const on = input.on ?? today(shell)
      const books =
        input.book === undefined ? (await listAdopted(shell.db)).map((one) => one.book) : [input.book]
      const ran = []
      for (const name of books) {
        const done = await runTrustDay(shell, name, on, { actor: 'tenth trust run' })
        if (!done.ok) return tell(io, input.json, done.error)
        ran.push({ book: name, ...done.value })
      }
      if (input.json) io.out(text(ran))
      else
        for (const one of ran) {
          const because = one.because.length > 0 ? ` (${one.because.join(', ')})` : ''
          const owed = one.exposure ? dollarsText(one.exposure.owed) : `not known: ${one.exposure_missing}`
          io.out(`${one.book} on ${one.day}: ${one.state}${because}`)
          io.out(`  held ${dollarsText(one.held_cents)}; penalties and interest beside it: ${owed}`)
          io.out(`  prepared: ${one.prepared.join(', ') || 'nothing'}; waiting: ${one.waiting_items}`)
        }
      return 0
    },
  }),
  command({
    name: 'trust items',
    summary: 'what was prepared in a book: who signed, what is missing, whether the bank shows it',
    options: [BOOK_FLAG, ON_FLAG, JSON_FLAG],
    input: z.object({ book, on: day.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const trust = await loadTrust(shell.db, input.book)
      if (trust === undefined) return tell(io, input.json, { code: 'no_such_book', book: input.book })
      const on = input.on ?? dayOf(trust, today(shell))
      const items = trust.rows.items.map((item) => itemView(trust.agreement, trust.rows, item, on))
      if (input.json) io.out(text(items))
      else
        for (const one of items) {
          io.out(`${one.id}  ${one.action}  ${one.member}  ${dollarsText(one.amount_cents)}  ${one.status}`)
          io.out(`  content ${one.sha256}`)
          for (const { person, office } of one.signatures) io.out(`  signed by ${person}, ${office}`)
          for (const { id, next, says } of one.missing) io.out(`  missing: ${id} (${next}): ${says}`)
        }
      return 0
    },
  }),
  command({
    name: 'trust ach',
    summary: 'print the NACHA file of a release that was carried out',
    args: '<item>',
    options: [BOOK_FLAG],
    input: z.object({ item: z.string(), book }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const file = await loadAch((await open()).db, input.book, input.item)
      if (file === undefined) return tell(io, false, { code: 'unknown_item', item: input.item })
      io.out(file.replace(/\n$/, ''))
      return 0
    },
  }),
  command({
    name: 'trust exposure',
    summary: 'what the holding could cost on a day, per deposit and in all, beside what is held',
    options: [['--book <id>', 'one book (default: all)'], ON_FLAG, JSON_FLAG],
    input: z.object({ book: book.optional(), on: day.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const adopted = await listAdopted(shell.db)
      const named = adopted.filter(({ book: name }) => input.book === undefined || name === input.book)
      if (input.book !== undefined && named.length === 0)
        return tell(io, input.json, { code: 'no_such_book', book: input.book })
      const views = []
      for (const { book: name } of named) {
        const trust = await loadTrust(shell.db, name)
        if (trust === undefined) continue
        const on = input.on ?? dayOf(trust, today(shell))
        views.push({ trust, view: bookView(trust, trust.rows, await loadDays(shell.db, name), on) })
      }
      const rows = views.map(({ trust, view }) => ({ notice: noticeOf(trust), ...exposureOf(view) }))
      if (input.json) io.out(text(input.book === undefined ? rows : rows[0]))
      else for (const row of rows) for (const line of exposureText(row)) io.out(line)
      return 0
    },
  }),
  command({
    name: 'trust decide',
    summary:
      'why may or may not this move on a day: the policy that decides, and every condition that is missing',
    args: '[action]',
    options: [
      BOOK_FLAG,
      ['--item <id>', 'a prepared item, with its signatures'],
      ['--member <state>', 'whose money (default: the first member)'],
      ['--class <id>', 'depositor class (default: the first)'],
      ['--amount <dollars>', 'how much (default: one cent)'],
      ['--due <date>', 'hold: the day on which the deposit is due at the Treasury'],
      ON_FLAG,
      JSON_FLAG,
    ],
    input: z
      .object({
        action: z.enum(MONEY_ACTIONS, `wanted: one of ${MONEY_ACTIONS.join(', ')}`).optional(),
        book,
        item: z.string().optional(),
        member: member.optional(),
        class: z.string().optional(),
        amount: amount.optional(),
        due: day.optional(),
        on: day.optional(),
        json,
      })
      .refine(({ action, item }) => action !== undefined || item !== undefined, {
        path: ['action'],
        message: `wanted: one of ${MONEY_ACTIONS.join(', ')}, or --item`,
      }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const trust = await loadTrust(shell.db, input.book)
      if (trust === undefined) return tell(io, input.json, { code: 'no_such_book', book: input.book })
      const { agreement, rows } = trust
      const item = rows.items.find(({ id }) => id === input.item)
      if (input.item !== undefined && item === undefined)
        return tell(io, input.json, { code: 'unknown_item', item: input.item })
      const on = input.on ?? dayOf(trust, today(shell))
      const question = {
        action: item?.action ?? MoneyAction.parse(input.action),
        member: item?.member ?? input.member ?? agreement.document.members[0] ?? '',
        depositor_class: input.class ?? agreement.document.depositor_classes[0]?.id ?? '',
        amount_cents: item?.amount_cents ?? input.amount ?? 1n,
        deposit_due: input.due ?? on,
        ...(item && { item, signatures: signaturesOn(rows, item.id) }),
      }
      const decision = decisionView(decide(agreement, standingOf(rows, agreement.document), question, on))
      if (input.json) io.out(text({ notice: noticeOf(trust), book: input.book, ...decision }))
      else for (const line of decisionText(decision)) io.out(line)
      return decision.allowed ? 0 : 1
    },
  }),
]

const exposureOf = ({ book: name, kind, day: on, state, because, held_cents, exposure }: BookView) => ({
  book: name,
  kind,
  day: on,
  state,
  because,
  held_cents,
  exposure,
})

function* exposureText(row: ReturnType<typeof exposureOf> & { readonly notice: string }): Generator<string> {
  yield `${row.book} (${row.kind}) on ${row.day}: ${row.state}. ${row.notice}`
  yield `  held                 ${dollarsText(row.held_cents).padStart(20)}`
  if (row.exposure === null) {
    yield '  penalties and interest are not known: the rate of a quarter is not carried'
    return
  }
  yield `  deposit penalty      ${dollarsText(row.exposure.deposit_penalty_cents).padStart(20)}`
  yield `  late payment         ${dollarsText(row.exposure.late_payment_cents).padStart(20)}`
  yield `  interest             ${dollarsText(row.exposure.interest_cents).padStart(20)}`
  yield `  in all               ${dollarsText(row.exposure.owed_cents).padStart(20)}`
  for (const one of row.exposure.deposits)
    yield `  ${one.id}: held ${dollarsText(one.held_cents)}, due ${one.due_date}, ${one.days_late} days late, ${one.percent} % (${one.tier}): ${dollarsText(one.owed_cents)}`
}

function* decisionText(decision: DecisionView): Generator<string> {
  const { action, amount_cents, day: on, state } = decision
  const verdict = decision.allowed ? 'allowed' : 'refused'
  yield `${action} of ${dollarsText(amount_cents)} on ${on}: ${verdict} by ${decision.decided_by} (agreement ${state})`
  for (const one of decision.missing) {
    yield `  missing: ${one.id}: ${one.says}`
    yield `    ${one.quote ? `"${one.quote}"` : one.paraphrase} (${one.citation})`
    yield `    judged on ${one.judged_on.fact}: ${JSON.stringify(one.judged_on.value)}; next: ${one.next}`
  }
}
