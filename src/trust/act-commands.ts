import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { type Command, cents, command, type ExitCode, type Io, type IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { loadBook, syncFiles } from '../registry/store.ts'
import { readNamed } from './agreement-files.ts'
import {
  AS_FLAG,
  amount,
  BOOK_FLAG,
  book,
  day,
  dollarsText,
  JSON_FLAG,
  json,
  member,
  ON_FLAG,
  tell,
} from './asked.ts'
import { loadTrust } from './book-store.ts'
import { federalActionFact, findingFact } from './fact-of-record.ts'
import { itemHash } from './items.ts'
import type { PayingAccount } from './payments.ts'
import { readPayRun } from './payroll-files.ts'
import { faultText } from './read.ts'
import { Authority, type Fact, Fact as FactSchema, Office } from './schema.ts'
import { readStatement } from './statement-files.ts'
import { adopt, prepare, record, settleStatement, sign, takePayday } from './store.ts'
import { decisionView } from './views/decision.ts'

const ACTOR = 'tenth trust'
const as = z.string('wanted: the name of who acts').min(1)
const today = (shell: Shell): IsoDate => shell.now().slice(0, 10) as IsoDate
const print = (io: Io, value: unknown): void =>
  io.out(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one), 2))

/** On the command line only a simulation is acted on: who signs for real money has signed in. */
async function refuseOperating(
  shell: Shell,
  io: Io,
  name: string,
  isJson: boolean,
): Promise<ExitCode | undefined> {
  const trust = await loadTrust(shell.db, name)
  if (trust === undefined) return tell(io, isJson, { code: 'no_such_book', book: name })
  if (trust.kind === 'simulation') return undefined
  const detail = `${name} holds real money. Sign in and act in the browser: this command is for simulations.`
  return tell(io, isJson, { code: 'sign_in_wanted', detail })
}

const Law = z.strictObject({
  authority: Authority,
  accounts: z.record(
    z.string(),
    z.strictObject({ ein: z.string(), name: z.string(), bank_routing: z.string(), bank_name: z.string() }),
  ),
})

/** The enacted authority and the paying accounts of an operating book. */
function readLaw(path: string, io: Io): z.infer<typeof Law> | string {
  try {
    const read = Law.safeParse(parseYaml(readFileSync(resolve(io.cwd, path), 'utf8')))
    return read.success
      ? read.data
      : `${path}: ${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`
  } catch (error) {
    return `${path}: ${(error as Error).message}`
  }
}

const SIMULATED = {
  authority: { kind: 'simulation' as const },
  accounts: {} as Record<string, PayingAccount>,
}

export const actCommands: readonly Command<Shell>[] = [
  command({
    name: 'trust adopt',
    summary: 'adopt an agreement in a book of its own: a simulation, unless an enacted law is given',
    args: '<agreement>',
    options: [
      ['--book <id>', 'name of the new book'],
      ['--law <file>', 'YAML with authority (citation, effective, opinion) and accounts: real money'],
      JSON_FLAG,
    ],
    input: z.object({ agreement: z.string(), book, law: z.string().optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const read = readNamed(input.agreement, io)
      if (!read.ok) {
        for (const fault of read.error) io.err(faultText(fault))
        return 1
      }
      const law = input.law === undefined ? SIMULATED : readLaw(input.law, io)
      if (typeof law === 'string') return tell(io, input.json, { code: 'file_refused', detail: law })
      const kind = law.authority.kind === 'enacted' ? ('operating' as const) : ('simulation' as const)
      const shell = await open()
      const asked = { book: input.book, kind, agreement: read.value, ...law }
      const done = await adopt(shell, asked, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      if (input.json) print(io, { book: input.book, kind, agreement: read.value.document.id })
      else io.out(`${input.book} is a book of ${read.value.document.id} (${kind})`)
      return 0
    },
  }),
  command({
    name: 'trust payday',
    summary: 'take the deposits of a pay run into a simulation, each judged for itself',
    args: '<run>',
    options: [BOOK_FLAG, ['--on <date>', 'the payday'], JSON_FLAG],
    input: z.object({ run: z.string(), book, on: day, json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const refused = await refuseOperating(shell, io, input.book, input.json)
      if (refused !== undefined) return refused
      const run = await readPayRun(input.run, io)
      if ('refused' in run) return tell(io, input.json, { code: 'file_refused', detail: run.refused })
      const done = await takePayday(shell, input.book, run, input.on, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      const { decisions, direct_cents } = done.value
      const held = decisions.filter(({ decision }) => decision.allowed)
      if (input.json)
        print(io, {
          held: held.map(({ deposit }) => deposit),
          refused: decisions
            .filter(({ decision }) => !decision.allowed)
            .map(({ deposit, decision }) => ({ deposit, decision: decisionView(decision) })),
          direct_cents,
        })
      else {
        const sum = held.reduce((total, { deposit }) => total + deposit.amount_cents, 0n)
        io.out(`${held.length} of ${decisions.length} deposits held: ${dollarsText(sum)}`)
        const missing = new Set(decisions.flatMap(({ decision }) => decision.missing.map(({ id }) => id)))
        if (missing.size > 0) io.out(`not held for want of ${[...missing].join(', ')}`)
      }
      return 0
    },
  }),
  command({
    name: 'trust record',
    summary: 'record a fact that decisions stand on, with its document',
    args: '<kind>',
    options: [
      BOOK_FLAG,
      ['--on <date>', 'the day on which it happened (default: today)'],
      ['--source <text>', 'the document: number, docket entry or address'],
      ['--record <id>', 'action, finding: the record of the registry'],
      ['--finding <what>', 'contravenes, does-not-contravene, reversed, stayed, stay-lifted'],
      ['--order <what>', 'stay, stay-lifted, strike, pay-treasury, not-owed, freeze, freeze-lifted'],
      ['--court <name>', 'order: the court'],
      ['--docket <number>', 'order: the docket'],
      ['--office <office>', 'report, sign-off: the office'],
      ['--person <name>', 'sign-off: who signed'],
      ['--amount <dollars>', 'report: arrears; action: unpaid; panel: released; earnings: earned'],
      [
        '--act <what>',
        'panel: finds-unconstitutional, withdraws-finding, releases; notice: delivered, relieved',
      ],
      ['--member <state>', 'member-exit, order: the member'],
      JSON_FLAG,
    ],
    input: z.object({
      kind: z.enum(
        [
          'action',
          'finding',
          'report',
          'order',
          'sign-off',
          'panel',
          'member-exit',
          'notice',
          'earnings',
          'wind-up',
        ],
        'wanted: action, finding, report, order, sign-off, panel, member-exit, notice, earnings or wind-up',
      ),
      book,
      on: day.optional(),
      source: z.string('wanted: the document').min(1, 'wanted: the document'),
      record: z.string().optional(),
      finding: z.string().optional(),
      order: z.string().optional(),
      court: z.string().optional(),
      docket: z.string().optional(),
      office: z.string().optional(),
      person: z.string().optional(),
      amount: amount.optional(),
      act: z.string().optional(),
      member: member.optional(),
      json,
    }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const refused = await refuseOperating(shell, io, input.book, input.json)
      if (refused !== undefined) return refused
      const made = await factAsked(shell, input, input.on ?? today(shell))
      if (typeof made === 'string') {
        io.err(`tenth trust record: ${made}`)
        return 2
      }
      const done = await record(shell, input.book, made, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      if (input.json) print(io, { ...done.value, fact: made })
      else io.out(`${done.value.id}: ${made.kind} of ${made.on}`)
      return 0
    },
  }),
  command({
    name: 'trust prepare',
    summary: 'prepare an act with held money for others to sign',
    args: '<action>',
    options: [
      BOOK_FLAG,
      ['--member <state>', 'whose money it is'],
      ['--amount <dollars>', 'how much: the oldest deposits first'],
      AS_FLAG,
      ON_FLAG,
      JSON_FLAG,
    ],
    input: z.object({
      action: z.enum(
        ['release-to-treasury', 'return-to-depositor', 'pay-member', 'wind-up'],
        'wanted: release-to-treasury, return-to-depositor, pay-member or wind-up',
      ),
      book,
      member,
      amount: amount.default(cents(0n)),
      as,
      on: day.optional(),
      json,
    }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const refused = await refuseOperating(shell, io, input.book, input.json)
      if (refused !== undefined) return refused
      const asked = { action: input.action, member: input.member, amount_cents: input.amount }
      const on = input.on ?? today(shell)
      const done = await prepare(shell, input.book, asked, on, input.as, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      if (input.json) print(io, done.value)
      else io.out(`${done.value.item.id}: sign its content ${done.value.sha256}`)
      return 0
    },
  }),
  command({
    name: 'trust sign',
    summary: 'sign a prepared act of a simulation; the last signature that was missing carries it out',
    args: '<item>',
    options: [
      BOOK_FLAG,
      AS_FLAG,
      ['--office <office>', 'the office in which you sign'],
      ['--sha256 <hash>', 'the content that you saw (default: the content as it stands)'],
      ON_FLAG,
      JSON_FLAG,
    ],
    input: z.object({
      item: z.string(),
      book,
      as,
      office: Office,
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/, 'wanted: a SHA-256 as 64 small hexadecimal digits')
        .optional(),
      on: day.optional(),
      json,
    }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const refused = await refuseOperating(shell, io, input.book, input.json)
      if (refused !== undefined) return refused
      const trust = await loadTrust(shell.db, input.book)
      const item = trust?.rows.items.find(({ id }) => id === input.item)
      const item_sha256 = input.sha256 ?? (item ? itemHash(item) : '')
      const signature = { item_sha256, person: input.as, office: input.office }
      const on = input.on ?? today(shell)
      const done = await sign(shell, input.book, input.item, signature, on, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      const { executed, missing } = done.value
      if (input.json) print(io, { item: input.item, executed, missing })
      else if (executed) io.out(`${input.item} was carried out`)
      else for (const { id, says, next } of missing) io.out(`still missing: ${id} (${next}): ${says}`)
      return 0
    },
  }),
  command({
    name: 'trust settle',
    summary: 'match a bank statement (CSV or BAI2) with payments on their way; what does not match is listed',
    args: '<statement>',
    options: [BOOK_FLAG, JSON_FLAG],
    input: z.object({ statement: z.string(), book, json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const refused = await refuseOperating(shell, io, input.book, input.json)
      if (refused !== undefined) return refused
      const lines = readStatement(input.statement, io)
      if (!lines.ok) {
        const { line, field, found, wanted } = lines.error
        const detail = `${input.statement}:${line}: ${field}: found ${found}; wanted: ${wanted}`
        return tell(io, input.json, { code: 'file_refused', detail })
      }
      const done = await settleStatement(shell, input.book, lines.value, { actor: ACTOR })
      if (!done.ok) return tell(io, input.json, done.error)
      const { matched, short, duplicate, returned, unmatched_entries, unmatched_lines } = done.value
      if (input.json) print(io, done.value)
      else {
        io.out(`${matched.length} payments settled`)
        for (const one of short)
          io.out(`short by ${dollarsText(one.missing)}: line ${one.line.line}, ${one.entry.payment}`)
        for (const one of duplicate) io.out(`second line for a settled payment: line ${one.line.line}`)
        for (const one of returned) io.out(`came back: line ${one.line.line}, ${one.entry.payment}`)
        for (const one of unmatched_lines)
          io.out(`no payment explains line ${one.line}: ${dollarsText(one.amount)}`)
        for (const one of unmatched_entries)
          io.out(`not seen at the bank: ${one.payment}, ${dollarsText(one.amount)}`)
      }
      return short.length + duplicate.length + returned.length + unmatched_lines.length === 0 ? 0 : 1
    },
  }),
]

interface AskedFact {
  readonly kind: string
  readonly source: string
  readonly record?: string | undefined
  readonly finding?: string | undefined
  readonly order?: string | undefined
  readonly court?: string | undefined
  readonly docket?: string | undefined
  readonly office?: string | undefined
  readonly person?: string | undefined
  readonly act?: string | undefined
  readonly amount?: bigint | undefined
  readonly member?: string | undefined
}

/** The fact that the options describe, or what is wrong with them. */
async function factAsked(shell: Shell, asked: AskedFact, on: IsoDate): Promise<Fact | string> {
  const { kind, source, amount: sum, ...rest } = asked
  if (kind === 'action' || kind === 'finding') {
    await syncFiles(shell.db, { at: shell.now(), actor: ACTOR })
    const registry = await loadBook(shell.db, { asOf: on })
    const made =
      kind === 'action'
        ? federalActionFact(registry, rest.record ?? '', on, sum)
        : findingFact(registry, rest.record ?? '', on, rest.finding as never, source)
    return made.ok ? checked(made.value) : made.error.detail
  }
  const text = sum === undefined ? undefined : String(sum)
  const fields: Readonly<Record<string, object>> = {
    report: { kind, office: rest.office, arrears_cents: text },
    order: { kind, order: rest.order, court: rest.court, docket: rest.docket, member: rest.member },
    'sign-off': { kind, office: rest.office, person: rest.person },
    panel: { kind, act: rest.act, ...(text !== undefined && { cents: text }) },
    'member-exit': { kind, member: rest.member },
    notice: { kind: 'special-account-notice', act: rest.act },
    earnings: { kind, cents: text },
    'wind-up': { kind: 'wind-up-decided' },
  }
  return checked({ ...fields[kind], on, source })
}

/** Holds a fact against its schema; the first fault names the option. */
function checked(fact: object): Fact | string {
  const plain = JSON.parse(JSON.stringify(fact, (_, one) => (typeof one === 'bigint' ? String(one) : one)))
  const read = FactSchema.safeParse(plain)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const name = String(issue?.path.at(-1) ?? 'kind')
  const option = name.endsWith('cents') ? 'amount' : name
  return `--${option}: ${issue?.message.replace(/^Invalid option: expected/, 'wanted') ?? 'wanted: another value'}`
}
