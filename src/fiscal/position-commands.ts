import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, divisionOfState, type Io, IsoDate, stateOf, UspsCode } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { formatMoney, formatMoneyRange, formatPercent } from '../ui/index.ts'
import { parseAmount } from './award-row.ts'
import { methodAsked } from './method-asked.ts'
import { OwnSeries, readOwnSeries } from './own-series.ts'
import { paper } from './paper.ts'
import type { Position } from './position.ts'
import { positionJson } from './position-json.ts'
import { loadLeverageTable, loadPosition } from './position-store.ts'
import type { Ratio } from './ratios.ts'
import { METHODS } from './rivals.ts'
import { startFiscal } from './start.ts'
import { loadFigures, saveOwnSeries, saveReserve } from './store.ts'
import { balanceTable, leverageRows, type Table, tableCsv, tableJson } from './table.ts'
import { centsOf } from './units.ts'
import { VIEWS } from './view.ts'
import { EN } from './words.en.ts'

/** `co` and `CO` alike. */
export const StateCode = z
  .string()
  .transform((code) => code.toUpperCase())
  .pipe(UspsCode)
export const json = z.boolean().default(false)
export const JSON_FLAG = ['--json', 'print JSON'] as const
const format = z.enum(['table', 'csv', 'json']).default('table')
const FORMAT_FLAG = ['--format <format>', 'table, csv or json'] as const
const Year = z
  .string()
  .regex(/^(?:19|20)\d{2}$/, 'wanted: a year such as 2022')
  .transform(Number)

/** The shell with the room's facts in it. */
export async function openFiscal(open: () => Promise<Shell>): Promise<Shell> {
  const shell = await open()
  await startFiscal(shell)
  return shell
}

export const printJson = (io: Io, value: unknown): void =>
  io.out(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v), 2))

export function printTable(io: Io, table: Table, as: 'table' | 'csv' | 'json'): void {
  if (as === 'csv') io.out(tableCsv(table).trimEnd())
  else if (as === 'json') printJson(io, tableJson(table))
  else io.out(paper(table))
}

export const positionCommands: readonly Command<Shell>[] = [
  command({
    name: 'position',
    summary: 'what a state gives, gets, risks and can itself touch',
    args: '<state>',
    options: [['--year <year>', 'only estimates of that year'], JSON_FLAG],
    input: z.object({ state: StateCode, year: Year.optional(), json }),
    run: async ({ state, year, ...options }, io, open) => {
      const shell = await openFiscal(open)
      const all = await loadPosition(shell, state)
      const estimates = all.estimates.filter((one) => year === undefined || one.year === year)
      const position = { ...all, estimates }
      if (options.json) printJson(io, positionJson(position))
      else io.out(describePosition(position))
      if (estimates.length > 0) return 0
      io.err(
        `no estimate of ${year ?? 'any year'} for ${stateOf(state).name}; years on record: ${yearsOf(all)}`,
      )
      return 1
    },
  }),
  command({
    name: 'balance',
    summary: 'every state by its balance: federal spending minus receipts',
    options: [
      ['--year <year>', 'year of the estimate'],
      ['--basis <basis>', METHODS.map((method) => method.id).join(', ')],
      ['--view <view>', VIEWS.join(', ')],
      FORMAT_FLAG,
    ],
    input: z.object({
      year: Year.optional(),
      basis: z.string().default('rockefeller'),
      view: z.enum(VIEWS).default('total'),
      format,
    }),
    run: async (input, io, open) => {
      const { db } = await openFiscal(open)
      const figures = await loadFigures(db)
      const method = methodAsked(figures, input.basis)
      if (!method.ok) {
        io.err(method.error)
        return 2
      }
      const table = balanceTable(figures, method.value, input.view)
      const year = table.rows[0]?.[4]
      if (input.year !== undefined && year !== input.year) {
        io.err(`${method.value} has ${year ?? 'no year'}, not ${input.year}; see tenth fiscal series`)
        return 1
      }
      printTable(io, table, input.format)
      return 0
    },
  }),
  command({
    name: 'leverage',
    summary: 'federal tax that state and local employers withhold and owe, beside balance and exposure',
    options: [['--state <state>', 'one state'], FORMAT_FLAG, JSON_FLAG],
    input: z.object({ state: StateCode.optional(), format, json }),
    run: async (input, io, open) => {
      const { db } = await openFiscal(open)
      const rows = (await loadLeverageTable(db)).filter((row) => !input.state || row.usps === input.state)
      printTable(io, leverageRows(rows), input.json ? 'json' : input.format)
      return rows.length > 0 ? 0 : 1
    },
  }),
  command({
    name: 'fiscal series',
    summary: 'every series with its grade, years and basis',
    options: [FORMAT_FLAG],
    input: z.object({ format }),
    run: async (input, io, open) => {
      const { db } = await openFiscal(open)
      printTable(io, seriesTable(await loadFigures(db)), input.format)
      return 0
    },
  }),
  command({
    name: 'fiscal import',
    summary: 'take in an own series (CSV: usps,year,direction,category,unit,value), shown beside the others',
    args: '<file>',
    options: [
      ['--id <id>', 'id of the series'],
      ['--title <title>', 'title'],
      ['--publisher <name>', 'who made it'],
      ['--url <url>', 'where it can be read'],
      ['--year-kind <kind>', 'what a year means, such as federal-fiscal'],
      ['--basis <basis>', 'who is counted, such as resident'],
      ['--allocation <words>', 'how it was counted'],
      ['--left-out <words>', 'what it leaves out'],
    ],
    input: OwnSeries.omit({ year_kind: true, left_out: true }).extend({
      file: z.string(),
      yearKind: OwnSeries.shape.year_kind,
      leftOut: OwnSeries.shape.left_out,
    }),
    run: async ({ file, yearKind, leftOut, ...about }, io, open) => {
      const bytes = readFileSync(resolve(io.cwd, file))
      const read = readOwnSeries({ ...about, year_kind: yearKind, left_out: leftOut }, bytes.toString('utf8'))
      if (!read.ok) {
        for (const { line, column, found, wanted } of read.error)
          io.err(`${file} line ${line}, column ${column}: found "${found}"; wanted ${wanted}`)
        io.err('Nothing was imported.')
        return 1
      }
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const saved = await saveOwnSeries(await openFiscal(open), 'operator', read.value, sha256)
      if (saved) io.out(`${read.value.rows.length} values of ${about.id} are in.`)
      else io.err(`the id ${about.id} is taken; give the series another`)
      return saved ? 0 : 1
    },
  }),
  command({
    name: 'fiscal reserve',
    summary: 'note what a state holds in reserve, for the runway',
    options: [
      ['--state <state>', 'postal code'],
      ['--as-of <day>', 'day of the balance'],
      ['--amount <dollars>', 'balance in dollars'],
      ['--source <url>', 'where it is reported'],
    ],
    input: z.object({
      state: StateCode,
      asOf: IsoDate,
      amount: z.string().transform((value, context) => {
        const amount = parseAmount(value)
        if (amount !== undefined && amount >= 0n) return amount
        context.addIssue({ code: 'custom', message: 'wanted: an amount in dollars of zero or more' })
        return z.NEVER
      }),
      source: z.url({ protocol: /^https?$/, error: 'wanted: an address that starts with http' }),
    }),
    run: async ({ state, asOf, amount, source }, io, open) => {
      const shell = await openFiscal(open)
      const reserve = { as_of: asOf, amount_cents: amount, source_url: source }
      await saveReserve(shell, 'operator', divisionOfState(state), reserve)
      io.out(`Reserve of ${stateOf(state).name} on ${asOf}: ${formatMoney(amount, 'en')}.`)
      return 0
    },
  }),
]

const yearsOf = (position: Position): string =>
  [...new Set(position.estimates.map((one) => one.year))].sort().join(', ') || 'none'

function seriesTable(figures: Awaited<ReturnType<typeof loadFigures>>): Table {
  const rows = [...figures.series.values()].map((s) => {
    const years = figures.all(s.id).map((f) => f.year)
    return [
      s.id,
      s.grade,
      s.basis,
      s.year_kind,
      Math.min(...years),
      Math.max(...years),
      years.length,
      s.vintage,
      s.title,
    ]
  })
  const meanings = {
    series: 'id',
    grade: 'how far it can be trusted',
    basis: 'who or what is counted',
    year_kind: 'what a year means',
    first: 'first year',
    last: 'last year',
    values: 'number of values',
    vintage: 'issue that was read',
    title: 'title',
  }
  const columns = Object.entries(meanings).map(([name, meaning]) => ({
    name,
    type: ['first', 'last', 'values'].includes(name) ? ('integer' as const) : ('text' as const),
    meaning,
  }))
  return { name: 'series', columns, rows }
}

function describePosition(position: Position): string {
  const { leverage, exposure, collected, ratios } = position
  const estimates = position.estimates.map(
    (e) => `  ${formatMoney(e.balance, 'en').padStart(14)}  ${e.name}, ${yearOf(e)} (${e.grade})`,
  )
  const strengths = exposure?.lines.map(
    ({ strength, amount }) => `  ${formatMoney(amount, 'en').padStart(14)}  ${strength}`,
  )
  return [
    `${stateOf(position.usps).name}`,
    'Balance, federal spending minus receipts, by estimate:',
    ...estimates,
    collected &&
      `Federal tax collected there, FFY ${collected.year}: ${formatMoney(centsOf(collected), 'en')}`,
    exposure && `Exposure, SFY ${exposure.year}: ${formatMoney(exposure.total, 'en')}`,
    ...(strengths ?? []),
    leverage &&
      `Usable leverage, ${leverage.tax_year} pay and tables: ${formatMoneyRange(leverage.low, leverage.high, 'en')} a year`,
    position.employer &&
      `Beside it, not in it: the employers’ own Social Security and Medicare tax, ${formatMoneyRange(position.employer.low, position.employer.high, 'en')} a year (Medicare alone to every position covered)`,
    ...position.sponsor.map(
      (s) =>
        `  a sponsor says ${formatMoneyRange(dollarsOf(s.low_usd), dollarsOf(s.high_usd), 'en')} a year: ${s.why_it_differs}`,
    ),
    'Ratios:',
    ...ratios.map((ratio) =>
      ratio.ok
        ? `  ${ratio.id}: ${ratioText(ratio)} (${ratio.inputs.map((i) => `${i.name} ${i.year}`).join('; ')})`
        : `  ${ratio.id}: left out, missing ${ratio.missing.join(', ')}`,
    ),
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}

const dollarsOf = (whole: string): bigint => BigInt(whole) * 100n

/** A range whose ends print alike is printed once. */
function ratioText(ratio: Ratio & { readonly ok: true }): string {
  if (ratio.unit === 'months') return `${ratio.low} months`
  const [low, high] = [formatPercent(ratio.low), formatPercent(ratio.high)]
  return low === high ? low : `${low} to ${high}`
}

const yearOf = ({ year, year_kind, year_span }: Position['estimates'][number]): string =>
  year_span > 1 ? EN.yearSpan : `${EN.yearWords[year_kind]} ${year}`.trim()
