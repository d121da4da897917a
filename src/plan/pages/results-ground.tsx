import type { FC } from 'hono/jsx'
import type { Usps } from '../../base/index.ts'
import type { Distribution } from '../../scenario/index.ts'
import {
  BothSides,
  DataTable,
  formatCount,
  formatDate,
  formatPercent,
  KeyValue,
  type Lang,
  Section,
  stateName,
} from '../../ui/index.ts'
import { parameterText, usd } from '../results/format.ts'
import { missingText } from '../results/missing-words.ts'
import type { RunAssumption, RunInput } from '../runs/runs.ts'
import { English, Link } from './parts.tsx'
import { dataPath, type Shown } from './results-parts.tsx'

/** What would change the answer, then both cases at the same length, the harm, and what is not known. */
export const JudgementSections: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const { plan } = run.ground
  return (
    <>
      <Section id="change" title={w.change.title} rail={<p>{w.change.rail}</p>}>
        <Lines shown={{ a }} lines={plan.would_change} />
      </Section>
      <Section id="cases" title={w.cases.title} rail={<p>{w.cases.rail}</p>}>
        <BothSides
          first={{ title: a.t.plan.caseFor, text: <English a={a}>{plan.case_for}</English> }}
          second={{ title: a.t.plan.caseAgainst, text: <English a={a}>{plan.case_against}</English> }}
        />
        <div class="both-sides under">
          <div>
            <h3>{w.cases.harm}</h3>
            <Lines shown={{ a }} lines={plan.harm} />
          </div>
          <div>
            <h3>{w.cases.unknown}</h3>
            <Lines shown={{ a }} lines={plan.not_known} />
          </div>
        </div>
      </Section>
    </>
  )
}

const Lines: FC<{ shown: Pick<Shown, 'a'>; lines: readonly string[] }> = ({ shown: { a }, lines }) => (
  <ul class="plain-list">
    {lines.map((line) => (
      <li>
        <English a={a}>{line}</English>
      </li>
    ))}
  </ul>
)

/** What the run stands on: what is left out, inputs with years, assumptions with sources. */
export const GroundSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { a, w, run } = shown
  const t = w.ground
  const { left_out, inputs, plan } = run.ground
  return (
    <Section id="ground" title={t.title} rail={<p>{t.rail}</p>}>
      <h3>{t.leftOut}</h3>
      {left_out.length === 0 ? (
        <p>{t.leftOutNone}</p>
      ) : (
        <>
          <p class="table-note">{t.leftOutNote}</p>
          <ul class="plain-list">
            {left_out.map(({ usps, missing }) => (
              <li>
                <b>{stateName(usps as Usps, a.lang)}</b>: {missingText(missing, a.lang)}
              </li>
            ))}
          </ul>
        </>
      )}
      {inputs.map(({ usps, lines }) => (
        <details class="as-table named">
          <summary>
            <span>{t.inputs(stateName(usps as Usps, a.lang))}</span>
          </summary>
          <Inputs shown={shown} usps={usps} lines={lines} />
        </details>
      ))}
      <details class="as-table named">
        <summary>
          <span>{t.assumptions}</span>
        </summary>
        <p class="table-note">{t.rate(formatPercent(run.ground.underpayment_rate, 0))}</p>
        <Assumptions shown={shown} />
      </details>
      <h3>{t.sources}</h3>
      <ul class="plain-list">
        {plan.sources.map((source) => (
          <li>
            {source.record !== undefined ? (
              <Link a={a} to={`/records/${source.record}`} english>
                {source.title}
              </Link>
            ) : (
              <English a={a}>
                {source.url === undefined ? source.title : <a href={source.url}>{source.title}</a>}
              </English>
            )}
            , <English a={a}>{[source.publisher, source.date].filter(Boolean).join(', ')}</English>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Inputs: FC<{ shown: Shown; usps: string; lines: readonly RunInput[] }> = ({ shown, usps, lines }) => {
  const { a, w } = shown
  const t = w.ground
  return (
    <DataTable
      lang={a.lang}
      caption={t.inputs(usps)}
      rows={lines}
      columns={[
        { key: 'input', head: t.input, rowHead: true, cell: ({ symbol }) => t.symbols[symbol] ?? symbol },
        {
          key: 'value',
          head: t.value,
          align: 'right',
          cell: (line) => `${inputText(line, a.lang)} ${t.units[line.unit]}`,
        },
        {
          key: 'year',
          head: t.year,
          cell: ({ years, basis }) => `${years.join(', ') || t.noYear}; ${t.basis[basis]}`,
        },
        {
          key: 'from',
          head: t.from,
          cell: ({ how, sources }) => (
            <English a={a}>
              {how}
              {sources.length > 0 && <span class="note-line">{sources.join('; ')}</span>}
            </English>
          ),
        },
      ]}
    />
  )
}

function inputText({ unit, value }: RunInput, lang: Lang): string {
  if (unit === 'USD' || unit === 'USD a year') return usd(value, lang)
  return unit === 'share' ? formatPercent(value) : parameterText(value * 1e6)
}

const Assumptions: FC<{ shown: Shown }> = ({ shown: { a, w, run } }) => {
  const t = w.ground
  return (
    <DataTable
      lang={a.lang}
      caption={t.assumptions}
      rows={run.ground.assumptions}
      columns={[
        {
          key: 'name',
          head: t.assumption,
          rowHead: true,
          cell: ({ name, meaning }: RunAssumption) => (
            <>
              {w.factors[name][0]}
              <span class="note-line">
                <English a={a}>{meaning}</English>
              </span>
            </>
          ),
        },
        { key: 'drawn', head: t.drawn, cell: ({ distribution }) => distributionText(distribution, t.kinds) },
        {
          key: 'from',
          head: t.from,
          cell: ({ basis, source }) => (
            <>
              {t.by[basis]}
              <span class="note-line">
                <English a={a}>{source}</English>
              </span>
            </>
          ),
        },
      ]}
    />
  )
}

function distributionText(one: Distribution, words: Shown['w']['ground']['kinds']): string {
  const text = parameterText
  switch (one.kind) {
    case 'fixed':
      return words.fixed(text(one.value))
    case 'uniform':
      return words.uniform(text(one.low), text(one.high))
    case 'triangular':
      return words.triangular(text(one.low), text(one.mode), text(one.high))
    case 'beta':
      return words.beta(text(one.mean), text(one.concentration))
    case 'lognormal':
      return words.lognormal(text(one.median), text(one.sigma))
  }
}

/** How anyone gets the same figures, and the files. */
export const RunSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { a, w, run } = shown
  const t = w.run
  const { results, ground } = run
  const files = [
    [t.json, 'results'],
    [t.figures, 'figures.csv'],
    [t.totals, 'totals.csv'],
    [t.outcomes, 'outcomes.csv'],
  ] as const
  return (
    <Section id="run" title={t.title} rail={<p>{t.rail}</p>}>
      <KeyValue
        rows={[
          { key: t.key, value: <code class="hash">{run.key}</code> },
          { key: t.engine, value: results.engineVersion },
          { key: t.facts, value: <English a={a}>{ground.facts}</English> },
          { key: t.draws, value: formatCount(results.draws) },
          { key: t.seed, value: String(results.seed) },
          { key: t.made, value: formatDate(run.made_at, a.lang) },
          {
            key: t.command,
            value: (
              <code>
                tenth plan simulate {ground.plan.id}{' '}
                <span class="nowrap">--draws {String(results.draws)}</span>{' '}
                <span class="nowrap">--seed {String(results.seed)}</span> <span class="nowrap">--json</span>
              </code>
            ),
          },
          {
            key: t.files,
            value: (
              <ul class="plain-list files">
                {files.map(([label, name]) => (
                  <li>
                    <a href={dataPath(shown, name)}>{label}</a>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Section>
  )
}
