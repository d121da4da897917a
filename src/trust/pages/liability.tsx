import type { FC } from 'hono/jsx'
import { DataTable, formatDate, TierChip } from '../../ui/index.ts'
import { LIABLE } from '../data/liable.ts'
import type { Exposure } from '../liability/exposure.ts'
import { type Asked, English, exactly } from './parts.tsx'

/** The three amounts by rule, who answers in law, how settled that is. A rule about persons has no figure. */
export const LiabilityTable: FC<{ a: Asked; exposure: Exposure }> = ({ a, exposure }) => {
  const t = a.t.book
  const rows = LIABLE.map((row) => ({ row, words: row[a.lang], cause: false }))
  return (
    <>
      <DataTable
        lang={a.lang}
        caption={t.byRule}
        rows={rows}
        columns={[
          {
            key: 'rule',
            head: t.rule,
            rowHead: true,
            cell: ({ row, words }) => (
              <>
                {words.rule}
                <span class="note-line">
                  <English a={a}>
                    <a href={row.source}>{row.citation}</a>
                  </English>
                </span>
              </>
            ),
          },
          {
            key: 'today',
            head: t.today,
            align: 'right',
            cell: ({ row }) =>
              row.figure === null ? (
                <span class="muted">{row.rule === 'trust_fund' ? t.noAmount : t.noFigure}</span>
              ) : (
                exactly(a, exposure[row.figure])
              ),
          },
          { key: 'liable', head: t.liable, cell: ({ words }) => words.liable },
          {
            key: 'settled',
            head: t.settled,
            cell: ({ row, words }) => (
              <>
                <TierChip lang={a.lang} tier={row.tier} />
                <span class="note-line">{words.settled}</span>
              </>
            ),
          },
        ]}
      />
      <p class="under">
        <b>{t.cause}</b> (<English a={a}>26 U.S.C. §§ 6651(a), 6656(a)</English>): {t.causeEffect}.{' '}
        {t.causeSettled}.
      </p>
    </>
  )
}

/** Every deposit that was held, with its own clocks. */
export const DepositsTable: FC<{ a: Asked; exposure: Exposure }> = ({ a, exposure }) => {
  const t = a.t.book
  return (
    <details class="as-table">
      <summary>
        <span>{`${t.deposits} (${exposure.deposits.length})`}</span>
      </summary>
      <DataTable
        lang={a.lang}
        caption={t.deposits}
        phone="scroll"
        rows={exposure.deposits}
        columns={[
          { key: 'id', head: t.deposit, rowHead: true, nowrap: true, cell: ({ id }) => id },
          { key: 'held', head: a.t.home.held, align: 'right', cell: ({ held }) => exactly(a, held) },
          { key: 'due', head: t.due, nowrap: true, cell: ({ due_date }) => formatDate(due_date, a.lang) },
          { key: 'late', head: t.late, align: 'right', cell: ({ days_late }) => String(days_late) },
          {
            key: 'penalty',
            head: t.penalty,
            align: 'right',
            cell: ({ deposit_penalty, percent }) => `${exactly(a, deposit_penalty)} (${percent}%)`,
          },
          {
            key: 'months',
            head: t.latePayment,
            align: 'right',
            cell: ({ late_payment }) => exactly(a, late_payment),
          },
          { key: 'interest', head: t.interest, align: 'right', cell: ({ interest }) => exactly(a, interest) },
          { key: 'owed', head: t.owed, align: 'right', cell: ({ owed }) => exactly(a, owed) },
        ]}
      />
    </details>
  )
}
