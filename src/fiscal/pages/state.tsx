import type { FC } from 'hono/jsx'
import { divisionOfState, type Usps } from '../../base/index.ts'
import {
  BarRows,
  DataTable,
  Doubt,
  Figure,
  formatMoney,
  formatMoneyRange,
  formatPercent,
  formatPercentRange,
  href,
  Note,
  PageHead,
  Section,
  stateName,
  Tabs,
} from '../../ui/index.ts'
import type { MoneyAction } from '../money-actions.ts'
import { countedEstimates, type Position } from '../position.ts'
import type { Ratio } from '../ratios.ts'
import type { RecordedDisruption } from '../schema.ts'
import { centsOf, shareOf } from '../units.ts'
import { neutralShare, VIEWS, type View, viewAmount, viewBalance } from '../view.ts'
import { ActionsTable } from './actions.tsx'
import { ExposureFigure, labelOf, RivalsFigure, SidesFigure } from './charts.tsx'
import { DisruptionsTable } from './disruptions.tsx'
import {
  type Asked,
  Downloads,
  derivedPath,
  English,
  FiscalPage,
  figurePath,
  figureYear,
  Link,
  methodName,
  pathOf,
  viewedText,
  yearText,
} from './parts.tsx'

export interface StatePageProps {
  readonly a: Asked
  readonly position: Position
  readonly view: View
  readonly actions: readonly MoneyAction[]
  readonly disruptions: readonly RecordedDisruption[]
  readonly today: string
  readonly ranks: ReadonlyMap<Ratio['id'], { readonly rank: number; readonly of: number }>
  readonly peers: readonly { readonly usps: Usps; readonly position: Position }[]
  readonly peersAsked: string
}

export const PositionPage: FC<StatePageProps> = (props) => {
  const { a, position, view } = props
  const name = stateName(position.usps, a.lang)
  const path = pathOf(position.usps)
  return (
    <FiscalPage
      a={a}
      title={a.t.place.title(name)}
      path={view === 'total' ? path : `${path}?view=${view}`}
      crumbs={[{ label: name }]}
      description={a.t.place.title(name)}
    >
      <PageHead title={a.t.place.title(name)} lede={<Lede a={a} position={position} name={name} />} />
      <Tabs
        name={a.t.place.views}
        tabs={VIEWS.map((one) => ({
          label: a.t.views[one],
          href: href(a.lang, one === 'total' ? path : `${path}?view=${one}`),
          current: one === view,
        }))}
      />
      <LeverageSection {...props} name={name} />
      <FlowsSection {...props} name={name} />
      <RivalsSection {...props} name={name} />
      <ExposureSection {...props} />
      <RatiosSection {...props} />
      <PeersSection {...props} name={name} />
      <OverTimeSection {...props} name={name} />
      <DisruptionsSection {...props} name={name} />
      <Downloads a={a} path={`/position/${position.usps.toLowerCase()}/flows`} parquet />
    </FiscalPage>
  )
}

type Named = StatePageProps & { readonly name: string }

/** The honest heart: how little of what is collected the state itself touches. */
const Lede: FC<{ a: Asked; position: Position; name: string }> = ({ a, position, name }) => {
  const t = a.t.place
  const { leverage, collected, exposure } = position
  if (!leverage || !collected) return <>{t.missingLede(name)}</>
  const whole = centsOf(collected)
  const [low, high] = [100 * shareOf(leverage.low, whole), 100 * shareOf(leverage.high, whole)]
  const part = low >= 9.5 || Math.round(low) === Math.round(high) || low >= 1 ? 0 : 1
  return (
    <>
      {t.each(name)} <b>{lowToHigh(low, high, part, t.to)}</b>. {t.touch}{' '}
      {exposure &&
        t.times(
          timesWord(shareOf(exposure.total, leverage.high), a.lang),
          timesWord(shareOf(exposure.total, leverage.low), a.lang),
        )}
    </>
  )
}

function lowToHigh(low: number, high: number, digits: number, to: string): string {
  const [a, b] = [low.toFixed(digits), high.toFixed(digits)]
  return a === b ? `$${a}` : `$${a} ${to} $${b}`
}

const TIMES = {
  en: ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  es: ['', '', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
} as const
const timesWord = (times: number, lang: 'en' | 'es'): string =>
  (times >= 1.5 ? TIMES[lang][Math.round(times)] : undefined) ?? times.toFixed(times < 1.5 ? 1 : 0)

const LeverageSection: FC<Named> = ({ a, position, view, name }) => {
  const t = a.t.place
  const { leverage, collected, exposure, usps, jurisdiction } = position
  const shown = view === 'deficit-neutral' ? 'total' : view
  const amount = (cents: bigint, year: number) => viewAmount(a.figures, jurisdiction, year, cents, shown)
  const bar = (label: string, cents: bigint, year: number, fill: 'gives' | 'exposure') => {
    const viewed = amount(cents, year)
    return { label, value: viewed.ok ? Number(viewed.value) : 0, text: viewedText(a, viewed, shown), fill }
  }
  const low = leverage && amount(leverage.low, leverage.tax_year)
  const high = leverage && amount(leverage.high, leverage.tax_year)
  const rows = [
    ...(collected
      ? [bar(t.collected(name, figureYear(a, collected)), centsOf(collected), collected.year, 'gives')]
      : []),
    ...(exposure
      ? [
          bar(
            (exposure.inputs.length > 0 ? t.grants : t.ownGrants)(
              yearText(a.t, 'state-fiscal', exposure.year),
            ),
            exposure.total,
            exposure.year,
            'exposure',
          ),
        ]
      : []),
    ...(leverage && low?.ok && high?.ok
      ? [
          {
            label: t.usable(leverage.tax_year),
            low: Number(low.value),
            value: Number(high.value),
            text: rangeText(a, low.value, high.value, shown),
            fill: 'plan' as const,
          },
        ]
      : []),
  ]
  if (rows.length === 0) return <></>
  return (
    <Section
      id="leverage"
      title={t.leverage}
      rail={
        <>
          <p>{t.leverageRail}</p>
          <p>{t.leverageYears}</p>
          {view === 'deficit-neutral' && <p class="muted">{t.neutralNote}</p>}
        </>
      }
    >
      <Figure
        lang={a.lang}
        title={t.leverageTitle}
        subtitle={a.t.units[shown]}
        source={
          <>
            {t.leverageSource(collected ? figureYear(a, collected) : '')}{' '}
            <Link a={a} to={derivedPath('leverage', usps)}>
              {t.formulaLink}
            </Link>
          </>
        }
        table={
          <DataTable
            lang={a.lang}
            caption={t.leverageTitle}
            rows={rows}
            columns={[
              { key: 'what', head: a.t.methods.categories, rowHead: true, cell: (row) => row.label },
              { key: 'amount', head: a.t.amount, align: 'right', cell: (row) => row.text },
            ]}
          />
        }
      >
        <BarRows name={t.leverageTitle} rows={rows} />
      </Figure>
      {position.employer && (
        <p class="under">
          {t.employer(formatMoneyRange(position.employer.low, position.employer.high, a.lang))}{' '}
          <Link a={a} to={`${derivedPath('leverage', usps)}#employer`}>
            {a.t.leverage.coverage}
          </Link>
        </p>
      )}
      {position.sponsor.map((said) => (
        <Note title={t.sponsor}>
          <a href={said.url}>
            {t.sponsorSaid(
              said.who,
              said.bill,
              formatMoneyRange(BigInt(said.low_usd) * 100n, BigInt(said.high_usd) * 100n, a.lang, {
                digits: 0,
              }),
            )}
          </a>{' '}
          {leverage &&
            position.state_only &&
            t.sponsorOurs(
              formatMoneyRange(leverage.low, leverage.high, a.lang),
              formatMoneyRange(position.state_only.low, position.state_only.high, a.lang),
            )}{' '}
          <English a={a}>{said.why_it_differs}</English>
        </Note>
      ))}
    </Section>
  )
}

function rangeText(a: Asked, low: bigint, high: bigint, view: View): string {
  if (view === 'gdp-share') return formatPercentRange(Number(low) / 10_000, Number(high) / 10_000, 2)
  return formatMoneyRange(low, high, a.lang, view === 'per-resident' ? { unit: 'exact' } : {})
}

const FlowsSection: FC<Named> = ({ a, position, view, name }) => {
  const { sides, jurisdiction } = position
  const t = a.t.place
  const [top] = sides?.gives ?? []
  if (!sides || !top) return <></>
  const show = (amount: bigint, side: 'gives' | 'gets') =>
    viewAmount(
      a.figures,
      jurisdiction,
      sides.year,
      view === 'deficit-neutral' && side === 'gives'
        ? neutralShare(a.figures, 'recon_2018', jurisdiction, amount)
        : amount,
      view,
    )
  return (
    <Section
      id="flows"
      title={t.flows}
      rail={
        <>
          <p>
            {t.flowsRail(
              labelOf(a, top.series, top.category),
              formatPercent(shareOf(centsOf(top), sides.given), 0),
              name,
            )}
          </p>
          <Note title={t.gapTitle}>{t.gap}</Note>
        </>
      }
    >
      <SidesFigure a={a} name={name} sides={sides} view={view} show={show} />
    </Section>
  )
}

const RivalsSection: FC<Named> = ({ a, position, view, name }) => {
  const t = a.t.place
  const claims = position.estimates.filter((one) => one.kind === 'claim')
  return (
    <Section id="rivals" title={t.rivals} rail={<RivalsRail a={a} position={position} />}>
      <RivalsFigure
        a={a}
        name={name}
        estimates={position.estimates}
        view={view}
        usps={position.usps.toLowerCase()}
      />
      {claims.length > 0 && (
        <>
          <h3>{t.claims}</h3>
          <p class="under">{t.claimsNote}</p>
          <DataTable
            lang={a.lang}
            caption={t.claims}
            rows={claims}
            columns={[
              {
                key: 'who',
                head: t.whoSaid,
                rowHead: true,
                cell: (one) =>
                  one.url ? (
                    <a href={one.url} lang={a.lang === 'en' ? undefined : 'en'}>
                      {one.name}
                    </a>
                  ) : (
                    <English a={a}>{one.name}</English>
                  ),
              },
              {
                key: 'year',
                head: a.t.year,
                nowrap: true,
                cell: (one) => yearText(a.t, one.year_kind, one.year),
              },
              {
                key: 'balance',
                head: a.t.balance,
                align: 'right',
                cell: (one) => (
                  <>
                    {formatMoney(one.balance, a.lang)}
                    <div>
                      <Doubt id={`claim-${one.id}`}>{t.claim}</Doubt>
                    </div>
                  </>
                ),
              },
              { key: 'why', head: t.why, cell: (one) => <English a={a}>{one.why_it_differs}</English> },
            ]}
          />
        </>
      )}
    </Section>
  )
}

export const RivalsRail: FC<{ a: Asked; position: Position }> = ({ a, position }) => {
  const t = a.t.place
  const spread = spreadOf(position)
  const counted = countedEstimates(position.estimates).length > 0
  return (
    <p>
      {spread === undefined
        ? counted
          ? t.onlyOne
          : t.noEstimate
        : spread.agree
          ? t.sameSign(t.apart(spread.times))
          : t.otherSign}{' '}
      {position.estimates.some((one) => one.kind === 'illustration') && t.dashed}
    </p>
  )
}

/** How far counted estimates lie apart: the largest over the smallest, where all have one sign. */
export function spreadOf(
  position: Position,
): { readonly agree: boolean; readonly times: number } | undefined {
  const balances = countedEstimates(position.estimates).map((one) => Number(one.balance))
  if (balances.length < 2) return undefined
  const agree = balances.every((n) => n < 0) || balances.every((n) => n > 0)
  const sizes = balances.map(Math.abs)
  return { agree, times: Math.max(...sizes) / Math.min(...sizes) }
}

const ExposureSection: FC<StatePageProps> = ({ a, position }) => {
  const t = a.t.place
  const { exposure } = position
  if (!exposure) return <></>
  return (
    <Section
      id="exposure"
      title={t.exposure}
      rail={
        <>
          <p>
            {t.exposureRail(
              formatMoney(exposure.total, a.lang),
              yearText(a.t, 'state-fiscal', exposure.year),
            )}
          </p>
          {exposure.inputs.length > 0 && (
            <p>
              <Doubt id="by-function" note={t.byFunctionNote}>
                {t.byFunction}
              </Doubt>
            </p>
          )}
        </>
      }
    >
      <ExposureFigure a={a} position={position} />
    </Section>
  )
}

const RatiosSection: FC<StatePageProps> = ({ a, position, ranks }) => {
  const t = a.t.place
  return (
    <Section id="ratios" title={t.ratios} rail={<p>{t.ratiosRail}</p>}>
      <DataTable
        lang={a.lang}
        caption={t.ratios}
        rows={position.ratios}
        columns={[
          { key: 'ratio', head: t.ratio, rowHead: true, cell: (ratio) => a.t.ratioNames[ratio.id] },
          {
            key: 'value',
            head: a.t.value,
            align: 'right',
            nowrap: true,
            cell: (ratio) => (ratio.ok ? ratioText(a, ratio) : <span class="muted">{a.t.leftOut}</span>),
          },
          { key: 'rank', head: a.t.rank, cell: (ratio) => rankText(a, ranks, ratio) },
          {
            key: 'inputs',
            head: t.inputsAndYears,
            cell: (ratio) => <RatioInputs a={a} ratio={ratio} usps={position.usps} />,
          },
        ]}
      />
    </Section>
  )
}

const rankText = (a: Asked, ranks: StatePageProps['ranks'], ratio: Ratio): string => {
  const rank = ranks.get(ratio.id)
  return ratio.ok && rank ? a.t.place.ofAll(rank.rank, rank.of) : ''
}

const ratioText = (a: Asked, ratio: Ratio & { readonly ok: true }): string => {
  if (ratio.unit === 'months') return `${ratio.low.toFixed(1)} ${a.t.months}`
  return ratio.low === ratio.high
    ? formatPercent(ratio.low)
    : formatPercentRange(ratio.low, ratio.high, ratio.high < 0.1 ? 1 : 0)
}

const RatioInputs: FC<{ a: Asked; ratio: Ratio; usps: Usps }> = ({ a, ratio, usps }) => {
  if (!ratio.ok)
    return (
      <>
        <Doubt id={`missing-${ratio.id}`}>
          {ratio.missing.map((name) => a.t.missingInputs[name]).join('; ')}
        </Doubt>{' '}
        {ratio.missing.includes('reserve') && (
          <Link a={a} to={pathOf(usps, '/funds#reserve')}>
            {a.t.place.addIt}
          </Link>
        )}
      </>
    )
  const oldest = Math.min(...ratio.inputs.map((input) => input.year))
  return (
    <>
      {ratio.inputs
        .map(
          (input) =>
            `${a.t.place.inputNames[input.name] ?? input.name} ${yearText(a.t, input.year_kind, input.year)}`,
        )
        .join(' ÷ ')}{' '}
      {a.thisYear - oldest > 9 && <Doubt id={`old-${ratio.id}`}>{a.t.yearsOld(a.thisYear - oldest)}</Doubt>}
    </>
  )
}

const PeersSection: FC<Named> = ({ a, position, peers, peersAsked, view, name }) => {
  const t = a.t.place
  const rows = [{ usps: position.usps, position }, ...peers]
  const balance = (row: Position, id: string) => {
    const one = row.estimates.find((estimate) => estimate.id === id)
    return one ? viewedText(a, viewBalance(a.figures, one, view), view) : a.t.leftOut
  }
  const methods = position.estimates.filter((one) => one.kind !== 'claim' && one.kind !== 'user')
  return (
    <Section
      id="peers"
      title={t.peers}
      rail={
        <>
          <p>{t.peersRail}</p>
          <form class="inline-form" method="get" action={href(a.lang, pathOf(position.usps, '#peers'))}>
            {view !== 'total' && <input type="hidden" name="view" value={view} />}
            <div class="filter-field">
              <label for="peers-field">{t.peersLabel}</label>
              <input id="peers-field" name="peers" type="text" value={peersAsked} autocomplete="off" />
            </div>
            <p class="hint">{t.peersHint}</p>
            <button type="submit" class="button outline">
              {t.compare}
            </button>
          </form>
        </>
      }
    >
      <DataTable
        lang={a.lang}
        caption={`${t.peers}: ${name}`}
        rows={rows}
        columns={[
          {
            key: 'state',
            head: a.t.state,
            rowHead: true,
            cell: (row) => (
              <Link a={a} to={pathOf(row.usps)}>
                {stateName(row.usps, a.lang)}
              </Link>
            ),
          },
          ...methods.map((one) => ({
            key: one.id,
            head: `${methodName(a, one)}, ${yearText(a.t, one.year_kind, one.year)}`,
            align: 'right' as const,
            cell: (row: (typeof rows)[number]) => balance(row.position, one.id),
          })),
          {
            key: 'leverage',
            head: a.t.leverage.range,
            align: 'right' as const,
            cell: (row) =>
              row.position.leverage
                ? formatMoneyRange(row.position.leverage.low, row.position.leverage.high, a.lang)
                : a.t.leftOut,
          },
        ]}
      />
    </Section>
  )
}

const OverTimeSection: FC<Named> = ({ a, position, name, view }) => {
  const t = a.t.place
  const { jurisdiction } = position
  const shown = view === 'deficit-neutral' ? 'total' : view
  const collected = a.figures
    .all('irs_collections', 'irs_total')
    .filter((f) => f.jurisdiction === jurisdiction)
  const grants = a.figures
    .all('census_grants', 'state_fed_grants_total')
    .filter((f) => f.jurisdiction === jurisdiction)
  const rows = [...collected, ...grants].map((figure) => {
    const viewed = viewAmount(a.figures, jurisdiction, figure.year, centsOf(figure), shown)
    return {
      figure,
      viewed,
      label: `${labelOf(a, figure.series, figure.category)}, ${figureYear(a, figure)}`,
    }
  })
  if (rows.length === 0) return <></>
  return (
    <Section id="over-time" title={t.overTime} rail={<p>{t.overTimeRail}</p>}>
      <Figure
        lang={a.lang}
        title={t.overTimeTitle(name)}
        subtitle={a.t.units[shown]}
        source={
          <>
            <Link a={a} to="/position/methods/irs_collections">
              IRS Data Book
            </Link>{' '}
            ·{' '}
            <Link a={a} to="/position/methods/census_grants">
              Census
            </Link>
          </>
        }
        table={
          <DataTable
            lang={a.lang}
            caption={t.overTimeTitle(name)}
            rows={rows}
            columns={[
              {
                key: 'what',
                head: a.t.methods.categories,
                rowHead: true,
                cell: (row) => (
                  <Link a={a} to={figurePath(row.figure)}>
                    {row.label}
                  </Link>
                ),
              },
              {
                key: 'value',
                head: a.t.amount,
                align: 'right',
                cell: (row) => viewedText(a, row.viewed, shown),
              },
            ]}
          />
        }
      >
        <BarRows
          name={t.overTimeTitle(name)}
          side
          rows={rows.map(({ figure, viewed, label }) => ({
            label,
            value: viewed.ok ? Number(viewed.value) : 0,
            text: viewedText(a, viewed, shown),
            fill: figure.direction === 'gives' ? ('gives' as const) : ('gets' as const),
          }))}
        />
      </Figure>
    </Section>
  )
}

const DisruptionsSection: FC<Named> = ({ a, position, actions, disruptions, name, today }) => {
  const t = a.t.place
  const blocked = actions.filter(({ action }) => action.status === 'blocked').length
  return (
    <Section
      id="disruptions"
      title={t.disruptions}
      rail={
        <>
          <p>{t.disruptionsRail(actions.length, blocked)}</p>
          {actions.some(({ isShare }) => !isShare) && <p>{t.shares(name)}</p>}
        </>
      }
    >
      <ActionsTable a={a} actions={actions} name={name} />
      {disruptions.length > 0 ? (
        <>
          <h3>{t.own}</h3>
          <DisruptionsTable a={a} disruptions={disruptions} today={today} caption={t.own} />
          <p class="under">
            <Link a={a} to={pathOf(position.usps, '/disruptions')}>
              {t.tracker}
            </Link>
          </p>
        </>
      ) : (
        <p class="under muted">
          {t.noMoneyBack}{' '}
          <Link a={a} to={pathOf(position.usps, '/disruptions')}>
            {t.tracker}
          </Link>
          .
        </p>
      )}
    </Section>
  )
}

export const gdpText = (a: Asked, usps: Usps): string | undefined => {
  const gdp = a.figures.latest(divisionOfState(usps), 'bea_macro', 'gdp_current')
  return gdp && a.t.place.gdp(formatMoney(centsOf(gdp), a.lang), gdp.year)
}
