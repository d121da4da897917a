import { z } from 'zod'
import { ok, stateOf } from '../../base/index.ts'
import { Decimal, type Series, type Unit } from '../schema.ts'
import { ourCategories } from './our-categories.ts'
import { placeOfFips } from './places.ts'
import { fault, readShape } from './shape.ts'
import type { Question, Source, Table, TableCategory, Value } from './source.ts'

/** Shape: BEA API user guide (November 2024), appendix N, dataset Regional, method GetData. */
const Row = z.object({
  Code: z.string(),
  GeoFips: z.string().regex(/^\d{5}$/, 'wanted: five digits'),
  GeoName: z.string(),
  TimePeriod: z.string().regex(/^\d{4}$/, 'wanted: a year'),
  CL_UNIT: z.string(),
  UNIT_MULT: z.coerce.string(),
  DataValue: z.string(),
})
const Results = z.object({
  Statistic: z.string(),
  Data: z.array(Row),
  Notes: z.array(z.object({ NoteText: z.string() })).default([]),
})
const Failure = z.object({ APIErrorCode: z.coerce.string(), APIErrorDescription: z.string() })
const Answer = z.object({ BEAAPI: z.object({ Results, Error: z.unknown().optional() }) })
/** A refusal comes with status 200, beside the results or in their place. */
const Refused = z.object({
  BEAAPI: z.union([
    z.object({ Error: Failure }).transform(({ Error: failure }) => failure),
    z
      .object({ Results: z.object({ Error: Failure }) })
      .transform(({ Results: { Error: failure } }) => failure),
  ]),
})

interface Line {
  readonly code: string
  readonly category: string
  /** Words of BEA's own name of the line: a line that was renumbered is refused, not read as another. */
  readonly says: string
}
interface BeaTable {
  readonly name: string
  readonly unit: Unit
  /** CL_UNIT and UNIT_MULT as answered. */
  readonly said: readonly [unit: string, power: string]
  readonly lines: readonly Line[]
  readonly about: Table['about']
  readonly categories: () => readonly TableCategory[]
}

const THOUSANDS = ['Thousands of dollars', '3'] as const
const line = (code: string, category: string, says: string): Line => ({ code, category, says })
const about = (
  title: string,
  basis: Series['basis'],
  allocation: string,
  left_out: string,
): Table['about'] => ({
  title,
  short: 'BEA, fetched',
  publisher: 'Bureau of Economic Analysis',
  grade: 'official',
  basis,
  year_kind: 'calendar',
  allocation,
  left_out,
})

/** Lines of SAINC35 and SAINC50 as numbered in BEA's files of 2019 (SAINC.zip). */
const SAINC35_LINES: readonly Line[] = [
  line('2000', 'transfers_government_total', 'individuals from governments'),
  line('2110', 'social_security', 'Social Security'),
  line('2121', 'railroad_retirement_benefits', 'Railroad retirement'),
  line('2210', 'medicare', 'Medicare'),
  line('2221', 'medicaid_fed_plus_state', 'Medicaid'),
  line('2230', 'military_medical', 'Military medical'),
  line('2310', 'ssi', 'Supplemental Security Income'),
  line('2320', 'eitc', 'Earned Income Tax Credit'),
  line('2330', 'snap', 'Supplemental Nutrition'),
  line('2340', 'other_income_maintenance', 'Other income maintenance'),
  line('2400', 'unemployment_insurance', 'Unemployment insurance'),
  line('2500', 'veterans_benefits', "Veterans' benefits"),
  line('2600', 'education_training_assistance', 'Education and training'),
  line('3100', 'nonprofits_from_federal', 'Federal government'),
]
const SAINC50_LINES: readonly Line[] = [
  line('80', 'fed_individual_income_tax_net', 'net of refunds'),
  line('81', 'fed_individual_income_tax_gross', 'gross'),
]
/** Numbered by BEA's list of industries, which we could not read again: the name decides. */
const SAGDP2_LINES: readonly Line[] = [
  line('1', 'gdp_current', 'All industry total'),
  line('84', 'gdp_federal_civilian', 'Federal civilian'),
  line('85', 'gdp_military', 'Military'),
]
const namesOf = (lines: readonly Line[]) => lines.map(({ category }) => category)

const TABLES: readonly BeaTable[] = [
  {
    name: 'SAGDP2',
    unit: 'usd_millions',
    said: ['Millions of current dollars', '6'],
    lines: SAGDP2_LINES,
    about: about(
      'Gross domestic product, all industries and the federal government (BEA SAGDP2)',
      'place-of-work',
      'At the place of production, in dollars of the year.',
      'Federal activity abroad, which is in the nation and in no state; all other industries.',
    ),
    categories: () => [
      ...ourCategories('bea_macro', ['gdp_current'], 'usd_millions'),
      {
        category: 'gdp_federal_civilian',
        direction: 'context',
        unit: 'usd_millions',
        part_of: 'gdp_current',
        en: 'Product of the federal civilian government',
        es: 'Producto del gobierno federal civil',
      },
      {
        category: 'gdp_military',
        direction: 'context',
        unit: 'usd_millions',
        part_of: 'gdp_current',
        en: 'Product of the military',
        es: 'Producto de las fuerzas armadas',
      },
    ],
  },
  {
    name: 'SAINC35',
    unit: 'usd_thousands',
    said: THOUSANDS,
    lines: SAINC35_LINES,
    about: about(
      'Government payments to persons (BEA SAINC35)',
      'resident',
      'By residence of the person who is paid.',
      'Lines overlap and do not add up to a balance: Medicaid holds state money, unemployment insurance is mostly state money.',
    ),
    categories: () => ourCategories('bea_flows', namesOf(SAINC35_LINES), 'usd_thousands'),
  },
  {
    name: 'SAINC50',
    unit: 'usd_thousands',
    said: THOUSANDS,
    lines: SAINC50_LINES,
    about: about(
      'Federal individual income tax (BEA SAINC50)',
      'resident',
      'By residence of the person who pays.',
      'All other federal taxes. Net and gross are the same tax before and after refunds, and are never added.',
    ),
    categories: () => ourCategories('bea_flows', namesOf(SAINC50_LINES), 'usd_thousands'),
  },
]

/** One line of a table for each request; the cursor is the line. */
function tableOf(bea: BeaTable): Table {
  const lineAt = (cursor: string | null) =>
    bea.lines.find(({ code }) => code === cursor) ?? (bea.lines[0] as Line)
  return {
    name: bea.name.toLowerCase(),
    about: bea.about,
    url: 'https://apps.bea.gov/itable/?ReqID=70',
    hasStates: true,
    categories: bea.categories,
    call: ({ year, state }, cursor, key) => {
      const params = new URLSearchParams({
        UserID: key,
        method: 'GetData',
        datasetname: 'Regional',
        TableName: bea.name,
        LineCode: lineAt(cursor).code,
        GeoFips: state === undefined ? 'STATE' : `${stateOf(state).fips}000`,
        Year: String(year),
        ResultFormat: 'json',
      })
      return { url: `/api/data?${params}`, headers: {} }
    },
    read: (body, question, cursor) => readAnswer(bea, lineAt(cursor), body, question),
  }
}

function readAnswer(bea: BeaTable, asked: Line, body: unknown, { year }: Question) {
  const refused = Refused.safeParse(body)
  if (refused.success) {
    const { APIErrorCode, APIErrorDescription } = refused.data.BEAAPI
    return fault('BEAAPI.Error', `${APIErrorCode} ${APIErrorDescription}`, 'results')
  }
  const read = readShape(Answer, body)
  if (!read.ok) return read
  const { Statistic, Data, Notes } = read.value.BEAAPI.Results
  if (!Statistic.toLowerCase().includes(asked.says.toLowerCase()))
    return fault('Results.Statistic', Statistic, `line ${asked.code}, ${asked.says}`)
  const values: Value[] = []
  const skipped: { what: string; why: string }[] = []
  for (const [at, row] of Data.entries()) {
    const field = (name: keyof typeof row) => `Results.Data.${at}.${name}`
    if (row.Code !== `${bea.name}-${asked.code}`)
      return fault(field('Code'), row.Code, `${bea.name}-${asked.code}`)
    if (row.CL_UNIT !== bea.said[0]) return fault(field('CL_UNIT'), row.CL_UNIT, bea.said[0])
    if (row.UNIT_MULT !== bea.said[1]) return fault(field('UNIT_MULT'), row.UNIT_MULT, bea.said[1])
    if (row.TimePeriod !== String(year)) return fault(field('TimePeriod'), row.TimePeriod, String(year))
    const jurisdiction = row.GeoFips.endsWith('000') ? placeOfFips(row.GeoFips.slice(0, 2)) : undefined
    if (jurisdiction === undefined) continue
    const value = row.DataValue.replaceAll(',', '')
    // (NA) not available, (D) kept back, (L) too small, (NM) not meaningful.
    if (/^\([A-Z]+\)$/.test(value)) skipped.push({ what: `${row.GeoName}, ${asked.category}`, why: value })
    else if (!Decimal.safeParse(value).success) return fault(field('DataValue'), row.DataValue, 'a number')
    else values.push({ jurisdiction, category: asked.category, year, value })
  }
  const next = bea.lines[bea.lines.indexOf(asked) + 1]?.code ?? null
  return ok({ values, skipped, next, vintage: updatedIn(Notes.map(({ NoteText }) => NoteText)) })
}

/** BEA names the issue in a note: "Last updated: September 29, 2023-- revised …". */
const updatedIn = (notes: readonly string[]): string | undefined =>
  notes.map((note) => /Last updated: ([A-Z][a-z]+ \d{1,2}, \d{4})/.exec(note)?.[1]).find((day) => day)

export const bea: Source = {
  name: 'bea',
  title: 'BEA Regional API',
  base: 'https://apps.bea.gov',
  keyVariable: 'BEA_API_KEY',
  perMinute: 30,
  limitSource: 'no figure could be read; thirty a minute is our own choice, and 429 is obeyed',
  tables: TABLES.map(tableOf),
}
