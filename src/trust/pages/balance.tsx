import type { FC } from 'hono/jsx'
import type { Cents } from '../../base/index.ts'
import {
  DataTable,
  Figure,
  formatDate,
  formatPercent,
  HeldOwed,
  type MoneyUnit,
  moneyFigure,
  unitFor,
} from '../../ui/index.ts'
import type { BalancePoint, BookView } from '../book-view.ts'
import { type Asked, exactly, money } from './parts.tsx'

const PER_UNIT = { bn: 1e11, m: 1e8, exact: 100 } as const

/** Held and owed, on one axis and in one picture, at the ends of months. */
export const Balance: FC<{ a: Asked; view: BookView; illustrative: boolean }> = ({
  a,
  view,
  illustrative,
}) => {
  const t = a.t.book
  const points = view.balance
  const last = points.at(-1)
  if (last === undefined) return <p class="muted">{t.nothingYet}</p>
  const [most = 0n] = points.map(({ held }) => held).toSorted((x, y) => (x > y ? -1 : 1))
  const unit = unitFor(most)
  const scaled = (amount: Cents) => Number(amount) / PER_UNIT[unit]
  return (
    <Figure
      lang={a.lang}
      id="balance-figure"
      title={t.balanceTitle((points[0] ?? last).date.slice(0, 4), last.date.slice(0, 4))}
      subtitle={t.balanceSub(t.units[unit])}
      source={t.rules}
      illustrative={illustrative}
      table={<BalanceTable a={a} points={points} />}
    >
      <HeldOwed
        name={t.chartName(money(a, last.held), money(a, last.owed))}
        axis={(value) => axisText(value, unit)}
        ticks={ticksOf(a, points)}
        points={points.map(({ held, owed }) => ({ held: scaled(held), owed: scaled(owed) }))}
        steps
        held={t.heldLabel(money(a, last.held))}
        owed={t.owedLabel(money(a, last.owed))}
        {...(last.held > 0n && { note: t.share(formatPercent(Number(last.owed) / Number(last.held), 0)) })}
        moments={momentsOf(a, view)}
      />
    </Figure>
  )
}

const axisText = (value: number, unit: MoneyUnit): string =>
  unit === 'exact' || Number.isInteger(value)
    ? moneyFigure(BigInt(Math.round(value)) * 100n, 'exact')
    : `$${value}`

/** Each month where there is room; the year under the first of it. */
const ticksOf = (a: Asked, points: readonly BalancePoint[]) =>
  points.map(({ date }, at) => ({
    at: at + 0.5,
    text: formatDate(date.slice(0, 7), a.lang).slice(0, 3),
    minor: at % 2 === 1,
  }))

function momentsOf(a: Asked, { balance, first_return }: BookView) {
  const at = balance.findIndex(({ date }) => first_return !== undefined && date > first_return)
  return [
    { at: 0, text: a.t.book.starts },
    ...(at > 0 && first_return !== undefined
      ? [
          {
            at,
            text: a.t.book.interestStarts(formatDate(first_return, a.lang)),
            short: a.t.book.interestShort(formatDate(first_return, a.lang)),
          },
        ]
      : []),
  ]
}

const BalanceTable: FC<{ a: Asked; points: readonly BalancePoint[] }> = ({ a, points }) => {
  const t = a.t.book
  return (
    <DataTable
      lang={a.lang}
      caption={t.balance}
      phone="compact"
      rows={points}
      columns={[
        {
          key: 'date',
          head: t.date,
          rowHead: true,
          nowrap: true,
          cell: ({ date }) => formatDate(date, a.lang),
        },
        { key: 'held', head: a.t.home.held, align: 'right', cell: ({ held }) => exactly(a, held) },
        { key: 'owed', head: a.t.home.owed, align: 'right', cell: ({ owed }) => exactly(a, owed) },
      ]}
    />
  )
}
