import type { FC } from 'hono/jsx'
import { formatDate } from '../../ui/index.ts'
import { monthsOf, yearPoints } from '../results/results.ts'
import type { ResultsWords } from '../results/words.ts'
import type { StoredRun } from '../runs/runs.ts'
import type { Asked } from './parts.tsx'

/** A finished run as its page shows it. */
export interface Shown {
  readonly a: Asked
  readonly w: ResultsWords
  readonly run: StoredRun
  /** Name of the only member; nothing where there are several. */
  readonly who: string | undefined
}

/** Where the data of a run stand. */
export const dataPath = ({ run }: Pick<Shown, 'run'>, name: string): string =>
  `/api/v1/plans/${run.ground.plan.id}/runs/${run.key}/${name}`

/** A link to the figures of one chart. */
export const Csv: FC<{ shown: Shown; name: string }> = ({ shown, name }) => (
  <span class="no-print">
    {' '}
    <a href={dataPath(shown, name)}>{shown.w.run.csv}</a>
  </span>
)

/** The months of a time axis that are named. */
export function timeTicks({ run, a }: Shown) {
  const months = monthsOf(run.results)
  return yearPoints(run.results.months).map(({ at, minor }) => ({
    at,
    minor,
    text: formatDate(months[at] ?? '', a.lang),
  }))
}

/** The members as a chart's title names them. */
export const whoText = ({ run, who }: Shown): string => who ?? run.results.members.join(', ')
