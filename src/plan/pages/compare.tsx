import type { FC } from 'hono/jsx'
import type { RunOptions } from '../../scenario/index.ts'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  Figure,
  formatCount,
  formatDate,
  href,
  Island,
  Lines,
  Note,
  NumberTable,
  PageHead,
  Section,
  Squares,
} from '../../ui/index.ts'
import { futuresOf } from '../brief/gains.ts'
import type { ComparedRow, Comparison, Difference } from '../results/compare.ts'
import {
  cellText,
  chartUnit,
  count,
  countChange,
  scaled,
  shareText,
  usd,
  usdAxis,
  usdChange,
} from '../results/format.ts'
import { monthSeries, monthsOf, yearPoints } from '../results/results.ts'
import { resultsWords } from '../results/words.ts'
import type { StoredRun } from '../runs/runs.ts'
import type { RunWords } from '../runs/words.ts'
import type { Plan } from '../schema.ts'
import { type Asked, English, Link, PlanPage } from './parts.tsx'
import { resultsPath } from './run-progress.tsx'

/** What was chosen: ids of plans in their places, empty where none is. */
export interface Chosen extends RunOptions {
  readonly ids: readonly [a: string, b: string, c: string]
}

export const comparePath = ({ ids: [a, b, c], draws, seed }: Chosen): string =>
  `/plans/compare?a=${a}&b=${b}${c === '' ? '' : `&c=${c}`}&draws=${draws}&seed=${seed}`

const PLACES = ['a', 'b', 'c'] as const

interface FrameProps {
  readonly a: Asked
  readonly t: RunWords
  readonly chosen: Chosen
}

/** The form, with what is wrong in it. */
export const CompareFormPage: FC<
  FrameProps & { plans: readonly Pick<Plan, 'id' | 'title'>[]; wrong: string | undefined }
> = ({ a, t, chosen, plans, wrong }) => {
  const w = t.compare
  const labels = [w.first, w.second, w.third]
  const options = plans.map(({ id, title }) => ({ value: id, label: title }))
  return (
    <PlanPage a={a} title={w.title} path="/plans/compare" crumbs={crumbsOf(a, t)}>
      {wrong !== undefined && <ErrorSummary lang={a.lang} errors={[{ field: 'b', message: wrong }]} />}
      <PageHead title={w.title} lede={w.lede} />
      <form action={href(a.lang, '/plans/compare')} class="run-form">
        {PLACES.map((place, i) => (
          <Field
            id={place}
            label={labels[i]}
            value={chosen.ids[i] ?? ''}
            options={i === 2 ? [{ value: '', label: w.nobody }, ...options] : options}
            {...(place === 'b' && wrong !== undefined && { error: wrong })}
          />
        ))}
        <input type="hidden" name="draws" value={String(chosen.draws)} />
        <input type="hidden" name="seed" value={String(chosen.seed)} />
        <Button>{w.show}</Button>
      </form>
    </PlanPage>
  )
}

const crumbsOf = (a: Asked, t: RunWords) => [
  { label: a.t.plan.crumb, path: '/plans' },
  { label: t.compare.title },
]

export interface PlanState {
  readonly plan: Pick<Plan, 'id' | 'title'>
  readonly key: string
  readonly state: keyof RunWords['compare']['state']
}

/** Runs that are still missing: they are asked for here, and the page renews itself while they go on. */
export const CompareWaitingPage: FC<FrameProps & { states: readonly PlanState[] }> = (props) => {
  const { a, t, chosen, states } = props
  const w = t.compare
  const going =
    states.find(({ state }) => state === 'running') ?? states.find(({ state }) => state === 'waiting')
  const path = comparePath(chosen)
  return (
    <PlanPage
      a={a}
      title={w.title}
      path={path}
      noindex
      crumbs={crumbsOf(a, t)}
      {...(going && { renewSeconds: 2 })}
    >
      <PageHead title={w.title} lede={w.missing} meta={w.missingNote} />
      {going && (
        <div
          class="run-progress"
          data-status={href(a.lang, `/plans/${going.plan.id}/run/${going.key}/status`)}
          data-results={href(a.lang, path)}
        >
          <progress max="1000" value={0} aria-label={t.progress.bar} />
          <p class="run-stage" role="status">
            {t.progress.begins}
          </p>
        </div>
      )}
      <DataTable
        lang={a.lang}
        caption={w.stands}
        rows={states}
        columns={[
          {
            key: 'plan',
            head: w.plan,
            rowHead: true,
            cell: ({ plan }) => <English a={a}>{plan.title}</English>,
          },
          { key: 'state', head: w.stands, cell: ({ state }) => w.state[state] },
        ]}
      />
      {!going && (
        <form method="post" action={href(a.lang, '/plans/compare')} class="under">
          {PLACES.map((place, i) => (
            <input type="hidden" name={place} value={chosen.ids[i] ?? ''} />
          ))}
          <input type="hidden" name="draws" value={String(chosen.draws)} />
          <input type="hidden" name="seed" value={String(chosen.seed)} />
          <Button>{w.runThem}</Button>
        </form>
      )}
      {going && <Island room="plan" name="run" />}
    </PlanPage>
  )
}

/** Plans side by side: their futures, their means, and the differences draw by draw. */
export const ComparePage: FC<FrameProps & { runs: readonly StoredRun[]; comparison: Comparison }> = (
  props,
) => {
  const { a, t, chosen, runs, comparison } = props
  const w = t.compare
  const [first] = runs
  if (!first) throw new Error('assertion failed: a comparison has a first run')
  const simulation = runs.some(({ ground }) => ground.tiers.includes('likely-preempted'))
  return (
    <PlanPage
      a={a}
      title={w.title}
      path={comparePath(chosen)}
      simulation={simulation}
      crumbs={crumbsOf(a, t)}
    >
      <PageHead title={w.title} lede={w.lede} meta={t.progress.of(formatCount(chosen.draws), chosen.seed)} />
      {comparison.unlike.length > 0 && (
        <Note title={w.unlike}>
          <ul class="plain-list">
            {comparison.unlike.map((one) => (
              <li>{w.unlikeWhat[one]}</li>
            ))}
          </ul>
        </Note>
      )}
      <Section id="futures" title={w.futures} rail={<p>{w.futuresRail}</p>}>
        <div class="outcomes">
          {runs.map((run) => (
            <OneOutcome a={a} t={t} run={run} />
          ))}
        </div>
      </Section>
      <Section id="side" title={w.side} rail={<p>{w.sideRail}</p>}>
        <SideBySide a={a} t={t} runs={runs} rows={comparison.rows} />
        {runs.every(({ results }) => results.months === first.results.months) && (
          <NationOutput a={a} t={t} runs={runs} />
        )}
      </Section>
      {runs.slice(1).map((run, i) => (
        <Section
          id={`difference-${i + 1}`}
          title={w.minus(first.ground.plan.id, run.ground.plan.id)}
          rail={<p>{w.differencesRail}</p>}
        >
          <Differences a={a} t={t} rows={comparison.rows} at={i} />
        </Section>
      ))}
      <Section id="again" title={w.command}>
        <p>
          <code>
            tenth plan compare{' '}
            {chosen.ids
              .filter((id) => id !== '')
              .slice(0, 2)
              .join(' ')}{' '}
            <span class="nowrap">--draws {String(chosen.draws)}</span>{' '}
            <span class="nowrap">--seed {String(chosen.seed)}</span>
          </code>
        </p>
      </Section>
    </PlanPage>
  )
}

const OneOutcome: FC<{ a: Asked; t: RunWords; run: StoredRun }> = ({ a, t, run }) => {
  const w = t.compare
  const { worse, same, better } = futuresOf(run.results)
  const groups = [
    { sign: 'minus' as const, count: worse, text: `${worse} ${w.worse.toLowerCase()}` },
    { sign: 'blank' as const, count: same, text: `${same} ${w.same.toLowerCase()}` },
    { sign: 'plus' as const, count: better, text: `${better} ${w.better.toLowerCase()}` },
  ]
  const { draws, seed } = run.results
  return (
    <div>
      <h3>
        <English a={a}>{run.ground.plan.title}</English>
      </h3>
      <Squares name={groups.map(({ text }) => text).join(', ')} groups={groups} />
      <p class="meta">
        <Link a={a} to={resultsPath({ plan: run.ground.plan.id, key: run.key, draws, seed })}>
          {w.link}
        </Link>
      </p>
    </div>
  )
}

type Lang = Asked['lang']
const changeText = ({ unit }: ComparedRow, value: number, lang: Lang) =>
  unit === 'USD' ? usdChange(value, lang) : countChange(value)
const errorText = ({ unit }: ComparedRow, value: number, lang: Lang) =>
  `± ${unit === 'USD' ? usd(value, lang) : count(value)}`

const RowName: FC<{ t: RunWords; row: ComparedRow }> = ({ t: { compare: w }, row }) => (
  <>
    {w.groups[row.group]}: <span class="plain-weight">{w.outcomes[row.outcome]}</span>
  </>
)

const SideBySide: FC<{ a: Asked; t: RunWords; runs: readonly StoredRun[]; rows: readonly ComparedRow[] }> = (
  props,
) => {
  const { a, t, runs, rows } = props
  return (
    <DataTable
      lang={a.lang}
      caption={t.compare.side}
      rows={rows}
      columns={[
        { key: 'what', head: t.compare.outcome, rowHead: true, cell: (row) => <RowName t={t} row={row} /> },
        ...runs.map((run, i) => ({
          key: run.key,
          head: run.ground.plan.id,
          align: 'right' as const,
          cell: (row: ComparedRow) => {
            const { mean = 0, mean_error = 0 } = row.plans[i] ?? {}
            return (
              <>
                {changeText(row, mean, a.lang)}
                <span class="note-line">{errorText(row, mean_error, a.lang)}</span>
              </>
            )
          },
        })),
      ]}
    />
  )
}

const Differences: FC<{ a: Asked; t: RunWords; rows: readonly ComparedRow[]; at: number }> = (props) => {
  const { a, t, at } = props
  const w = t.compare
  const r = resultsWords(a.lang)
  const rows = props.rows.flatMap((row) => {
    const difference = row.differences[at]
    return difference ? [{ row, difference }] : []
  })
  type Pair = { readonly row: ComparedRow; readonly difference: Difference }
  return (
    <DataTable
      lang={a.lang}
      caption={w.side}
      rows={rows}
      columns={[
        { key: 'what', head: w.outcome, rowHead: true, cell: ({ row }: Pair) => <RowName t={t} row={row} /> },
        {
          key: 'mean',
          head: r.gains.mean,
          align: 'right',
          cell: ({ row, difference: { mean, mean_error, isClear } }: Pair) => (
            <>
              {changeText(row, mean, a.lang)}
              <span class="note-line">
                {errorText(row, mean_error, a.lang)}, {isClear ? w.clear : w.unclear}
              </span>
            </>
          ),
        },
        {
          key: 'range',
          head: r.gains.range,
          align: 'right',
          cell: ({ row, difference: { q05, q95 } }: Pair) =>
            `${changeText(row, q05, a.lang)} ${r.gains.to} ${changeText(row, q95, a.lang)}`,
        },
        {
          key: 'better',
          head: w.betterIn,
          align: 'right',
          cell: ({ difference: { better } }: Pair) => shareText(better),
        },
      ]}
    />
  )
}

/** The one place that all plans share. */
const NationOutput: FC<{ a: Asked; t: RunWords; runs: readonly StoredRun[] }> = ({ a, t, runs }) => {
  const r = resultsWords(a.lang)
  const lines = runs.map((run) => ({
    label: run.ground.plan.id,
    values: monthSeries(run.results, 'nation', 'gdp', 'difference').mean,
  }))
  const [first] = runs
  if (!first) return <p />
  const unit = chartUnit(lines.flatMap(({ values }) => values))
  const months = monthsOf(first.results)
  const title = t.compare.nation
  return (
    <Figure
      lang={a.lang}
      title={title}
      subtitle={`${r.months.usd(r.months.units[unit.unit])} ${t.compare.nationSub}`}
      table={
        <NumberTable
          caption={title}
          months
          heads={[r.months.month, ...lines.map(({ label }) => label)]}
          rows={months.map((month, i) => [
            formatDate(month, a.lang),
            ...lines.map(({ values }) => cellText(values[i] ?? 0, unit)),
          ])}
        />
      }
    >
      <Lines
        name={`${title}: ${lines.map(({ label, values }) => `${label} ${usdChange(values.at(-1) ?? 0, a.lang)}`).join(', ')}`}
        axis={usdAxis}
        ticks={yearPoints(months.length).map(({ at, minor }) => ({
          at,
          minor,
          text: formatDate(months[at] ?? '', a.lang),
        }))}
        lines={lines.map(({ label, values }) => ({ label, values: scaled(values, unit) }))}
      />
    </Figure>
  )
}
