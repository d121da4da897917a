import { z } from 'zod'
import { ok, stateOf } from '../../base/index.ts'
import { Decimal, type Series, type Unit } from '../schema.ts'
import { ourCategories } from './our-categories.ts'
import { placeOfFips } from './places.ts'
import { fault, readShape } from './shape.ts'
import type { Question, Source, Table, Value } from './source.ts'

/** Shape: Census data API, an array of rows of text under a row of names. */
const Answer = z
  .array(z.array(z.string().nullable()), 'wanted: rows under a row of names')
  .min(1, 'wanted: a row of names')

/** GOVTYPE of the public sector API. */
const LEVELS = { sl: '001', state: '002', local: '003' } as const
type Level = keyof typeof LEVELS

interface Measure {
  readonly code: string
  readonly column: string
  /** The measure after the level: `sl_` and this. */
  readonly ours: string
  /** What the Bureau's label of the code must say. */
  readonly says: RegExp
}
interface CensusTable {
  readonly name: string
  readonly path: string
  readonly component: string | undefined
  readonly series: string
  readonly prefix: (level: Level) => string
  readonly levels: readonly Level[]
  readonly measures: readonly Measure[]
  readonly unit: Unit | undefined
  readonly about: Table['about']
}

const common = (year_kind: Series['year_kind'], basis: Series['basis']) => ({
  short: 'Census, fetched',
  publisher: 'US Census Bureau',
  grade: 'official' as const,
  basis,
  year_kind,
})

const TABLES: readonly CensusTable[] = [
  {
    name: 'finance',
    path: '/data/timeseries/govs',
    component: '04',
    series: 'census_finance',
    prefix: (level) => `${level}_`,
    levels: ['sl', 'state'],
    measures: [
      { code: 'LF0001', column: 'AMOUNT', ours: 'total_revenue', says: /revenue/i },
      { code: 'LF0004', column: 'AMOUNT', ours: 'federal_intergovernmental_revenue', says: /federal/i },
      { code: 'LF0008', column: 'AMOUNT', ours: 'total_taxes', says: /tax/i },
    ],
    unit: 'usd_thousands',
    about: {
      ...common('state-fiscal', 'recipient-government'),
      title: 'State and local government finances: revenue, federal money, taxes (Census API)',
      allocation: 'Revenue of governments in their own fiscal years, by the government that receives it.',
      left_out:
        'Spending, and single taxes. State and local together is counted without what they pay to each other.',
    },
  },
  {
    name: 'aspep',
    path: '/data/timeseries/govsemp',
    component: undefined,
    series: 'census_employment',
    prefix: (level) => `${level === 'sl' ? 'sl' : level}_gov_`,
    levels: ['sl', 'state', 'local'],
    measures: [
      { code: 'EP0005', column: 'TOT_EMP', ours: 'employees', says: /total/i },
      { code: 'EP0005', column: 'TOT_PAY', ours: 'march_payroll', says: /total/i },
    ],
    unit: undefined,
    about: {
      ...common('march', 'employer-government'),
      title: 'Public employees and March payroll (Census API, ASPEP)',
      allocation:
        'Employees and gross pay of March, by the government that employs them. DC counts as local.',
      left_out: 'Functions; hours; the federal government.',
    },
  },
]

/** One request for each level of government and, after the states, the nation: the cursor is `state 001`. */
function tableOf(table: CensusTable): Table {
  const parts = (question: Question) => {
    const areas = question.state === undefined ? ['state', 'us'] : ['state']
    return areas.flatMap((area) => table.levels.map((level) => `${area} ${LEVELS[level]}`))
  }
  const columns = [...new Set(table.measures.map(({ column }) => column))]
  const names = (levels: readonly Level[]) =>
    levels.flatMap((level) => table.measures.map(({ ours }) => `${table.prefix(level)}${ours}`))
  return {
    name: table.name,
    about: table.about,
    url: 'https://www.census.gov/data/developers/data-sets/annual-public-sector-stats.html',
    hasStates: true,
    categories: () => ourCategories(table.series, names(table.levels), table.unit),
    call: (question, cursor, key) => {
      const [area = '', level = ''] = (cursor ?? parts(question)[0] ?? '').split(' ')
      const { state, year } = question
      const place = area === 'us' ? 'us:*' : `state:${state === undefined ? '*' : stateOf(state).fips}`
      const params = new URLSearchParams({
        get: ['NAME', 'GOVTYPE', 'AGG_DESC', 'AGG_DESC_LABEL', ...columns].join(','),
        for: place,
        time: String(year),
        GOVTYPE: level,
        ...(table.component !== undefined && { SVY_COMP: table.component }),
        key,
      })
      for (const code of new Set(table.measures.map((m) => m.code))) params.append('AGG_DESC', code)
      return { url: `${table.path}?${params}`, headers: {} }
    },
    read: (body, question, cursor) => readRows(table, body, question, cursor ?? '', parts(question), columns),
  }
}

function readRows(
  table: CensusTable,
  body: unknown,
  { year }: Question,
  cursor: string,
  parts: readonly string[],
  columns: readonly string[],
) {
  const read = readShape(Answer, body)
  if (!read.ok) return read
  const part = cursor || (parts[0] ?? '')
  const [area = '', govtype = ''] = part.split(' ')
  const level = table.levels.find((one) => LEVELS[one] === govtype) ?? 'sl'
  const [names = [], ...rows] = read.value
  for (const name of ['NAME', 'GOVTYPE', 'AGG_DESC', 'AGG_DESC_LABEL', 'time', area, ...columns])
    if (!names.includes(name)) return fault('the row of names', names.join(','), `a column ${name}`)
  const values: Value[] = []
  const skipped: { what: string; why: string }[] = []
  for (const [at, row] of rows.entries()) {
    const cell = (name: string) => row[names.indexOf(name)] ?? ''
    const field = (name: string) => `row ${at + 1}, ${name}`
    if (cell('GOVTYPE') !== govtype) return fault(field('GOVTYPE'), cell('GOVTYPE'), govtype)
    if (cell('time') !== String(year)) return fault(field('time'), cell('time'), String(year))
    const jurisdiction = placeOfFips(area === 'us' ? '00' : cell('state'))
    if (jurisdiction === undefined) return fault(field('state'), cell('state'), 'a FIPS code of a state')
    for (const measure of table.measures.filter(({ code }) => code === cell('AGG_DESC'))) {
      const label = cell('AGG_DESC_LABEL')
      if (!measure.says.test(label))
        return fault(field('AGG_DESC_LABEL'), label, `${measure.code} to say ${measure.says.source}`)
      const category = `${table.prefix(level)}${measure.ours}`
      const value = cell(measure.column)
      // Withheld cells are empty or hold a letter.
      if (/^[A-Z]?$/.test(value))
        skipped.push({ what: `${cell('NAME')}, ${category}`, why: value || 'empty' })
      else if (!Decimal.safeParse(value).success) return fault(field(measure.column), value, 'a number')
      else values.push({ jurisdiction, category, year, value })
    }
  }
  return ok({ values, skipped, next: parts[parts.indexOf(part) + 1] ?? null })
}

export const census: Source = {
  name: 'census',
  title: 'Census data API',
  base: 'https://api.census.gov',
  keyVariable: 'CENSUS_API_KEY',
  perMinute: 30,
  limitSource:
    '500 queries a day without a key (Census API handbook, 2020), none stated with one; thirty a minute is our own choice',
  tables: TABLES.map(tableOf),
}
