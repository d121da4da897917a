import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { assert, type DivisionId, divisionOfState, findState, NATION } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import { Category, Claim, Decimal, Series, Source, SponsorFigure, Strength } from './schema.ts'

const FOLDER = join(PACKAGE_ROOT, 'src/fiscal/data')

export interface FlowRow {
  readonly jurisdiction: DivisionId
  readonly series: string
  readonly category: string
  readonly year: number
  readonly value: string
  readonly source: string
}

/** The division of a postal code in our files, where `US` is the nation. */
export function placeOf(usps: string): DivisionId | undefined {
  if (usps === 'US') return NATION
  const state = findState(usps)
  return state && divisionOfState(state.usps)
}

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8')
const rowsOf = (file: string): Record<string, string>[] => parseCsv(read(file), { columns: true })

export const readSeries = (): readonly Series[] => z.array(Series).parse(parseYaml(read('series.yaml')))
export const readCategories = (): readonly Category[] => z.array(Category).parse(rowsOf('categories.csv'))
export const readSources = (): readonly Source[] => z.array(Source).parse(rowsOf('sources.csv'))
export const readClaims = once((): readonly Claim[] => z.array(Claim).parse(parseYaml(read('claims.yaml'))))
export const readSponsorFigures = once((): readonly SponsorFigure[] =>
  z.array(SponsorFigure).parse(parseYaml(read('sponsor_figures.yaml'))),
)

/** How the functions of the Census grants table are judged, and by whom they are mostly paid. */
const FunctionStrength = z.object({
  category: z.string(),
  strength: Strength,
  agency: z.string(),
  why: z.string(),
})
export type FunctionStrength = z.infer<typeof FunctionStrength>
export const readFunctionStrengths = once((): readonly FunctionStrength[] =>
  z.array(FunctionStrength).parse(rowsOf('strength_by_function.csv')),
)

const ListingStrength = z.object({ aln: z.string(), strength: Strength, programme: z.string() })
/** Legal strength of the assistance listings that we have judged. */
export const readListingStrengths = once(
  (): ReadonlyMap<string, Strength> =>
    new Map(
      z
        .array(ListingStrength)
        .parse(rowsOf('strength_by_listing.csv'))
        .map((row) => [row.aln, row.strength]),
    ),
)

/** The rows of one series, read fast and checked: this runs at every first start. */
export function readFlows(series: Series): readonly FlowRow[] {
  const [, ...lines] = read(`flows/${series.id}.csv`).trimEnd().split('\n')
  return lines.map((line, at) => {
    const [usps = '', year = '', category = '', value = '', source = series.source] = line.split(',')
    const jurisdiction = placeOf(usps)
    assert(
      jurisdiction && /^\d{4}$/.test(year) && Decimal.safeParse(value).success,
      `flows/${series.id}.csv line ${at + 2} is a place, a year, a category and a decimal`,
    )
    return { jurisdiction, series: series.id, category, year: Number(year), value, source }
  })
}

/** One number for the state of every file that figures are loaded from. */
export function checksumOfFacts(): string {
  const hash = createHash('sha256')
  const flows = readdirSync(join(FOLDER, 'flows')).sort()
  for (const file of [
    ...flows.map((name) => `flows/${name}`),
    'series.yaml',
    'categories.csv',
    'sources.csv',
  ])
    hash.update(`${file}\n`).update(read(file))
  return hash.digest('hex')
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
