import { z } from 'zod'
import { NATION, ok } from '../../base/index.ts'
import { Decimal } from '../schema.ts'
import { fault, readShape } from './shape.ts'
import type { Source, Table, TableCategory, Value } from './source.ts'

/** Shape: Fiscal Data API, data with `meta` and `links`; table 9 of the Monthly Treasury Statement. */
const Answer = z.object({
  data: z.array(
    z.object({
      record_date: z.string(),
      record_fiscal_year: z.string(),
      record_calendar_month: z.string(),
      line_code_nbr: z.string(),
      classification_desc: z.string(),
      current_fytd_rcpt_outly_amt: z.string(),
    }),
  ),
  meta: z.object({ 'total-pages': z.int(), dataTypes: z.record(z.string(), z.string()) }),
})

/** Line of table 9, what its label must say, and the words for it. The nineteen functions are OMB's. */
type Line = readonly [code: string, says: RegExp, name: string, en: string, es: string]
const RECEIPTS: readonly Line[] = [
  ['20', /individual/i, 'mts_individual_income', 'Individual income taxes', 'Impuesto de la renta personal'],
  ['30', /corporat/i, 'mts_corporate_income', 'Corporation income taxes', 'Impuesto de sociedades'],
  ['50', /employment/i, 'mts_employment', 'Employment and general retirement', 'Empleo y jubilación general'],
  ['60', /unemployment/i, 'mts_unemployment', 'Unemployment insurance', 'Seguro de desempleo'],
  ['70', /other retirement/i, 'mts_other_retirement', 'Other retirement', 'Otra jubilación'],
  ['80', /excise/i, 'mts_excise', 'Excise taxes', 'Impuestos especiales'],
  ['90', /estate/i, 'mts_estate_gift', 'Estate and gift taxes', 'Sucesiones y donaciones'],
  ['100', /customs/i, 'mts_customs', 'Customs duties', 'Derechos de aduana'],
  ['110', /misc/i, 'mts_miscellaneous', 'Miscellaneous receipts', 'Ingresos diversos'],
  ['120', /total/i, 'mts_receipts_total', 'Receipts, total', 'Ingresos, total'],
]
const OUTLAYS: readonly Line[] = [
  ['140', /defense/i, 'mts_defense', 'National defense', 'Defensa nacional'],
  ['150', /international/i, 'mts_international', 'International affairs', 'Asuntos internacionales'],
  ['160', /science/i, 'mts_science', 'Science, space and technology', 'Ciencia, espacio y tecnología'],
  ['170', /energy/i, 'mts_energy', 'Energy', 'Energía'],
  ['180', /natural/i, 'mts_natural', 'Natural resources and environment', 'Recursos naturales y ambiente'],
  ['190', /agriculture/i, 'mts_agriculture', 'Agriculture', 'Agricultura'],
  ['200', /commerce/i, 'mts_commerce', 'Commerce and housing credit', 'Comercio y crédito de vivienda'],
  ['210', /transportation/i, 'mts_transportation', 'Transportation', 'Transporte'],
  ['220', /community/i, 'mts_community', 'Community development', 'Desarrollo comunitario'],
  ['230', /education/i, 'mts_education', 'Education and social services', 'Educación y servicios sociales'],
  ['240', /health/i, 'mts_health', 'Health', 'Salud'],
  ['250', /medicare/i, 'mts_medicare', 'Medicare', 'Medicare'],
  ['260', /income security/i, 'mts_income_security', 'Income security', 'Seguridad de ingresos'],
  ['270', /social security/i, 'mts_social_security', 'Social Security', 'Seguro Social'],
  ['280', /veterans/i, 'mts_veterans', 'Veterans', 'Veteranos'],
  ['290', /justice/i, 'mts_justice', 'Administration of justice', 'Administración de justicia'],
  ['300', /general government/i, 'mts_general', 'General government', 'Gobierno general'],
  ['320', /interest/i, 'mts_net_interest', 'Net interest', 'Intereses netos'],
  ['330', /offsetting/i, 'mts_offsetting', 'Offsetting receipts', 'Ingresos compensatorios'],
  ['340', /total/i, 'mts_outlays_total', 'Outlays, total', 'Gastos, total'],
]
const PAGE_SIZE = 100

function tableOf(name: string, lines: readonly Line[], direction: 'gives' | 'gets', what: string): Table {
  const total = lines.at(-1)?.[2] ?? ''
  const byCode = new Map(lines.map((line) => [line[0], line]))
  return {
    name,
    about: {
      title: `Federal ${what} of the nation (Monthly Treasury Statement, table 9)`,
      short: 'Treasury, fetched',
      publisher: 'US Treasury, Bureau of the Fiscal Service',
      grade: 'official',
      basis: 'nation',
      year_kind: 'federal-fiscal',
      allocation: 'National totals of the whole fiscal year, as stated in September.',
      left_out: 'States; later revisions of the September statement.',
    },
    url: 'https://fiscaldata.treasury.gov/datasets/monthly-treasury-statement/',
    hasStates: false,
    categories: () =>
      lines.map(
        ([, , category, en, es]): TableCategory => ({
          category,
          direction,
          unit: 'usd',
          en,
          es,
          ...(category !== total && { part_of: total }),
        }),
      ),
    call: ({ year }, cursor) => {
      const params = new URLSearchParams({
        filter: `record_fiscal_year:eq:${year},record_calendar_month:eq:09`,
        sort: 'line_code_nbr',
        'page[number]': cursor ?? '1',
        'page[size]': String(PAGE_SIZE),
      })
      return {
        url: `/services/api/fiscal_service/v1/accounting/mts/mts_table_9?${params}`,
        headers: {},
      }
    },
    read: (body, { year }, cursor) => {
      const read = readShape(Answer, body)
      if (!read.ok) return read
      const { data, meta } = read.value
      const type = meta.dataTypes.current_fytd_rcpt_outly_amt
      if (type !== 'CURRENCY') return fault('meta.dataTypes.current_fytd_rcpt_outly_amt', type, 'CURRENCY')
      const values: Value[] = []
      const skipped: { what: string; why: string }[] = []
      for (const [at, row] of data.entries()) {
        const field = (key: keyof typeof row) => `data.${at}.${key}`
        if (row.record_fiscal_year !== String(year) || row.record_calendar_month !== '09')
          return fault(field('record_date'), row.record_date, `the end of September ${year}`)
        const line = byCode.get(row.line_code_nbr)
        if (line === undefined) continue
        const [, says, category] = line
        if (!says.test(row.classification_desc))
          return fault(
            field('classification_desc'),
            row.classification_desc,
            `line ${line[0]} to say ${says.source}`,
          )
        const value = row.current_fytd_rcpt_outly_amt
        if (value === 'null') skipped.push({ what: row.classification_desc, why: 'null' })
        else if (!Decimal.safeParse(value).success)
          return fault(field('current_fytd_rcpt_outly_amt'), value, 'a number')
        else values.push({ jurisdiction: NATION, category, year, value })
      }
      const page = Number(cursor ?? '1')
      const next = page < meta['total-pages'] ? String(page + 1) : null
      return ok({ values, skipped, next, vintage: data[0] && `statement of ${data[0].record_date}` })
    },
  }
}

export const treasury: Source = {
  name: 'treasury',
  title: 'Treasury Fiscal Data API',
  base: 'https://api.fiscaldata.treasury.gov',
  perMinute: 30,
  limitSource: 'the service states none; thirty a minute is our own choice, and 429 is obeyed',
  tables: [
    tableOf('receipts', RECEIPTS, 'gives', 'receipts by source'),
    tableOf('outlays', OUTLAYS, 'gets', 'outlays by function'),
  ],
}
