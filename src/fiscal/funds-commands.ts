import { resolve } from 'node:path'
import { z } from 'zod'
import { type Command, cents, command, divisionOfState, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { syncFiles } from '../registry/store.ts'
import { parseAmount } from './award-row.ts'
import { findAwards, groupAwards, listAwards, listInventories } from './awards-store.ts'
import { DISRUPTION_FIELDS, type DisruptionForm, readDisruption } from './disruption-form.ts'
import { listDisruptions, recordDisruption } from './disruption-store.ts'
import { importAwards } from './import.ts'
import { disruptionMessage, exactDollars, importMessage } from './messages.ts'
import { JSON_FLAG, json, openFiscal, printJson, printTable, StateCode } from './position-commands.ts'
import { INVENTORY_FORMATS, Strength } from './schema.ts'
import { loadReserve } from './store.ts'
import { awardsTable, disruptionsTable } from './table.ts'
import { type Line, MOST_MONTHS, stop } from './what-if.ts'

const state = StateCode
const STATE_FLAG = ['--state <state>', 'postal code of the state'] as const
const inventory = z.string().optional()
const INVENTORY_FLAG = ['--inventory <id>', 'a list by its id; else the newest'] as const

export const fundsCommands: readonly Command<Shell>[] = [
  command({
    name: 'funds import',
    summary: 'take in a list of federal awards: all of it, or nothing',
    args: '<file>',
    options: [
      STATE_FLAG,
      ['--format <format>', `${INVENTORY_FORMATS.join(', ')}; default sefa`],
      ['--year <year>', 'fiscal year, where the file has no column for it'],
      ['--title <title>', 'name of the list; default the name of the file'],
      ['--dry-run', 'judge the file and write nothing'],
      JSON_FLAG,
    ],
    input: z.object({
      file: z.string(),
      state,
      format: z.enum(INVENTORY_FORMATS).default('sefa'),
      year: z
        .string()
        .regex(/^(?:19|20)\d{2}$/, 'wanted: a year such as 2025')
        .transform(Number)
        .optional(),
      title: z.string().optional(),
      dryRun: z.boolean().default(false),
      json,
    }),
    run: async (input, io, open) => {
      const shell = await openFiscal(open)
      const stopper = stopOnInterrupt()
      const progress = showProgress(io)
      const done = await importAwards(
        shell,
        {
          ...input,
          path: resolve(io.cwd, input.file),
          file_name: input.file,
          usps: input.state,
          dry_run: input.dryRun,
          actor: 'operator',
        },
        { signal: stopper.signal, onProgress: progress },
      )
      stopper.end()
      if (!done.ok) {
        if (input.json) printJson(io, { error: done.error })
        else for (const line of importMessage(done.error)) io.err(line)
        return 1
      }
      const { inventory: kept, ties_to_total, subtotals, elsewhere } = done.value
      if (input.json) printJson(io, done.value)
      else
        io.out(
          [
            `${input.dryRun ? 'Would import' : 'Imported'} ${kept.award_count} awards of ${exactDollars(kept.total_cents)} as ${kept.id}.`,
            ties_to_total
              ? 'The sum ties to the total row of the file.'
              : 'The file has no total row to tie to.',
            ...(subtotals > 0 ? [`${subtotals} subtotal rows were not added.`] : []),
            ...(elsewhere > 0 ? [`${elsewhere} rows of other states were left aside.`] : []),
          ].join('\n'),
        )
      return 0
    },
  }),
  command({
    name: 'funds list',
    summary: 'the federal awards of a state, or its lists of them',
    options: [
      STATE_FLAG,
      INVENTORY_FLAG,
      ['--lists', 'the lists instead of their awards'],
      ['--format <format>', 'table, csv or json'],
    ],
    input: z.object({
      state,
      inventory,
      lists: z.boolean().default(false),
      format: z.enum(['table', 'csv', 'json']).default('table'),
    }),
    run: async (input, io, open) => {
      const { db } = await openFiscal(open)
      const place = divisionOfState(input.state)
      const lists = await listInventories(db, place)
      if (input.lists) {
        printJson(io, lists)
        return 0
      }
      const chosen = input.inventory ? lists.find((list) => list.id === input.inventory) : lists[0]
      if (!chosen) return refuseList(io, input.inventory, lists)
      const awards = await listAwards(db, place, chosen.id, { limit: chosen.award_count, after: 0 })
      printTable(io, awardsTable(input.state, chosen.id, awards), input.format)
      return 0
    },
  }),
  command({
    name: 'funds disruptions',
    summary: 'what the federal government stopped or gave back; --add records one',
    options: [
      STATE_FLAG,
      ['--add <fields...>', `name=value for ${DISRUPTION_FIELDS.join(', ')}; amounts in dollars`],
      ['--format <format>', 'table, csv or json'],
      JSON_FLAG,
    ],
    input: z.object({
      state,
      add: z.array(z.string().regex(/^[a-z_]+=/, 'wanted: name=value')).optional(),
      format: z.enum(['table', 'csv', 'json']).default('table'),
      json,
    }),
    run: async (input, io, open) => {
      const shell = await openFiscal(open)
      if (input.add && !(await addDisruption(shell, io, input.state, input.add))) return 1
      const list = await listDisruptions(shell.db, { jurisdiction: divisionOfState(input.state) })
      printTable(io, disruptionsTable('disruptions', list), input.json ? 'json' : input.format)
      return 0
    },
  }),
  command({
    name: 'funds what-if',
    summary: 'what a stop of some lines would do to cash, month by month',
    options: [
      STATE_FLAG,
      INVENTORY_FLAG,
      ['--months <months>', `1 to ${MOST_MONTHS}`],
      ['--lines <lines>', 'numbers with commas, a legal strength such as project, or all'],
      ['--reserve <dollars>', 'reserve at the start; else the one on record'],
      JSON_FLAG,
    ],
    input: z.object({
      state,
      inventory,
      months: z.coerce
        .number(`wanted: 1 to ${MOST_MONTHS}`)
        .int(`wanted: 1 to ${MOST_MONTHS}`)
        .min(1, `wanted: 1 to ${MOST_MONTHS}`)
        .max(MOST_MONTHS, `wanted: 1 to ${MOST_MONTHS}`),
      lines: z.string().regex(/^(?:\d+(?:,\d+)*|[a-z_]+)$/, 'wanted: 1,2,3 or a legal strength or all'),
      reserve: z
        .string()
        .refine((value) => parseAmount(value) !== undefined, 'wanted: an amount in dollars')
        .optional(),
      json,
    }),
    run: async (input, io, open) => {
      const { db } = await openFiscal(open)
      const place = divisionOfState(input.state)
      const lists = await listInventories(db, place)
      const chosen = input.inventory ? lists.find((list) => list.id === input.inventory) : lists[0]
      if (!chosen) return refuseList(io, input.inventory, lists)
      const lines = await chosenLines(db, place, chosen.id, input.lines)
      if (lines.length === 0) {
        io.err(`no line of ${chosen.id} is ${input.lines}; see tenth funds list --state ${input.state}`)
        return 1
      }
      const given = input.reserve === undefined ? undefined : parseAmount(input.reserve)
      const onRecord = (await loadReserve(db, place))?.amount_cents
      const reserve = given ?? (onRecord === undefined ? undefined : cents(onRecord))
      const effect = stop(lines, { months: input.months, reserve })
      if (input.json) printJson(io, { inventory: chosen.id, ...effect })
      else io.out(describeStop(effect))
      return 0
    },
  }),
]

/** Lines by their numbers, or all of one strength, or all; a long list is taken by programme. */
export async function chosenLines(
  db: Shell['db'],
  place: ReturnType<typeof divisionOfState>,
  inventoryId: string,
  words: string,
): Promise<readonly Line[]> {
  if (/^\d/.test(words)) return findAwards(db, place, inventoryId, words.split(',').map(Number))
  const groups = await groupAwards(db, place, inventoryId)
  const strength = Strength.safeParse(words)
  return words === 'all'
    ? groups
    : groups.filter((group) => strength.success && group.strength === strength.data)
}

function describeStop(effect: ReturnType<typeof stop>): string {
  const runway = effect.runway_tenths
  return [
    'month            lost     lost so far    reserve left',
    ...effect.months.map(
      (m) =>
        `${String(m.month).padStart(5)}  ${exactDollars(m.lost).padStart(14)}  ${exactDollars(m.lost_so_far).padStart(14)}  ${(m.reserve_left === undefined ? 'not recorded' : exactDollars(m.reserve_left)).padStart(14)}`,
    ),
    `In all ${exactDollars(effect.total)}. The state's own match for these lines would be ${exactDollars(effect.match_free)}.`,
    runway === undefined
      ? 'Reserve: none on record, so no runway.'
      : `The reserve would last ${Number(runway) / 10} months.`,
    `Services: ${effect.services.join('; ')}`,
    ...(effect.state_agencies.length > 0 ? [`State agencies: ${effect.state_agencies.join('; ')}`] : []),
    'Information and simulation, not legal advice.',
  ].join('\n')
}

async function addDisruption(
  shell: Shell,
  io: Io,
  usps: z.infer<typeof StateCode>,
  pairs: readonly string[],
): Promise<boolean> {
  const form = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2))) as DisruptionForm
  const unknown = Object.keys(form).filter((name) => !(DISRUPTION_FIELDS as readonly string[]).includes(name))
  for (const name of unknown) io.err(`${name}: wanted one of ${DISRUPTION_FIELDS.join(', ')}`)
  const read = readDisruption(usps, form)
  if (!read.ok)
    for (const { field, found, wanted } of read.error)
      io.err(`${field}: found ${found === '' ? 'nothing' : `"${found}"`}; wanted ${wanted}`)
  if (!read.ok || unknown.length > 0) return false
  await syncFiles(shell.db, { at: shell.now(), actor: 'tenth funds' })
  const recorded = await recordDisruption(shell, read.value, 'operator')
  if (recorded.ok) io.err(`Recorded ${recorded.value.id}, version ${recorded.value.version}.`)
  else for (const line of disruptionMessage(recorded.error)) io.err(line)
  return recorded.ok
}

function refuseList(io: Io, id: string | undefined, lists: readonly { readonly id: string }[]): 1 {
  io.err(
    `no list ${id ?? ''}; there ${lists.length === 1 ? 'is' : 'are'}: ${lists.map((list) => list.id).join(', ') || 'none'}`,
  )
  return 1
}

/** The first Ctrl-C stops the import and leaves nothing of it; a second one ends the program. */
function stopOnInterrupt(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController()
  const stopNow = () => controller.abort()
  process.once('SIGINT', stopNow)
  process.once('SIGTERM', stopNow)
  return {
    signal: controller.signal,
    end: () => {
      process.removeListener('SIGINT', stopNow)
      process.removeListener('SIGTERM', stopNow)
    },
  }
}

function showProgress(io: Io) {
  let next = 0
  return ({ awards, bytes, size }: { awards: number; bytes: number; size: number }) => {
    if (!io.isTerminal || awards < next) return
    next = awards + 40_000
    io.err(
      `${awards.toLocaleString('en-US')} awards read, ${Math.min(100, Math.round((100 * bytes) / Math.max(1, size)))}% of the file; Ctrl-C stops and keeps nothing`,
    )
  }
}
