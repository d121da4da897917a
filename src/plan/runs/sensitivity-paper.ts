import {
  DEFAULTS,
  type Factor,
  type PlaceSensitivity,
  type SensitivityResults,
} from '../../scenario/index.ts'
import type { CheckedPlan } from '../check.ts'
import type { Plan } from '../schema.ts'
import { dollarsText } from './simulation-paper.ts'

const meaningOf = (factor: Factor): string =>
  factor === 'chance' ? 'luck: the months’ freezes, courts and penalties' : DEFAULTS[factor].meaning

/** The factors of a place, the one that decides most first; equal ones in their order. */
const ranked = ({ indices }: PlaceSensitivity) => indices.toSorted((a, b) => b.total - a.total)

/** Every index of every place, sorted. */
export function sensitivityJson(
  plan: Plan,
  checked: CheckedPlan,
  facts: string,
  engine: string,
  study: SensitivityResults,
) {
  return {
    notice: 'Simulation. Not legal advice.',
    plan: plan.id,
    output: OUTPUT,
    estimator: 'Jansen (1999), total order',
    engine_version: engine,
    facts,
    seed: study.seed,
    rows: study.rows,
    left_out: checked.left_out.map(({ usps, missing }) => ({ usps, missing })),
    places: study.places.map((place) => ({
      place: place.place,
      mean: place.mean,
      variance: place.variance,
      indices: ranked(place).map(({ factor, total, error }) => ({
        factor,
        meaning: meaningOf(factor),
        total,
        error,
      })),
    })),
  }
}

const OUTPUT =
  'net fiscal result over the horizon: (reserve at the end, with what is left of pooled money, less the sum of cuts) with the plan, less the same without'

/** A share of the variance in words; half of a percent and its error are as good as nothing. */
function weightWords(total: number, error: number): string {
  if (total < 2 * error || total < 0.005) return 'too little to tell from nothing'
  if (total >= 0.5) return 'decides most of it'
  if (total >= 0.2) return 'decides much of it'
  return total >= 0.05 ? 'decides some of it' : 'decides little of it'
}

/** What decides the result of the members together, in words, with what each index may be off by chance. */
export function sensitivityText(
  plan: Plan,
  facts: string,
  engine: string,
  { places, rows, seed }: SensitivityResults,
): string {
  const head = [
    `Simulation. Not legal advice. ${plan.title}`,
    `What decides the ${OUTPUT}.`,
    `${rows} rows, seed ${seed}; engine ${engine}; ${facts}`,
  ]
  const members = places.find(({ place }) => place === 'members')
  if (members === undefined || members.indices.length === 0)
    return [
      ...head,
      '',
      'The result is the same in every future: nothing that is uncertain decides it.',
    ].join('\n')
  const lines = ranked(members).map(({ factor, total, error }) => {
    const share = `${(100 * total).toFixed(1).padStart(5)} % ± ${(100 * error).toFixed(1)}`
    return `  ${share.padEnd(16)} ${factor}: ${weightWords(total, error)}\n${' '.repeat(19)}${meaningOf(factor)}`
  })
  return [
    ...head,
    '',
    `Members together: mean ${dollarsText(members.mean)}, standard deviation ${dollarsText(Math.sqrt(members.variance))}.`,
    'The part of the variance that would be left if all but the one named were known, with one standard error.',
    'The parts overlap where factors act together, so that they may add up to more than 100 %.',
    ...lines,
  ].join('\n')
}
