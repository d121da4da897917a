import type { FC } from 'hono/jsx'
import type { Usps } from '../base/index.ts'
import { STATES } from '../base/index.ts'
import { BarRows, DotPlot, type EstimateRow, OpposedBars } from './charts.tsx'
import { Figure } from './figure.tsx'
import { formatMoney, formatSigned } from './format.ts'
import { href, type Lang } from './lang.ts'
import { PARTS_WORDS } from './parts.words.ts'
import { countScale, NET_BALANCE } from './scale.ts'
import { Section } from './section.tsx'
import { DataTable } from './table.tsx'
import { LocatorMap, MapLegend, SmallMultiples, TileMap, type TileValue } from './tile-map.tsx'
import { stateName, words } from './words.ts'

const NO_FIGURE = ['DC', 'AS', 'GU', 'MP', 'PR', 'VI']

/** Made-up values that reach every bin. */
const SAMPLE: Partial<Record<Usps, TileValue>> = Object.fromEntries(
  STATES.filter((state) => !NO_FIGURE.includes(state.usps)).map((state, i) => [
    state.usps,
    { value: ((i * 1237) % 17_000) - 3800 },
  ]),
)
const COUNTS: Partial<Record<Usps, TileValue>> = Object.fromEntries(
  STATES.map((state, i) => [state.usps, { value: (i * 7) % 13 }]),
)
const COUNT_SCALE = countScale(Object.values(COUNTS).map((tile) => tile.value))

const bn = (tenths: bigint, lang: Lang) => formatMoney(tenths * 10_000_000_000n, lang, { unit: 'bn' })

export const PartsCharts: FC<{ lang: Lang }> = ({ lang }) => (
  <>
    <Maps lang={lang} />
    <Charts lang={lang} />
  </>
)

const Maps: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const tiles = Object.entries(SAMPLE) as [Usps, TileValue][]
  return (
    <Section id="maps" title={w.map} rail={<LocatorMap name={stateName('CO', lang)} here={['CO']} />}>
      <Figure
        lang={lang}
        title={w.mapTitle}
        subtitle={w.mapSub}
        source={w.mapSource}
        illustrative
        table={
          <DataTable
            lang={lang}
            caption={w.mapTitle}
            phone="scroll"
            rows={tiles}
            columns={[
              { key: 'place', head: w.jurisdiction, rowHead: true, cell: ([usps]) => stateName(usps, lang) },
              { key: 'value', head: w.value, align: 'right', cell: ([, tile]) => formatSigned(tile.value) },
            ]}
          />
        }
      >
        <TileMap
          lang={lang}
          name={w.mapTitle}
          scale={NET_BALANCE}
          values={SAMPLE}
          link={(usps) => href(lang, `/states/${usps.toLowerCase()}`)}
        />
        <MapLegend lang={lang} scale={NET_BALANCE} />
      </Figure>
      <SmallMultiples
        maps={(['federal-action', 'measure', 'lawsuit', 'alliance'] as const).map((kind) => ({
          title: words(lang).kinds[kind],
          href: href(lang, '/registry'),
          note: w.mapSource,
          scale: COUNT_SCALE,
          values: COUNTS,
        }))}
      />
      <MapLegend lang={lang} scale={COUNT_SCALE} />
    </Section>
  )
}

const estimates = (lang: Lang): EstimateRow[] => {
  const w = words(lang).figure
  return [
    {
      label: 'Rockefeller Institute',
      note: `2022 · ${w.published}`,
      value: -3.0,
      text: bn(-30n, lang),
      standing: 'published',
    },
    { label: w.own, note: `2018 · ${w.own}`, value: -11.6, text: bn(-116n, lang), standing: 'own' },
    {
      label: 'Tax Foundation',
      note: `1981–2005 · ${w.published}`,
      value: -2.1,
      text: bn(-21n, lang),
      standing: 'published',
    },
    {
      label: 'IRS, USAspending',
      note: `2025 · ${w.illustration}`,
      value: -26.4,
      text: bn(-264n, lang),
      standing: 'illustration',
    },
  ]
}

const Charts: FC<{ lang: Lang }> = ({ lang }) => {
  const w = PARTS_WORDS[lang]
  const f = words(lang).figure
  const rows = estimates(lang)
  return (
    <Section id="charts" title={w.charts} rail={<p>{w.rail}</p>}>
      <Figure
        lang={lang}
        title={w.dotTitle}
        subtitle={w.dotSub}
        source={w.mapSource}
        illustrative
        table={
          <DataTable
            lang={lang}
            caption={w.dotTitle}
            rows={rows}
            columns={[
              { key: 'estimate', head: f.estimate, rowHead: true, cell: (row) => row.label },
              { key: 'kind', head: f.kind, cell: (row) => row.note },
              { key: 'value', head: f.value, align: 'right', cell: (row) => row.text },
            ]}
          />
        }
      >
        <DotPlot
          lang={lang}
          name={w.dotName}
          rows={rows}
          ticks={[-30, -20, -10, 0].map((value) => ({
            value,
            text: value === 0 ? '0' : bn(BigInt(value * 10), lang).replace('.0', ''),
          }))}
        />
      </Figure>
      <Figure lang={lang} title={w.opposedTitle} subtitle={w.opposedSub} source={w.mapSource} illustrative>
        <OpposedBars
          lang={lang}
          name={w.opposedName}
          gives={{
            title: `${f.gives} ${bn(621n, lang)}`,
            rows: [331n, 220n, 41n, 18n].map((tenths) => ({
              label: w.value,
              value: Number(tenths),
              text: bn(tenths, lang),
            })),
          }}
          gets={{
            title: `${f.gets} ${bn(504n, lang)}`,
            rows: [
              ...[139n, 103n, 95n].map((tenths) => ({
                label: w.value,
                value: Number(tenths),
                text: bn(tenths, lang),
              })),
              { label: w.runway },
            ],
          }}
        />
      </Figure>
      <Figure lang={lang} title={w.barsTitle} subtitle={w.barsSub} source={w.mapSource} illustrative>
        <BarRows
          side
          name={w.barsTitle}
          rows={[
            { label: 'A', note: w.rail, value: 58, text: bn(58n, lang), share: '64%', fill: 'gets' },
            { label: 'B', note: w.rail, value: 23, text: bn(23n, lang), share: '26%', fill: 'gets-mid' },
            { label: 'C', note: w.rail, value: 6, text: bn(6n, lang), share: '7%', fill: 'gets-light' },
            { label: 'D', note: w.rail, value: 3, text: bn(3n, lang), share: '3%', fill: 'none' },
          ]}
        />
        <BarRows
          name={w.barsSub}
          rows={[
            { label: f.gives, value: 859, text: bn(859n, lang), fill: 'gives' },
            { label: f.exposure, value: 90, text: bn(90n, lang), fill: 'exposure' },
            {
              label: f.leverage,
              value: 29,
              low: 17,
              text: `${bn(17n, lang)} … ${bn(29n, lang)}`,
              fill: 'plan',
            },
          ]}
        />
      </Figure>
    </Section>
  )
}
