import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { command, type Instant } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { hledgerFormat } from '../ledger/index.ts'
import { readNamed } from './agreement-files.ts'
import { day, JSON_FLAG, json } from './asked.ts'
import { daysBetween } from './liability/days.ts'
import { lifeText } from './life-text.ts'
import { readPayRun } from './payroll-files.ts'
import { faultText } from './read.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { rehearsalDays, rehearsalItems, rehearsalStatements } from './views/rehearsal.ts'

const NOTICE =
  'A simulation. People, orders, reports, bank and payments are invented; no such law was found in force, and officers who hold federal tax face penalties.'
const ASSUMPTIONS = [
  'The pay run is paid every second Friday, at the withholding tables of its own year.',
  'Every member is a semiweekly depositor, and every tax that is not held is paid on time.',
  'The simulated bank shows a payment on the next business day.',
]
const MOST_DAYS = 3_700

export const rehearseCommand = command<Shell, ReturnType<typeof inputOf>>({
  name: 'trust rehearse',
  summary:
    'play the whole life of an agreement on a real pay run: holds, refusals, signatures, release, settlement',
  args: '<agreement>',
  options: [
    [
      '--payroll <file>',
      'a pay run as tenth withholding payroll reads it, without names; - for standard input',
    ],
    ['--from <date>', 'first day'],
    ['--to <date>', 'last day'],
    ['--out <folder>', 'write payment files, bank statement and journal there'],
    JSON_FLAG,
  ],
  input: inputOf(),
  run: async (input, io) => {
    const read = readNamed(input.agreement, io)
    if (!read.ok) {
      for (const fault of read.error) io.err(faultText(fault))
      return 1
    }
    const run = await readPayRun(input.payroll, io)
    if ('refused' in run) {
      io.err(run.refused)
      return 1
    }
    const agreement = read.value
    const played = rehearse(agreement, run, input.from, input.to)
    const journal = journalOf(played)
    const files = [...played.files, { name: 'journal.hledger', text: journal }]
    if (input.out !== undefined) {
      const folder = resolve(io.cwd, input.out)
      mkdirSync(folder, { recursive: true })
      for (const { name, text } of files) writeFileSync(join(folder, name), text)
    }
    const days = rehearsalDays(played)
    const { agencies: _, ...payroll } = run
    if (input.json)
      io.out(
        JSON.stringify(
          {
            simulation: true,
            notice: NOTICE,
            agreement: agreement.document.id,
            agreement_sha256: agreement.sha256,
            from: input.from,
            to: input.to,
            unit: 'cents',
            payroll,
            assumptions: ASSUMPTIONS,
            days,
            items: rehearsalItems(agreement, played),
            statements: rehearsalStatements(agreement, played),
            files: files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) })),
          },
          (_name, value) => (typeof value === 'bigint' ? String(value) : value),
          2,
        ),
      )
    else for (const line of [NOTICE, ...lifeText(played.days)]) io.out(line)
    return 0
  },
})

function inputOf() {
  return z
    .object({
      agreement: z.string(),
      payroll: z.string('wanted: a pay run, such as src/trust/data/example-pay-run.csv'),
      from: day,
      to: day,
      out: z.string().optional(),
      json,
    })
    .refine(({ from, to }) => from <= to && daysBetween(from, to) <= MOST_DAYS, {
      path: ['to'],
      message: `wanted: a date after --from, at most ${MOST_DAYS} days later`,
    })
}

function journalOf({ ledger, book }: Rehearsal): string {
  const accounts = [...ledger.accounts.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const rows = [...ledger.transfers.values()]
  const [first, last] = [rows[0]?.date ?? '2000-01-01', rows.at(-1)?.date ?? '2000-01-01']
  const body = rows.map((row, place) =>
    hledgerFormat.row({ ...row, batch: 1n, place, recordedAt: `${row.date}T00:00:00.000Z` as Instant }),
  )
  return `; ${NOTICE}\n${hledgerFormat.head(book.book, accounts, first)}${body.join('')}${hledgerFormat.foot(accounts, last)}`
}
