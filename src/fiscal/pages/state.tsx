import type { FC } from 'hono/jsx'
import { divisionOfState, type Usps } from '../../base/index.ts'
import { formatMoney, href, PageHead, stateName, Tabs } from '../../ui/index.ts'
import type { Position } from '../position.ts'
import { centsOf, shareOf } from '../units.ts'
import { VIEWS } from '../view.ts'
import { type Asked, Downloads, FiscalPage, pathOf } from './parts.tsx'
import { FlowsSection, LeverageSection } from './state-leverage.tsx'
import type { StatePageProps } from './state-props.ts'
import { ExposureSection, RatiosSection } from './state-ratios.tsx'
import { RivalsSection } from './state-rivals.tsx'
import { DisruptionsSection, OverTimeSection, PeersSection } from './state-years.tsx'

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

export const gdpText = (a: Asked, usps: Usps): string | undefined => {
  const gdp = a.figures.latest(divisionOfState(usps), 'bea_macro', 'gdp_current')
  return gdp && a.t.place.gdp(formatMoney(centsOf(gdp), a.lang), gdp.year)
}
