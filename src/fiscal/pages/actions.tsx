import type { FC } from 'hono/jsx'
import { DataTable, Doubt, formatDate, formatMoney, StatusChip } from '../../ui/index.ts'
import type { MoneyAction } from '../money-actions.ts'
import { type Asked, English, Link } from './parts.tsx'

/** Registry actions on money: what, since when, how much, how it stands, and the state's own suit. */
export const ActionsTable: FC<{ a: Asked; actions: readonly MoneyAction[]; name: string }> = ({
  a,
  actions,
  name,
}) => {
  const t = a.t.place
  return (
    <DataTable
      lang={a.lang}
      caption={t.disruptions}
      rows={actions}
      empty={t.noActions}
      columns={[
        {
          key: 'action',
          head: t.action,
          rowHead: true,
          cell: ({ action }) => (
            <>
              <Link a={a} to={`/records/${action.id}`} lang={a.lang === 'en' ? undefined : 'en'}>
                {action.title}
              </Link>
              <span class="note-line">
                <English a={a}>{action.agency}</English>
              </span>
            </>
          ),
        },
        {
          key: 'since',
          head: t.since,
          nowrap: true,
          cell: ({ since }) => (since ? formatDate(since, a.lang) : a.t.notRecorded),
        },
        {
          key: 'amount',
          head: t.amountAll,
          align: 'right',
          cell: ({ action }) =>
            action.amount_usd === undefined ? (
              <span class="muted">{a.t.notRecorded}</span>
            ) : (
              <>
                {amountText(a, BigInt(action.amount_usd) * 100n)}{' '}
                {action.unverified_fields?.includes('amount_usd') && (
                  <Doubt id={`amount-${action.id}`} note={t.unverifiedNote}>
                    {t.unverified}
                  </Doubt>
                )}
              </>
            ),
        },
        {
          key: 'stands',
          head: t.stands,
          cell: ({ action }) => <StatusChip lang={a.lang} kind="federal-action" status={action.status} />,
        },
        {
          key: 'suit',
          head: t.suit(name),
          cell: ({ suits }) =>
            suits.length === 0 ? (
              <span class="muted">{a.t.noneOnRecord}</span>
            ) : (
              suits.map((suit) => (
                <div>
                  <Link a={a} to={`/records/${suit.id}`} lang={a.lang === 'en' ? undefined : 'en'}>
                    {suit.title}
                  </Link>
                </div>
              ))
            ),
        },
      ]}
    />
  )
}

/** Billions with as many decimals as the source gives, up to two: $0.6 bn, $7.56 bn. */
function amountText(a: Asked, amount: bigint): string {
  const isLarge = amount >= 10_000_000_000n
  const digits = amount % 10_000_000_000n === 0n ? 1 : 2
  return formatMoney(amount, a.lang, isLarge ? { unit: 'bn', digits } : {})
}
