import type { FC } from 'hono/jsx'
import {
  BarRows,
  Button,
  Figure,
  formatCount,
  formatPercent,
  href,
  NumberTable,
  Section,
  Tornado,
} from '../../ui/index.ts'
import { horizonOfGroup } from '../brief/gains.ts'
import { chartUnit, parameterText, usd, usdAxis, usdChange } from '../results/format.ts'
import { type Decider, decidersOf } from '../results/results.ts'
import { Csv, type Shown } from './results-parts.tsx'

const MOST_BARS = 9
/** A share below it would be printed as 0%; the table has it. */
const LEAST_SHARE = 0.005

/** How the result moves with each assumption, and how much of its spread each makes. */
export const DecidesSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { w, run } = shown
  const t = w.decides
  const deciders = decidersOf(run)
  return (
    <Section
      id="decides"
      title={t.title}
      rail={
        <>
          <p>{t.rail}</p>
          <p>{t.railTotal}</p>
        </>
      }
    >
      {deciders.length === 0 ? <p>{t.nothing}</p> : <Picture shown={shown} deciders={deciders} />}
      {deciders.length > 0 && <Shares shown={shown} deciders={deciders} />}
    </Section>
  )
}

const Picture: FC<{ shown: Shown; deciders: readonly Decider[] }> = ({ shown, deciders }) => {
  const { a, w, run } = shown
  const t = w.decides
  const swinging = deciders.filter(({ swing }) => swing !== undefined)
  const drawn = swinging.slice(0, MOST_BARS)
  const { mean } = horizonOfGroup(run.results, 'members').netFiscal
  const unit = chartUnit([
    mean,
    ...drawn.flatMap(({ swing }) => [swing?.low.mean ?? 0, swing?.high.mean ?? 0]),
  ])
  const [first] = drawn
  if (!first?.swing) return <p>{t.nothing}</p>
  const money = (value: number) => usdChange(value, a.lang)
  return (
    <Figure
      lang={a.lang}
      title={t.picture}
      subtitle={
        <>
          {w.months.usd(w.months.units[unit.unit])} {t.subBefore}
          <span class="nowrap">{money(mean)}</span>
          {t.subAfter}
        </>
      }
      source={
        <>
          {run.sensitivity ? t.source(formatCount(run.sensitivity.rows)) : t.noStudy}
          <Csv shown={shown} name="decides.csv" />
        </>
      }
      table={<DecidersTable shown={shown} deciders={deciders} />}
    >
      <Tornado
        name={t.name(w.factors[first.factor][0], money(first.swing.low.mean), money(first.swing.high.mean))}
        mean={mean / unit.scale}
        axis={usdAxis}
        rows={drawn.flatMap(({ factor, swing }) =>
          swing
            ? [
                {
                  label: w.factors[factor][0],
                  ends: [
                    {
                      value: swing.low.mean / unit.scale,
                      error: swing.low.mean_error / unit.scale,
                      word: w.factors[factor][1],
                    },
                    {
                      value: swing.high.mean / unit.scale,
                      error: swing.high.mean_error / unit.scale,
                      word: w.factors[factor][2],
                    },
                  ],
                },
              ]
            : [],
        )}
      />
    </Figure>
  )
}

/** Simple bars are best as a list of them. */
const Shares: FC<{ shown: Shown; deciders: readonly Decider[] }> = ({ shown, deciders }) => {
  const { a, w, run } = shown
  const t = w.decides
  if (!run.sensitivity)
    return (
      <form method="post" action={href(a.lang, `/plans/${run.ground.plan.id}/run`)} class="under">
        <input type="hidden" name="draws" value={String(run.results.draws)} />
        <input type="hidden" name="seed" value={String(run.results.seed)} />
        <p>{t.noStudy}</p>
        <Button kind="outline">{t.study}</Button>
      </form>
    )
  const rows = deciders
    .filter(({ total }) => total !== undefined && total >= LEAST_SHARE)
    .toSorted((one, other) => (other.total ?? 0) - (one.total ?? 0))
    .slice(0, MOST_BARS)
  return (
    <div class="sheet">
      <h3 class="figure-title">{t.share}</h3>
      <BarRows
        name={t.share}
        side
        rows={rows.map(({ factor, total = 0, error = 0 }) => ({
          label: w.factors[factor][0],
          value: total,
          text: formatPercent(total, 0),
          share: `± ${formatPercent(error, 0)}`,
          fill: factor === 'chance' ? 'none' : 'plan-fill',
        }))}
      />
    </div>
  )
}

const DecidersTable: FC<{ shown: Shown; deciders: readonly Decider[] }> = ({ shown, deciders }) => {
  const { a, w } = shown
  const t = w.decides
  return (
    <NumberTable
      caption={t.picture}
      heads={[t.cause, t.low, '', '±', t.high, '', '±', t.share, '±'].map((head, i) =>
        head === '' ? `${i < 4 ? t.low : t.high}, ${w.ground.value}` : head,
      )}
      rows={deciders.map(({ factor, swing, total, error }) => [
        w.factors[factor][0],
        ...(swing
          ? [
              ...[usdChange(swing.low.mean, a.lang), t.upTo(parameterText(swing.low.bound))],
              ...[usd(swing.low.mean_error, a.lang), usdChange(swing.high.mean, a.lang)],
              ...[t.from(parameterText(swing.high.bound)), usd(swing.high.mean_error, a.lang)],
            ]
          : ['–', '–', '–', '–', '–', '–']),
        ...[
          total === undefined ? '–' : formatPercent(total),
          error === undefined ? '–' : formatPercent(error),
        ],
      ])}
    />
  )
}
