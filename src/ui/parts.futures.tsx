import type { Child, FC } from 'hono/jsx'
import { Fan } from './fan.tsx'
import { Figure } from './figure.tsx'
import { formatMoney } from './format.ts'
import { GainLoss, type GainLossRow } from './gain-loss.tsx'
import { HeldOwed } from './held-owed.tsx'
import type { Lang } from './lang.ts'
import { Section } from './section.tsx'
import { Squares } from './squares.tsx'
import { DataTable } from './table.tsx'
import { Tornado } from './tornado.tsx'
import { words } from './words.ts'

const WORDS = {
  en: {
    title: 'Possible futures',
    rail: 'Made-up values. Each picture is drawn for wide and for narrow places.',
    sub: 'Millions of US dollars',
    fan: 'Balance by month',
    outer: '9 in 10 draws',
    inner: '1 in 2 draws',
    middle: 'with, median',
    beside: 'without: dashed',
    held: 'Held, and owed on it',
    due: 'first payment due',
    squares: 'A hundred futures',
    worse: '48 worse off',
    same: '38 the same',
    better: '14 better off',
    tornado: 'What decides',
    rows: ['Cause one', 'Cause two', 'Cause three'],
    often: 'often',
    rarely: 'rarely',
    gain: 'Who gains, who loses',
    loses: 'loses',
    gains: 'gains',
    cash: 'Cash',
    jobs: 'Jobs',
    places: ['Members', 'Others', 'Nation'],
    month: 'Month',
    value: 'Value',
  },
  es: {
    title: 'Futuros posibles',
    rail: 'Valores inventados. Cada imagen se dibuja para lugares anchos y angostos.',
    sub: 'Millones de dólares',
    fan: 'Saldo por mes',
    outer: '9 de 10 futuros',
    inner: '1 de 2 futuros',
    middle: 'con, mediana',
    beside: 'sin: a trazos',
    held: 'Retenido, y lo que se debe por ello',
    due: 'primer pago vencido',
    squares: 'Cien futuros',
    worse: '48 peor',
    same: '38 igual',
    better: '14 mejor',
    tornado: 'Qué decide',
    rows: ['Causa uno', 'Causa dos', 'Causa tres'],
    often: 'mucho',
    rarely: 'poco',
    gain: 'Quién gana, quién pierde',
    loses: 'pierde',
    gains: 'gana',
    cash: 'Dinero',
    jobs: 'Empleos',
    places: ['Miembros', 'Otros', 'La nación'],
    month: 'Mes',
    value: 'Valor',
  },
} satisfies Record<Lang, unknown>

const axis = (value: number): string => `${value < 0 ? '−' : ''}$${Math.abs(value).toLocaleString('en-US')}`
const POINTS = 25
const wave = (i: number, spread: number): number => 200 + spread * Math.sqrt(i) * 18 - ((i * 7) % 5)
const series = (spread: number) => Array.from({ length: POINTS }, (_, i) => wave(i, spread))
const TICKS = [0, 6, 12, 18, 24].map((at) => ({ at, text: String(at), minor: at % 12 === 6 }))
const HELD = Array.from({ length: 11 }, (_, i) => ({ held: i * 150, owed: i * i * 1.8 }))

/** The pictures of possible futures, with made-up values. */
export const PartsFutures: FC<{ lang: Lang }> = ({ lang }) => {
  const w = WORDS[lang]
  const money = (value: number) => formatMoney(BigInt(value) * 100_000_000n, lang, { unit: 'm' })
  const shown = (title: string, picture: Child, values: readonly number[] = [-97, 4, 12]) => (
    <Figure
      lang={lang}
      title={title}
      subtitle={w.sub}
      source={words(lang).site.illustrative}
      illustrative
      table={<Values lang={lang} title={title} values={values} />}
    >
      {picture}
    </Figure>
  )
  return (
    <Section id="futures" title={w.title} rail={<p>{w.rail}</p>}>
      {shown(
        w.squares,
        <Squares
          name={`${w.worse}, ${w.same}, ${w.better}`}
          groups={[
            { sign: 'minus', count: 48, text: w.worse },
            { sign: 'blank', count: 38, text: w.same },
            { sign: 'plus', count: 14, text: w.better },
          ]}
        />,
        [48, 38, 14],
      )}
      {shown(
        w.fan,
        <Fan
          name={w.fan}
          axis={axis}
          ticks={TICKS}
          series={{
            q05: series(-1.6),
            q25: series(-0.6),
            q50: series(0),
            q75: series(0.5),
            q95: series(1.3),
          }}
          beside={{ q05: series(-1), q50: series(0.1), q95: series(1.5) }}
          labels={{ outer: w.outer, inner: w.inner, middle: w.middle, beside: w.beside }}
        />,
        series(0),
      )}
      {shown(
        w.held,
        <HeldOwed
          name={w.held}
          axis={axis}
          ticks={TICKS.map((tick) => ({ ...tick, at: tick.at / 2 })).slice(0, 4)}
          points={HELD}
          steps
          held={money(1500)}
          owed={money(180)}
          note="12%"
          moments={[{ at: 3, text: w.due }]}
        />,
        HELD.map(({ held }) => held),
      )}
      {shown(
        w.gain,
        <GainLoss
          name={w.gain}
          loses={w.loses}
          gains={w.gains}
          panels={[
            {
              title: w.cash,
              note: w.sub,
              scale: 'usd',
              rows: w.places.map((label, i) => sampleRow(label, i, money)),
            },
            {
              title: w.jobs,
              note: '',
              scale: 'jobs',
              rows: w.places.map((label, i) => sampleRow(label, i, String)),
            },
          ]}
        />,
      )}
      {shown(
        w.tornado,
        <Tornado
          name={w.tornado}
          axis={axis}
          mean={-97}
          rows={w.rows.map((label, i) => ({
            label,
            ends: [
              { value: -166 + i * 20, word: w.often, error: 6 },
              { value: -40 - i * 12, word: w.rarely, error: 5 },
            ],
          }))}
        />,
      )}
    </Section>
  )
}

function sampleRow(label: string, i: number, text: (value: number) => string): GainLossRow {
  const value = [-97, 4, 12][i] ?? 0
  const [low, high] = [value - 60 + i * 20, value + 30]
  return { label, value, low, high, text: text(value), range: `${text(low)} … ${text(high)}` }
}

const Values: FC<{ lang: Lang; title: string; values: readonly number[] }> = ({ lang, title, values }) => (
  <DataTable
    lang={lang}
    caption={title}
    phone="scroll"
    rows={values.map((value, i) => ({ i, value }))}
    columns={[
      { key: 'month', head: WORDS[lang].month, rowHead: true, cell: ({ i }) => String(i + 1) },
      { key: 'value', head: WORDS[lang].value, align: 'right', cell: ({ value }) => value.toFixed(0) },
    ]}
  />
)
