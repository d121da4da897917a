import type { StoredRun } from '../runs/runs.ts'
import { runWords } from '../runs/words.ts'
import type { ComparedRow, Comparison, Unlike } from './compare.ts'
import { count, countChange, shareText, usd, usdChange } from './format.ts'

/** A comparison on paper: each plan against none, then the second less the first. */
export function comparisonText(runs: readonly StoredRun[], { rows, unlike }: Comparison): string {
  const w = runWords('en').compare
  const [first] = runs
  return [
    'Simulation. Not legal advice.',
    `${first?.results.draws} draws, seed ${first?.results.seed}, the same chances for all; engine ${first?.results.engineVersion}; ${first?.ground.facts}`,
    ...runs.map(
      ({ ground, results }, i) =>
        `${letter(i)}  ${ground.plan.id}: ${ground.plan.title} (${results.months} months)`,
    ),
    ...unlike.map((one: Unlike) => `Not alike: ${w.unlikeWhat[one]}`),
    '',
    ...rows.flatMap((row) => [
      `${w.groups[row.group]}: ${w.outcomes[row.outcome]}`,
      ...row.plans.map(
        (plan, i) => `  ${letter(i)}  ${change(row, plan.mean)} (± ${plain(row, plan.mean_error)})`,
      ),
      ...row.differences.map(
        (one, i) =>
          `  ${letter(i + 1)} less A  ${change(row, one.mean)} (± ${plain(row, one.mean_error)}; ${one.isClear ? w.clear : w.unclear}); ${letter(i + 1)} better in ${shareText(one.better)}`,
      ),
    ]),
  ].join('\n')
}

const letter = (i: number): string => String.fromCharCode(65 + i)
const change = ({ unit }: ComparedRow, value: number) =>
  unit === 'USD' ? usdChange(value, 'en') : countChange(value)
const plain = ({ unit }: ComparedRow, value: number) => (unit === 'USD' ? usd(value, 'en') : count(value))
