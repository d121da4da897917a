import {
  Doubt,
  formatMoney,
  formatMoneyRange,
  formatPercent,
  formatPercentRange,
  href,
  moneyFigure,
  moneyRangeFigure,
  moneyUnit,
  Section,
  SourceLink,
  SourcePopover,
  StatTile,
  StatTiles,
  stateName,
  unitFor,
} from '../../ui/index.ts'
import { sideOf } from '../balance.ts'
import { totalOf } from '../disruption.ts'
import { countedEstimates, newestPublished, type Position } from '../position.ts'
import type { Figure, RecordedDisruption } from '../schema.ts'
import { centsOf, shareOf } from '../units.ts'
import { viewAmount } from '../view.ts'
import { RivalsFigure } from './charts.tsx'
import { DisruptionsTable } from './disruptions.tsx'
import { findingOf, MapWords, NationMap } from './nation.tsx'
import {
  Age,
  type Asked,
  derivedPath,
  figurePath,
  figureYear,
  Prose,
  pathOf,
  viewedText,
  yearText,
} from './parts.tsx'
import { spreadOf } from './state-rivals.tsx'

/** First sentence about a state: what it pays and gets, by how many of the estimates on record. */
export function stateSentence(a: Asked, position: Position): string | undefined {
  const newest = newestPublished(position.estimates)
  const counted = countedEstimates(position.estimates)
  const side = newest && sideOf(newest.balance)
  if (!newest || side === undefined || side === 'even') return undefined
  const agree = counted.filter((one) => sideOf(one.balance) === side).length
  const size = newest.balance < 0n ? -newest.balance : newest.balance
  return a.t.place.stateSentence(
    side,
    agree,
    counted.length,
    formatMoney(size, a.lang),
    yearText(a.t, newest.year_kind, newest.year),
  )
}

/** The four figures of a state: gives, gets, exposure, usable leverage; the small one beside the large ones. */
export const Tiles = (a: Asked, position: Position) => (
  <StatTiles>
    <GivesTile a={a} position={position} />
    <GetsTile a={a} position={position} />
    <ExposureTile a={a} position={position} />
    <LeverageTile a={a} position={position} />
  </StatTiles>
)

interface Drawn {
  readonly a: Asked
  readonly position: Position
}

const figureAndUnit = (amount: bigint, a: Asked) => {
  const unit = unitFor(amount)
  return { figure: moneyFigure(amount, unit), unit: moneyUnit(unit, a.lang) }
}

const perResidentText = (a: Asked, position: Position, amount: bigint, year: number) =>
  viewedText(a, viewAmount(a.figures, position.jurisdiction, year, amount, 'per-resident'), 'per-resident')

const GivesTile = ({ a, position }: Drawn) => {
  const newest = newestPublished(position.estimates)
  const t = a.t.place
  const name = a.lang === 'en' ? 'Gives' : 'Aporta'
  if (!newest?.flows) return <StatTile lang={a.lang} fill="gives" name={name} why={t.noEstimate} />
  return (
    <StatTile
      lang={a.lang}
      fill="gives"
      name={name}
      {...figureAndUnit(newest.flows.gives, a)}
      basis={basisOf(a, position, newest.flows.gives)}
      why={t.givesWhy}
      source={
        <Popover
          a={a}
          id="src-gives"
          title={name}
          position={position}
          value={formatMoney(newest.flows.gives, a.lang)}
          inputs={newest.inputs}
          formula={newest.formula}
          link={derivedPath(`balance.${newest.id}`, position.usps)}
        />
      }
    />
  )
}

function basisOf(a: Asked, position: Position, amount: bigint): string {
  const newest = newestPublished(position.estimates)
  if (!newest) return ''
  const year = yearText(a.t, newest.year_kind, newest.year)
  return newest.year_span > 1
    ? year
    : a.t.place.perResident(perResidentText(a, position, amount, newest.year), year)
}

const GetsTile = ({ a, position }: Drawn) => {
  const newest = newestPublished(position.estimates)
  const t = a.t.place
  const name = a.lang === 'en' ? 'Gets' : 'Recibe'
  if (!newest?.flows) return <StatTile lang={a.lang} fill="gets" name={name} why={t.noEstimate} />
  const others = countedEstimates(position.estimates)
    .filter((one) => one.id !== newest.id)
    .map((one) => one.balance)
    .sort((x, y) => Math.abs(Number(x)) - Math.abs(Number(y)))
  const [first, last] = [others.at(0), others.at(-1)]
  const balance =
    newest.year_span > 1
      ? formatMoney(newest.balance, a.lang)
      : perResidentText(a, position, newest.balance, newest.year)
  return (
    <StatTile
      lang={a.lang}
      fill="gets"
      name={name}
      {...figureAndUnit(newest.flows.gets, a)}
      basis={basisOf(a, position, newest.flows.gets)}
      why={
        <Prose
          text={`${t.getsWhy(balance)} ${first !== undefined && last !== undefined && others.length > 1 ? t.othersRun(formatMoney(first, a.lang), formatMoney(last, a.lang)) : ''}`}
        />
      }
      source={
        <SourceLink href={href(a.lang, pathOf(position.usps, '#rivals'))}>{t.rivalEstimates}</SourceLink>
      }
    />
  )
}

const ExposureTile = ({ a, position }: Drawn) => {
  const t = a.t.place
  const { exposure, dependence } = position
  const name = a.lang === 'en' ? 'Exposure' : 'En riesgo'
  if (!exposure)
    return <StatTile lang={a.lang} fill="exposure" name={name} why={a.t.missingInputs.exposure} />
  return (
    <StatTile
      lang={a.lang}
      fill="exposure"
      name={name}
      {...figureAndUnit(exposure.total, a)}
      basis={t.aYear(yearText(a.t, 'state-fiscal', exposure.year))}
      why={
        <>
          {dependence && t.exposureWhy(formatPercent(dependence.share))} <Age a={a} year={exposure.year} />
        </>
      }
      source={
        <Popover
          a={a}
          id="src-exposure"
          title={name}
          position={position}
          value={formatMoney(exposure.total, a.lang)}
          inputs={exposure.inputs.slice(0, 1)}
          formula={t.exposureSource}
          link={derivedPath('exposure', position.usps)}
        />
      }
    />
  )
}

const LeverageTile = ({ a, position }: Drawn) => {
  const t = a.t.place
  const { leverage, collected } = position
  const name = a.t.leverage.range
  if (!leverage) return <StatTile lang={a.lang} fill="plan" name={name} why={a.t.missingInputs.leverage} />
  const unit = unitFor(leverage.high)
  const whole = collected && centsOf(collected)
  return (
    <StatTile
      lang={a.lang}
      fill="plan"
      name={name}
      figure={moneyRangeFigure(leverage.low, leverage.high, unit)}
      unit={moneyUnit(unit, a.lang)}
      basis={t.atPay(leverage.tax_year)}
      why={
        <>
          {whole &&
            t.leverageWhy(
              formatPercentRange(
                shareOf(leverage.low, whole),
                shareOf(leverage.high, whole),
                shareOf(leverage.high, whole) < 0.015 ? 1 : 0,
              ),
            )}{' '}
          <Doubt id="first-estimate" note={t.firstEstimateNote}>
            {t.firstEstimate}
          </Doubt>
        </>
      }
      source={
        <Popover
          a={a}
          id="src-leverage"
          title={name}
          position={position}
          value={formatMoneyRange(leverage.low, leverage.high, a.lang)}
          inputs={leverage.inputs}
          formula={t.firstEstimateNote}
          link={derivedPath('leverage', position.usps)}
        />
      }
    />
  )
}

const Popover = (
  props: Drawn & {
    id: string
    title: string
    value: string
    inputs: readonly Figure[]
    formula: string
    link: string
  },
) => {
  const { a, position, inputs } = props
  const [first] = inputs
  const series = first && a.figures.series.get(first.series)
  return (
    <SourcePopover
      lang={a.lang}
      id={props.id}
      title={`${props.title}, ${stateName(position.usps, a.lang)}`}
      rows={[
        { key: a.t.value, value: props.value },
        { key: a.t.formula, value: props.formula },
        ...(series
          ? [
              { key: a.t.source, value: `${series.publisher}, ${series.vintage}` },
              { key: a.t.grade, value: a.t.grades[series.grade] },
            ]
          : []),
        { key: a.t.inputs, value: inputs.map((one) => `${one.category} ${figureYear(a, one)}`).join('; ') },
      ]}
      links={[
        { label: a.t.permanent, href: href(a.lang, props.link) },
        ...(first ? [{ label: a.t.inputs, href: href(a.lang, figurePath(first)) }] : []),
        { label: 'CSV', href: `/api/v1/position/${position.usps.toLowerCase()}/flows.csv` },
      ]}
    />
  )
}

/** "Three estimates, one direction": the section that stands before anyone quotes a number. */
export function estimatesSection(a: Asked, position: Position) {
  const t = a.t.place
  const counted = countedEstimates(position.estimates)
  const spread = spreadOf(position)
  const [first] = counted
  const name = stateName(position.usps, a.lang)
  if (!first) return undefined
  const agree = spread?.agree ?? true
  return {
    id: 'estimates',
    title: t.sectionNav,
    body: (
      <Section
        id="estimates"
        title={t.sectionTitle(counted.length, agree)}
        rail={
          <>
            <p>
              {agree && t.allSay(name, counted.length, first.balance < 0n)}{' '}
              {spread?.agree && t.differ(t.fold(spread.times))} {!agree && t.otherSign}
            </p>
            <p>
              {t.never} {position.estimates.some((one) => one.kind === 'illustration') && t.dashed}
            </p>
          </>
        }
      >
        <RivalsFigure
          a={a}
          name={name}
          estimates={position.estimates}
          view="total"
          usps={position.usps.toLowerCase()}
        />
        <p class="under">
          <a href={href(a.lang, pathOf(position.usps))}>{t.title(name)}</a>
        </p>
      </Section>
    ),
  }
}

/** The home page's first map: net balance per resident by the newest published source. */
export const homeMapOf = (a: Asked) => ({
  tab: a.t.nation.tab,
  title: findingOf(a, 'rockefeller'),
  rail: <MapWords a={a} basis="rockefeller" home />,
  figure: <NationMap a={a} basis="rockefeller" />,
})

/** Under a federal action's chain: what it stopped where, by the disruptions recorded for it. */
export const recordSection = (a: Asked, disruptions: readonly RecordedDisruption[], today: string) => {
  const total = totalOf(disruptions)
  const t = a.t.tracker
  return (
    <Section
      id="disruptions"
      title={t.timelineTitle}
      rail={<p>{t.lede(total.count, formatMoney(total.stopped, a.lang), formatMoney(total.back, a.lang))}</p>}
    >
      <DisruptionsTable a={a} disruptions={disruptions} today={today} caption={t.timelineTitle} places />
    </Section>
  )
}
