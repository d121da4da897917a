import { canonicalJson, type Json } from '../../base/index.ts'
import type { PlaceHorizon, Results, Total } from '../../scenario/index.ts'
import type { RunAbout, SweepJob } from './expand.ts'

/** What a sweep keeps of a run: all that is said of the whole horizon, and nothing by month. */
export interface SweepResult extends RunAbout {
  readonly notice: string
  readonly key: string
  readonly members: readonly string[]
  readonly first_month: string
  readonly months: number
  readonly draws: number
  readonly seed: number
  readonly engine_version: string
  readonly horizon: readonly PlaceHorizon[]
  readonly totals: Results['totals']
  readonly swings: Results['swings']
}

/** The text of a result: canonical JSON, so that the same run has the same bytes whoever made it, and from where it was kept. */
export function sweepResultText(
  key: string,
  about: RunAbout,
  {
    seed,
    draws,
    months,
    firstMonth,
    members,
    engineVersion,
    horizon,
    totals,
    swings,
  }: Omit<Results, 'figures' | 'outcomes'>,
): string {
  const result: SweepResult = {
    notice: 'Simulation. Not legal advice.',
    key,
    ...about,
    ...{ members, first_month: firstMonth, months, draws, seed, engine_version: engineVersion },
    ...{ horizon, totals, swings },
  }
  return canonicalJson(JSON.parse(JSON.stringify(result)) as Json)
}

/** The file of one job: its result, and the names that the sweep gives it. */
export const jobFileText = ({ name, assumptions, members }: SweepJob, result: string): string =>
  `${canonicalJson({ job: name, assumption_set: assumptions, member_set: members, ...(JSON.parse(result) as Record<string, Json>) })}\n`

/** One line of the summary: a job, and its result or why it has none. */
export interface SweepRow {
  readonly job: SweepJob
  readonly result: SweepResult | undefined
  readonly error: string | undefined
}

export interface SummaryColumn {
  readonly name: string
  readonly unit: 'text' | 'count' | 'USD' | 'job-months' | 'share' | 'months'
  readonly meaning: string
  readonly of: (row: SweepRow) => string | number | undefined
}

const text = (name: string, meaning: string, of: SummaryColumn['of']): SummaryColumn => ({
  ...{ name, unit: 'text' as const, meaning, of },
})

const members = ({ result }: SweepRow): PlaceHorizon | undefined =>
  result?.horizon.find(({ place }) => place === 'members')

const net = (
  field: 'mean' | 'mean_error' | 'q05' | 'q25' | 'q50' | 'q75' | 'q95',
  meaning: string,
): SummaryColumn => ({
  name: `net_fiscal_${field}`,
  unit: 'USD',
  meaning: `net fiscal result of the members over the horizon: ${meaning}`,
  of: (row) => members(row)?.netFiscal[field],
})

const difference = (
  group: 'members' | 'non-members' | 'nation',
  total: Total,
  meaning: string,
  unit: SummaryColumn['unit'] = 'USD',
): readonly SummaryColumn[] =>
  (['mean', 'mean_error'] as const).map((field) => ({
    name: `${group.replace('-', '_')}_${total === 'programmeCost' ? 'programme_cost' : total}_difference_${field}`,
    unit,
    meaning: `${meaning}, ${group === 'nation' ? 'the nation' : group}, with the plan less without it, summed over the horizon: ${field === 'mean' ? 'mean over the draws' : 'one standard error of the mean by chance'}`,
    of: ({ result }) => result?.totals.find(({ place }) => place === group)?.totals[total].difference[field],
  }))

/** The columns of `summary.csv`, harm first: each with its unit and meaning for `summary-dictionary.csv`. */
export const SUMMARY_COLUMNS: readonly SummaryColumn[] = [
  text('job', 'name of the run, and of its file in jobs/', ({ job }) => job.name),
  text('plan', 'id of the plan', ({ job }) => job.plan),
  text('assumption_set', 'id of the set of assumptions', ({ job }) => job.assumptions),
  text('member_set', 'id of the set of members', ({ job }) => job.members),
  text('members', 'USPS codes of the members', ({ job }) => job.places.join(' ')),
  { name: 'seed', unit: 'count', meaning: 'seed of the chances', of: ({ job }) => job.options.seed },
  { name: 'draws', unit: 'count', meaning: 'possible futures', of: ({ job }) => job.options.draws },
  { name: 'months', unit: 'months', meaning: 'length of the horizon', of: ({ job }) => job.scenario.months },
  text('key', 'SHA-256 of all that the figures follow from', ({ job }) => job.key),
  text('state', 'done, or failed', ({ result }) => (result ? 'done' : 'failed')),
  text('error', 'why it failed', ({ error }) => error),
  ...difference('members', 'cuts', 'services cut'),
  ...difference('members', 'gdp', 'output'),
  ...difference('members', 'jobs', 'job-months', 'job-months'),
  ...difference('non-members', 'cuts', 'services cut'),
  ...difference('non-members', 'gdp', 'output'),
  ...difference('nation', 'gdp', 'output'),
  ...difference('members', 'paid', 'penalties and interest paid'),
  ...difference('members', 'programmeCost', 'cost of programmes'),
  net('mean', 'mean over the draws'),
  net('mean_error', 'one standard error of the mean by chance'),
  net('q05', '5th of 100 draws'),
  net('q25', '25th of 100 draws'),
  net('q50', 'the middle draw'),
  net('q75', '75th of 100 draws'),
  net('q95', '95th of 100 draws'),
  {
    name: 'better_off_probability',
    unit: 'share',
    meaning: 'share of draws in which the net fiscal result of the members is above zero',
    of: (row) => members(row)?.netFiscalAboveZero.probability,
  },
  {
    name: 'better_off_error',
    unit: 'share',
    meaning: 'one standard error of that share by chance',
    of: (row) => members(row)?.netFiscalAboveZero.error,
  },
  {
    name: 'reserve_emptied_with',
    unit: 'share',
    meaning:
      'share of draws in which the reserve of a member is zero at the end of some month, with the plan',
    of: (row) => members(row)?.reserveEmptied.with.probability,
  },
  {
    name: 'reserve_emptied_without',
    unit: 'share',
    meaning: 'the same without the plan',
    of: (row) => members(row)?.reserveEmptied.without.probability,
  },
]
