import type { FC } from 'hono/jsx'
import type { Usps } from '../../base/index.ts'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  formatDate,
  formatMoney,
  href,
  Note,
  PageHead,
  Refusal,
  Section,
  stateName,
} from '../../ui/index.ts'
import type { AwardGroup } from '../awards-store.ts'
import type { Imported } from '../import.ts'
import { exactDollars } from '../messages.ts'
import { INVENTORY_FORMATS, type Inventory, STRENGTHS } from '../schema.ts'
import type { Reserve } from '../store.ts'
import type { StopEffect } from '../what-if.ts'
import { type Asked, Downloads, English, FiscalPage, Link, pathOf, yearText } from './parts.tsx'

/** What was asked of "what if", as the form has it. */
export interface WhatIfForm {
  readonly lines: readonly number[]
  readonly strength: string
  readonly months: string
  readonly reserve: string
}

export interface FundsProps {
  readonly a: Asked
  readonly usps: Usps
  readonly inventories: readonly Inventory[]
  readonly chosen: Inventory | undefined
  readonly groups: readonly AwardGroup[]
  readonly form: WhatIfForm
  readonly effect: StopEffect | undefined
  readonly faults: readonly { readonly field: string; readonly message: string }[]
  readonly reserve: Reserve | undefined
  readonly imported: Imported | undefined
  /** Lines of a refused import: what happened, then where. */
  readonly refused: readonly string[]
}

/** Longest table on the page; the whole list is in the download. */
const MOST_ROWS = 200

export const FundsPage: FC<FundsProps> = (props) => {
  const { a, usps } = props
  const name = stateName(usps, a.lang)
  return (
    <FiscalPage
      a={a}
      title={a.t.funds.title(name)}
      path={pathOf(usps, '/funds')}
      crumbs={[{ label: name, path: pathOf(usps) }, { label: a.t.place.funds }]}
    >
      <PageHead title={a.t.funds.h1(name)} lede={a.t.funds.lede} />
      {props.imported && (
        <Note>
          {a.t.funds.imported(
            props.imported.inventory.award_count,
            exactDollars(props.imported.inventory.total_cents),
          )}{' '}
          {props.imported.ties_to_total ? a.t.funds.tied : a.t.funds.notTied}
        </Note>
      )}
      {props.refused.length > 0 && (
        <Refusal title={a.t.funds.refused}>
          <ul lang={a.lang === 'en' ? undefined : 'en'}>
            {props.refused.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Refusal>
      )}
      {props.effect && <Effect {...props} effect={props.effect} />}
      <List {...props} />
      <ImportForm {...props} />
      <ReserveForm {...props} />
    </FiscalPage>
  )
}

const Effect: FC<FundsProps & { effect: StopEffect }> = ({ a, effect }) => {
  const t = a.t.funds
  const runway = effect.runway_tenths
  return (
    <Section
      id="effect"
      title={t.effect(formatMoney(effect.total, a.lang), effect.months.length)}
      rail={
        <>
          <p>{runway === undefined ? t.noReserve : t.runway((Number(runway) / 10).toFixed(1))}</p>
          {effect.match_free > 0n && <p>{t.matchFree(formatMoney(effect.match_free, a.lang))}</p>}
          <p class="muted">{t.simulation}</p>
        </>
      }
    >
      <DataTable
        lang={a.lang}
        caption={t.effectCaption}
        showCaption
        rows={effect.months}
        columns={[
          { key: 'month', head: t.month, rowHead: true, cell: (row) => `${t.month} ${row.month}` },
          { key: 'lost', head: t.lost, align: 'right', cell: (row) => exactDollars(row.lost) },
          { key: 'so-far', head: t.soFar, align: 'right', cell: (row) => exactDollars(row.lost_so_far) },
          {
            key: 'left',
            head: t.reserveLeft,
            align: 'right',
            cell: (row) =>
              row.reserve_left === undefined ? a.t.notRecorded : exactDollars(row.reserve_left),
          },
        ]}
      />
      <p>
        <b>{t.services}:</b> <English a={a}>{effect.services.join('; ')}</English>
      </p>
      {effect.state_agencies.length > 0 && (
        <p>
          <b>{t.agencies}:</b> <English a={a}>{effect.state_agencies.join('; ')}</English>
        </p>
      )}
    </Section>
  )
}

const List: FC<FundsProps> = (props) => {
  const { a, usps, chosen, groups, form, faults } = props
  const t = a.t.funds
  const shown = groups.slice(0, MOST_ROWS)
  const path = pathOf(usps, '/funds')
  return (
    <Section
      id="list"
      title={chosen?.format === 'first' ? t.first : (chosen?.title ?? t.list)}
      rail={
        <>
          {chosen && <p>{t.listRail(groups.length, chosen.award_count)}</p>}
          {chosen?.format === 'first' && <p>{t.firstNote}</p>}
          <Lists {...props} />
          <p>{t.whatIfRail}</p>
        </>
      }
    >
      <form method="get" action={`${href(a.lang, path)}#effect`}>
        {chosen && <input type="hidden" name="inventory" value={chosen.id} />}
        {faults.length > 0 && <ErrorSummary lang={a.lang} errors={faults} />}
        <DataTable
          lang={a.lang}
          caption={t.caption}
          rows={shown}
          columns={[
            {
              key: 'programme',
              head: t.programme,
              rowHead: true,
              cell: (row) => (
                <label class="tick">
                  <input
                    type="checkbox"
                    name="line"
                    value={String(row.line)}
                    checked={form.lines.includes(row.line)}
                  />{' '}
                  <English a={a}>{row.programme}</English>
                </label>
              ),
            },
            { key: 'agency', head: t.agency, cell: (row) => <English a={a}>{row.agency}</English> },
            { key: 'aln', head: t.aln, cell: (row) => row.aln ?? '' },
            { key: 'strength', head: t.strength, cell: (row) => a.t.strengths[row.strength] },
            {
              key: 'year',
              head: a.t.year,
              nowrap: true,
              cell: (row) => yearText(a.t, row.year_kind, row.year),
            },
            {
              key: 'match',
              head: t.match,
              align: 'right',
              cell: (row) => (row.match_cents === null ? '' : formatMoney(row.match_cents, a.lang)),
            },
            {
              key: 'amount',
              head: a.t.amount,
              align: 'right',
              cell: (row) => formatMoney(row.amount_cents, a.lang),
            },
          ]}
        />
        <Field
          id="strength"
          label={t.orStrength}
          value={form.strength}
          options={[
            { value: '', label: t.noStrength },
            { value: 'all', label: t.allLines },
            ...STRENGTHS.map((value) => ({ value, label: a.t.strengths[value] })),
          ]}
        />
        <Field
          id="months"
          label={t.monthsLabel}
          value={form.months}
          inputmode="numeric"
          {...errorOf(faults, 'months')}
        />
        <Field
          id="reserve-start"
          name="reserve"
          label={t.reserveLabel}
          hint={t.reserveHint}
          value={form.reserve}
          inputmode="decimal"
          {...errorOf(faults, 'reserve-start')}
        />
        <Button>{t.ask}</Button>
      </form>
      {chosen && <Downloads a={a} path={`/funds/${usps.toLowerCase()}/${chosen.id}`} parquet />}
    </Section>
  )
}

const errorOf = (faults: FundsProps['faults'], field: string) => {
  const fault = faults.find((one) => one.field === field)
  return fault ? { error: fault.message } : {}
}

const Lists: FC<FundsProps> = ({ a, usps, inventories, chosen }) =>
  inventories.length < 2 ? (
    <></>
  ) : (
    <>
      <p>
        <b>{a.t.funds.lists}</b>
      </p>
      <ul>
        {inventories.map((list) => (
          <li>
            <Link a={a} to={pathOf(usps, `/funds?inventory=${list.id}`)}>
              {list.title}
            </Link>
            , {formatDate(list.imported_at, a.lang)}
            {list.id === chosen?.id && ` (${a.t.funds.shown})`}
          </li>
        ))}
      </ul>
    </>
  )

const ImportForm: FC<FundsProps> = ({ a, usps }) => {
  const t = a.t.funds
  return (
    <Section id="import" title={t.import} rail={<p>{t.importRail}</p>}>
      <form
        class="no-print"
        method="post"
        enctype="multipart/form-data"
        action={href(a.lang, pathOf(usps, '/funds'))}
      >
        <Field id="file" label={t.file} type="file" required />
        <Field
          id="format"
          label={t.format}
          value="sefa"
          options={INVENTORY_FORMATS.map((value) => ({ value, label: t.formats[value] ?? value }))}
        />
        <Field id="year" label={t.fiscalYear} inputmode="numeric" />
        <Field id="title" label={t.listTitle} />
        <Button>{t.doImport}</Button>
      </form>
      <p class="under">
        {t.template}: <a href="/api/v1/funds/template.csv">CSV</a>
      </p>
    </Section>
  )
}

const ReserveForm: FC<FundsProps> = ({ a, usps, reserve }) => {
  const t = a.t.funds
  return (
    <Section
      id="reserve"
      title={t.reserve}
      rail={
        <>
          <p>{t.reserveRail}</p>
          {reserve && (
            <p>{t.onRecord(formatMoney(reserve.amount_cents, a.lang), formatDate(reserve.as_of, a.lang))}</p>
          )}
        </>
      }
    >
      <form class="no-print" method="post" action={href(a.lang, pathOf(usps, '/reserve'))}>
        <Field id="as_of" label={t.asOf} type="date" required />
        <Field id="amount" label={t.reserveAmount} inputmode="decimal" required />
        <Field id="source_url" label={t.reserveSource} type="url" required />
        <Button kind="outline">{t.save}</Button>
      </form>
    </Section>
  )
}
