import { resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, type Io, stateOf, UspsCode } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { modelOf, parseRunOptions } from '../scenario/index.ts'
import { agendaOf } from './agenda/agenda.ts'
import { agendaJson, agendaText, timetableJson, timetableText } from './agenda/agenda-paper.ts'
import { monthOf } from './agenda/calendar.ts'
import { planTimetable } from './agenda/plan-timetable.ts'
import type { ScheduleError } from './agenda/rcpsp.ts'
import { briefCommands } from './brief/commands.ts'
import { documentCommands } from './documents/commands.ts'
import { Count, holdPlan, JSON_FLAG, json, openFacts, refuse, Threads } from './documents/named-files.ts'
import { readGroundwork, readSessions } from './files.ts'
import { compareCommands } from './results/compare-commands.ts'
import { sensitivityCommands } from './runs/sensitivity-commands.ts'
import { runPlan } from './runs/simulate-store.ts'
import { simulationJson, simulationText } from './runs/simulation-paper.ts'
import { planJsonSchema } from './schema.ts'
import type { PlanFacts } from './store.ts'
import { sweepCommands } from './sweep/commands.ts'

const StateCode = z
  .string()
  .transform((code) => code.toUpperCase())
  .pipe(UspsCode)
const MonthText = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'wanted: a month as YYYY-MM')
const print = (io: Io, value: unknown): void => io.out(JSON.stringify(value, null, 2))

const groundsAt = (facts: PlanFacts, month: string) => ({
  book: facts.book,
  groundwork: readGroundwork(),
  sessions: readSessions(),
  from: monthOf(month),
})

function scheduleWords(error: ScheduleError): string {
  switch (error.code) {
    case 'cyclic_prerequisite':
      return `a cyclic prerequisite: ${error.ids.join(' after ')}`
    case 'demand_over_capacity':
      return `${error.id} needs more staff than the office has`
    case 'calendar_closed':
      return `no session is left in which ${error.id} fits`
  }
}

export const commands: readonly Command<Shell>[] = [
  ...documentCommands,
  command({
    name: 'plan schema',
    summary: 'the JSON Schema of a plan document',
    input: z.object({}),
    run: async (_, io) => {
      print(io, planJsonSchema())
      return 0
    },
  }),
  command({
    name: 'plan check',
    summary: 'hold a plan against its schema and the facts',
    args: '<plan>',
    options: [JSON_FLAG],
    input: z.object({ plan: z.string(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const held = await holdPlan(input.plan, io, open)
      if (!held.ok) return refuse(io, held.error, input.json)
      const { read, checked, facts } = held.value
      const measures = read.plan.measures.map(({ id, playbook_type, start }, m) => ({
        id,
        playbook_type,
        start,
        legal_tier: checked.tiers[m],
      }))
      const left_out = checked.left_out.map(({ usps, missing }) => ({ usps, missing }))
      if (input.json) print(io, { plan: read.plan.id, facts: facts.version, measures, left_out })
      else {
        io.out(`${read.plan.id} is a plan that can be simulated (${facts.version})`)
        for (const one of measures)
          io.out(`  month ${one.start}: ${one.id}, ${one.playbook_type} [${one.legal_tier}]`)
        for (const one of left_out) io.out(`  left out of the model: ${one.usps}, ${one.missing.join('; ')}`)
      }
      return 0
    },
  }),
  command({
    name: 'plan agenda',
    summary:
      'each playbook type as it stands in a state: in force, proposed, tried, open; and what must come first',
    args: '<state>',
    options: [['--from <month>', 'first month of work, YYYY-MM; the next month where not given'], JSON_FLAG],
    input: z.object({ state: StateCode, from: MonthText.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const { shell, facts } = await openFacts(open)
      const agenda = agendaOf(input.state, groundsAt(facts, input.from ?? nextMonth(shell)))
      if (input.json) print(io, agendaJson(agenda))
      else io.out(agendaText(agenda))
      return 0
    },
  }),
  command({
    name: 'plan inputs',
    summary: 'what the model takes for a state, each with its year and source',
    args: '<state>',
    options: [JSON_FLAG],
    input: z.object({ state: StateCode, json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const { facts } = await openFacts(open)
      const place = facts.places.find(({ usps }) => usps === input.state)
      if (!place) {
        io.err(`${stateOf(input.state).name} is not in the model: it holds the 50 states and DC`)
        return 1
      }
      const lines = place.lines.map(({ figures, ...line }) => ({
        ...line,
        sources: [...new Set(figures.map(({ series, source, year }) => `${series} ${year} (${source})`))],
      }))
      if (input.json)
        print(io, {
          usps: place.usps,
          facts: facts.version,
          lines,
          missing: place.missing,
          hazards: facts.hazards,
        })
      else {
        for (const { symbol, value, unit, years, basis, how, sources } of lines)
          io.out(
            `${symbol} = ${value} ${unit} [${basis}; ${years.join(', ') || 'no year'}]\n  ${how}${sources.length > 0 ? `\n  ${sources.join('; ')}` : ''}`,
          )
        for (const what of place.missing) io.out(`missing: ${what}`)
        const { freezeMedian, restoreMedian, named_pairs, months, ended, frozen_months, newest } =
          facts.hazards
        io.out(
          `freezeHazard, median = ${freezeMedian} a month and channel: ${named_pairs} freezes that name a state in ${months.toFixed(1)} months to ${newest}`,
        )
        io.out(
          `restoreHazard, median = ${restoreMedian} a month: ${ended} ended in ${frozen_months.toFixed(1)} months of freezes`,
        )
      }
      return place.missing.length > 0 ? 1 : 0
    },
  }),
  command({
    name: 'plan schedule',
    summary: 'when the works that a plan needs can be done, and whether it starts anything too soon',
    args: '<plan>',
    options: [['--from <month>', 'first month of work, YYYY-MM; the next month where not given'], JSON_FLAG],
    input: z.object({ plan: z.string(), from: MonthText.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const held = await holdPlan(input.plan, io, open)
      if (!held.ok) return refuse(io, held.error, input.json)
      const { read, facts, shell } = held.value
      const table = planTimetable(read.plan, groundsAt(facts, input.from ?? nextMonth(shell)))
      if (!table.ok) {
        io.err(scheduleWords(table.error))
        return 1
      }
      if (input.json) print(io, timetableJson(table.value))
      else io.out(timetableText(table.value))
      return table.value.measures.some((one) => one.months_early > 0) ? 1 : 0
    },
  }),
  command({
    name: 'plan simulate',
    summary: 'possible futures with the plan and without it, on the same chances',
    args: '<plan>',
    options: [
      ['--draws <n>', 'number of futures; 10000 where not given'],
      ['--seed <n>', 'seed of the chances; 1 where not given'],
      [
        '--workers <n>',
        'threads; as many as there are cores where not given. They change nothing in the figures',
      ],
      ['--dump <folder>', 'write header.json and the arrays, from which the run can be computed again'],
      JSON_FLAG,
    ],
    input: z.object({
      plan: z.string(),
      draws: Count.optional(),
      seed: Count.optional(),
      workers: Threads.optional(),
      dump: z.string().optional(),
      json,
    }),
    run: async ({ draws, seed, workers, dump, ...input }, io, open: () => Promise<Shell>) => {
      const options = parseRunOptions({
        ...(draws !== undefined && { draws }),
        ...(seed !== undefined && { seed }),
      })
      if (!options.ok) {
        for (const { path, problem } of options.error.issues) io.err(`--${path}: ${problem}`)
        return 2
      }
      const held = await holdPlan(input.plan, io, open)
      if (!held.ok) return refuse(io, held.error, input.json)
      const { read, checked, facts } = held.value
      const results = await runPlan(modelOf(checked.scenario), options.value, {
        workers,
        dump: dump === undefined ? undefined : resolve(io.cwd, dump),
        onProgress: io.isTerminal ? ({ done, of }) => io.err(`month ${done} of ${of}`) : undefined,
      })
      if (input.json) io.out(JSON.stringify(simulationJson(read.plan, checked, facts.version, results)))
      else io.out(simulationText(read.plan, checked, facts.version, results))
      return 0
    },
  }),
  ...compareCommands,
  ...briefCommands,
  ...sensitivityCommands,
  ...sweepCommands,
]

/** The month after the clock's. */
function nextMonth(shell: Shell): string {
  const [year = 0, month = 1] = shell.now().slice(0, 7).split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}
