import type { FC } from 'hono/jsx'
import { BarRows, DataTable, Figure, formatMoneyRange, href, Section, stateName } from '../../ui/index.ts'
import type { Position } from '../position.ts'
import { centsOf } from '../units.ts'
import { viewAmount, viewBalance } from '../view.ts'
import { ActionsTable } from './actions.tsx'
import { labelOf } from './charts.tsx'
import { DisruptionsTable } from './disruptions.tsx'
import { figurePath, figureYear, Link, methodName, pathOf, viewedText, yearText } from './parts.tsx'
import type { Named } from './state-props.ts'

export const PeersSection: FC<Named> = ({ a, position, peers, peersAsked, view, name }) => {
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

export const OverTimeSection: FC<Named> = ({ a, position, name, view }) => {
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

export const DisruptionsSection: FC<Named> = ({ a, position, actions, disruptions, name, today }) => {
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
