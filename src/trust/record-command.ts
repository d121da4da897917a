import { z } from 'zod'
import { command, type IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { loadBook, syncFiles } from '../registry/store.ts'
import { amount, BOOK_FLAG, book, day, JSON_FLAG, json, member, tell } from './asked.ts'
import { ACTOR, print, simulation, today } from './asked-store.ts'
import { federalActionFact, findingFact } from './fact-of-record.ts'
import { type Fact, Fact as FactSchema } from './schema.ts'
import { dayOf, record } from './store.ts'

export const recordCommand = command({
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
    const trust = await simulation(shell, io, input.book, input.json)
    if (typeof trust === 'number') return trust
    const made = await factAsked(shell, input, input.on ?? dayOf(trust, today(shell)))
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
})

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
