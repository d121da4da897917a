import { err, ok, type Result } from '../../base/index.ts'
import { MOST_DRAWS, type RunOptions } from '../../scenario/index.ts'
import { DEFAULT_RUN } from './runs.ts'

/** What a form or an address says of a run; nothing for the usual value. */
export interface RunForm {
  readonly draws?: string | undefined
  readonly seed?: string | undefined
}

export type RunField = 'draws' | 'seed'

/** Reads whole numbers as people write them, `10,000` too; or names every field that is none. */
export function readRunForm({ draws, seed }: RunForm): Result<RunOptions, readonly RunField[]> {
  const read = {
    draws: draws === undefined ? DEFAULT_RUN.draws : wholeIn(draws, 1, MOST_DRAWS),
    seed: seed === undefined ? DEFAULT_RUN.seed : wholeIn(seed, 0, Number.MAX_SAFE_INTEGER),
  }
  if (read.draws !== undefined && read.seed !== undefined) return ok({ draws: read.draws, seed: read.seed })
  return err((['draws', 'seed'] as const).filter((field) => read[field] === undefined))
}

function wholeIn(text: string, least: number, most: number): number | undefined {
  const plain = text.trim().replace(/(?<=\d),(?=\d{3}(?:,|$))/g, '')
  const value = /^\d{1,16}$/.test(plain) ? Number(plain) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** The usual run of a plan that comes with the project: it is the same for everybody, so anybody may ask for it. */
export const isUsual = ({ draws, seed }: RunOptions): boolean =>
  draws === DEFAULT_RUN.draws && seed === DEFAULT_RUN.seed
