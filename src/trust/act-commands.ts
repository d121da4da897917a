import { z } from 'zod'
import { type Command, cents, command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { adoptCommand } from './adopt-command.ts'
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
import { ACTOR, print, simulation, today } from './asked-store.ts'
import { itemHash } from './items.ts'
import { readPayRun } from './payroll-files.ts'
import { recordCommand } from './record-command.ts'
import { Office } from './schema.ts'
import { readStatement } from './statement-files.ts'
import { dayOf, prepare, settleStatement, sign, takePayday } from './store.ts'
import { decisionView } from './views/decision.ts'

const as = z.string('wanted: the name of who acts').min(1)

export const actCommands: readonly Command<Shell>[] = [
  adoptCommand,
  command({
    name: 'trust payday',
    summary: 'take the deposits of a pay run into a simulation, each judged for itself',
    args: '<run>',
    options: [BOOK_FLAG, ['--on <date>', 'the payday'], JSON_FLAG],
    input: z.object({ run: z.string(), book, on: day, json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const trust = await simulation(shell, io, input.book, input.json)
      if (typeof trust === 'number') return trust
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
  recordCommand,
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
      const trust = await simulation(shell, io, input.book, input.json)
      if (typeof trust === 'number') return trust
      const asked = { action: input.action, member: input.member, amount_cents: input.amount }
      const on = input.on ?? dayOf(trust, today(shell))
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
      const trust = await simulation(shell, io, input.book, input.json)
      if (typeof trust === 'number') return trust
      const item = trust.rows.items.find(({ id }) => id === input.item)
      const item_sha256 = input.sha256 ?? (item ? itemHash(item) : '')
      const signature = { item_sha256, person: input.as, office: input.office }
      const on = input.on ?? dayOf(trust, today(shell))
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
      const trust = await simulation(shell, io, input.book, input.json)
      if (typeof trust === 'number') return trust
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
