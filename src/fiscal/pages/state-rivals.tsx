import type { FC } from 'hono/jsx'
import {
  DataTable,
  Doubt,
  formatMoney,
  formatMoneyRange,
  formatPercentRange,
  Section,
} from '../../ui/index.ts'
import { countedEstimates, type Position } from '../position.ts'
import type { View } from '../view.ts'
import { RivalsFigure } from './charts.tsx'
import { type Asked, English, yearText } from './parts.tsx'
import type { Named } from './state-props.ts'

export function rangeText(a: Asked, low: bigint, high: bigint, view: View): string {
  if (view === 'gdp-share') return formatPercentRange(Number(low) / 10_000, Number(high) / 10_000, 2)
  return formatMoneyRange(low, high, a.lang, view === 'per-resident' ? { unit: 'exact' } : {})
}

export const RivalsSection: FC<Named> = ({ a, position, view, name }) => {
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
