import type { FC } from 'hono/jsx'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  formatCount,
  href,
  KeyValue,
  Note,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { METHODS } from '../rivals.ts'
import type { Category, Series } from '../schema.ts'
import { Basis, YearKind } from '../schema.ts'
import {
  type Asked,
  Downloads,
  English,
  FiscalPage,
  figurePath,
  figureYear,
  Link,
  nameOfPlace,
} from './parts.tsx'

export interface OwnSeriesForm {
  readonly values: Readonly<Record<string, string>>
  readonly faults: readonly { readonly field: string; readonly message: string }[]
  readonly added: { readonly id: string; readonly rows: number } | undefined
}

/** How each balance is counted, every series with its grade, the switches, and the form for an own series. */
export const MethodsPage: FC<{ a: Asked; form: OwnSeriesForm }> = ({ a, form }) => {
  const t = a.t.methods
  return (
    <FiscalPage
      a={a}
      title={t.title}
      path="/position/methods"
      crumbs={[{ label: t.title }]}
      description={t.lede}
    >
      <PageHead title={t.h1} lede={t.lede} />
      {form.added && <Note>{t.added(form.added.rows, form.added.id)}</Note>}
      <Section id="ways" title={t.ways} rail={<p>{t.waysRail}</p>}>
        <DataTable
          lang={a.lang}
          caption={t.ways}
          rows={METHODS}
          columns={[
            {
              key: 'way',
              head: a.t.nation.method,
              rowHead: true,
              cell: (method) => (
                <Link a={a} to={`/position?basis=${method.id}`}>
                  {a.t.methodNames[method.id] ?? method.name}
                </Link>
              ),
            },
            { key: 'kind', head: a.t.kind, cell: (method) => a.t.kinds[method.kind] },
            {
              key: 'formula',
              head: a.t.formula,
              cell: (method) => <English a={a}>{method.formula}</English>,
            },
            { key: 'why', head: a.t.place.why, cell: (method) => <English a={a}>{method.why}</English> },
          ]}
        />
      </Section>
      <Section id="views" title={t.views}>
        <ul>
          {t.viewNotes.map((note) => (
            <li>{note}</li>
          ))}
        </ul>
      </Section>
      <Section id="series" title={t.series} rail={<p>{t.seriesRail}</p>}>
        <DataTable
          lang={a.lang}
          caption={t.series}
          rows={[...a.figures.series.values()]}
          columns={[
            {
              key: 'title',
              head: t.series,
              rowHead: true,
              cell: (series) => <SeriesLink a={a} series={series} />,
            },
            { key: 'grade', head: a.t.grade, cell: (series) => a.t.grades[series.grade] },
            { key: 'years', head: t.years, nowrap: true, cell: (series) => yearsOf(a, series) },
            {
              key: 'values',
              head: t.values,
              align: 'right',
              cell: (series) => formatCount(a.figures.all(series.id).length),
            },
          ]}
        />
        <Downloads a={a} path="/flows" parquet />
      </Section>
      <OwnSeries a={a} form={form} />
    </FiscalPage>
  )
}

const SeriesLink: FC<{ a: Asked; series: Series }> = ({ a, series }) => (
  <>
    <Link a={a} to={`/position/methods/${series.id}`} {...(a.lang === 'es' && { lang: 'en' as const })}>
      {series.title}
    </Link>
    <span class="note-line">
      <English a={a}>{series.publisher}</English>
    </span>
  </>
)

function yearsOf(a: Asked, series: Series): string {
  const years = a.figures.all(series.id).map((figure) => figure.year)
  const [first, last] = [Math.min(...years), Math.max(...years)]
  return first === last ? String(first) : `${first}–${last}`
}

const OwnSeries: FC<{ a: Asked; form: OwnSeriesForm }> = ({ a, form }) => {
  const t = a.t.methods
  const fields = ['id', 'title', 'publisher', 'url', 'year_kind', 'basis', 'allocation', 'left_out'] as const
  const options = { year_kind: YearKind.options, basis: Basis.options } as Record<string, readonly string[]>
  return (
    <Section id="own" title={t.own} rail={<p>{t.ownRail}</p>}>
      <form
        class="no-print"
        method="post"
        enctype="multipart/form-data"
        action={href(a.lang, '/position/methods')}
      >
        {form.faults.length > 0 && <ErrorSummary lang={a.lang} errors={form.faults} />}
        {fields.map((field) => {
          const fault = form.faults.find((one) => one.field === field)
          const choices = options[field]
          return (
            <Field
              id={field}
              label={t.ownFields[field] ?? field}
              value={form.values[field] ?? ''}
              required
              {...(choices && { options: choices.map((value) => ({ value, label: value })) })}
              {...((field === 'allocation' || field === 'left_out') && { lines: 3 })}
              {...(fault && { error: fault.message })}
            />
          )
        })}
        <Field id="file" label={t.ownFile} type="file" required />
        <Button>{t.add}</Button>
      </form>
    </Section>
  )
}

/** One series: what it counts, its categories, and its newest year for the nation or the first place. */
export const SeriesPage: FC<{ a: Asked; series: Series }> = ({ a, series }) => {
  const t = a.t.methods
  const source = a.figures.sources.get(series.source)
  return (
    <FiscalPage
      a={a}
      title={series.title}
      path={`/position/methods/${series.id}`}
      crumbs={[{ label: t.title, path: '/position/methods' }, { label: series.short }]}
    >
      <PageHead
        title={<English a={a}>{series.title}</English>}
        eyebrow={<English a={a}>{series.publisher}</English>}
        lede={a.t.grades[series.grade]}
      />
      <Section id="how" title={t.allocation}>
        <KeyValue
          rows={[
            { key: t.allocation, value: <English a={a}>{series.allocation}</English> },
            { key: t.leavesOut, value: <English a={a}>{series.left_out}</English> },
            { key: a.t.basis, value: series.basis },
            { key: a.t.year, value: series.year_kind },
            { key: t.years, value: yearsOf(a, series) },
            { key: a.t.vintage, value: series.vintage },
            { key: t.values, value: formatCount(a.figures.all(series.id).length) },
          ]}
        />
      </Section>
      <Section id="categories" title={t.categories}>
        <DataTable
          lang={a.lang}
          caption={t.categories}
          rows={a.figures.categoriesOf(series.id)}
          columns={[
            {
              key: 'category',
              head: t.categories,
              rowHead: true,
              cell: (category) => <CategoryName a={a} category={category} />,
            },
            { key: 'direction', head: a.t.kind, cell: (category) => category.direction },
            { key: 'unit', head: a.t.unit, cell: (category) => category.unit },
            { key: 'basis', head: a.t.basis, cell: (category) => category.basis ?? series.basis },
          ]}
        />
        <Downloads a={a} path="/flows" query={`series=${series.id}`} parquet />
      </Section>
      <Section id="source" title={t.sources}>
        {source && (
          <p>
            <a href={source.url} lang="en">
              {source.title}
            </a>
            , <span lang="en">{source.publisher}</span> {source.published}{' '}
            <span lang="en">{source.notes}</span>
          </p>
        )}
      </Section>
    </FiscalPage>
  )
}

/** A category with a link to its newest figure, so that every value can be reached. */
const CategoryName: FC<{ a: Asked; category: Category }> = ({ a, category }) => {
  const newest = a.figures.all(category.series, category.category).toSorted((x, y) => y.year - x.year)[0]
  const name = category[a.lang]
  return newest ? (
    <>
      <Link a={a} to={figurePath(newest)}>
        {name}
      </Link>
      <span class="note-line">
        {nameOfPlace(newest.jurisdiction, a.lang)}, {figureYear(a, newest)}
      </span>
    </>
  ) : (
    name
  )
}
