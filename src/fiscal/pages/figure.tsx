import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { type DivisionId, stateOfDivision } from '../../base/index.ts'
import {
  DataTable,
  formatMoney,
  formatMoneyRange,
  formatPercent,
  KeyValue,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { COVERAGE } from '../../withholding/index.ts'
import type { EmployerShare } from '../employer-share.ts'
import { exactDollars } from '../messages.ts'
import type { Position } from '../position.ts'
import type { Estimate } from '../rivals.ts'
import type { Figure } from '../schema.ts'
import { centsOf, isMoney, parseDecimal, shareOf } from '../units.ts'
import { labelOf } from './charts.tsx'
import {
  type Asked,
  derivedPath,
  English,
  FiscalPage,
  figurePath,
  figureYear,
  Link,
  methodName,
  nameOfPlace,
  Prose,
  pathOf,
  yearText,
} from './parts.tsx'

/** One published value for ever: what, where, when, who counted it how, and its other years. */
export const FigurePage: FC<{ a: Asked; figure: Figure }> = ({ a, figure }) => {
  const t = a.t.figure
  const series = a.figures.series.get(figure.series)
  const source = a.figures.sources.get(figure.source)
  const place = nameOfPlace(figure.jurisdiction, a.lang)
  const title = t.h1(labelOf(a, figure.series, figure.category), place, figureYear(a, figure))
  const others = a.figures
    .all(figure.series, figure.category)
    .filter((one) => one.jurisdiction === figure.jurisdiction)
  return (
    <FiscalPage
      a={a}
      title={title}
      path={figurePath(figure)}
      crumbs={placeCrumbs(a, figure.jurisdiction, t.title)}
    >
      <PageHead title={title} lede={valueText(figure)} />
      <Section id="about" title={a.t.sourceAndMethod}>
        <KeyValue
          rows={[
            { key: t.asPublished, value: `${figure.value} ${figure.unit}` },
            ...(isMoney(figure.unit) ? [{ key: t.inDollars, value: exactDollars(centsOf(figure)) }] : []),
            { key: a.t.basis, value: figure.basis },
            { key: a.t.year, value: figureYear(a, figure) },
            { key: a.t.grade, value: a.t.grades[figure.grade] },
            { key: a.t.vintage, value: figure.vintage },
            {
              key: a.t.source,
              value: source ? (
                <a href={source.url} lang={a.lang === 'en' ? undefined : 'en'}>
                  {source.title}
                </a>
              ) : (
                figure.source
              ),
            },
            ...(series
              ? [
                  { key: a.t.methods.allocation, value: <English a={a}>{series.allocation}</English> },
                  { key: a.t.methods.leavesOut, value: <English a={a}>{series.left_out}</English> },
                  {
                    key: a.t.methods.series,
                    value: (
                      <Link a={a} to={`/position/methods/${series.id}`}>
                        {series.title}
                      </Link>
                    ),
                  },
                ]
              : []),
            {
              key: a.t.permanent,
              value: (
                <Link a={a} to={figurePath(figure)}>
                  {figurePath(figure)}
                </Link>
              ),
            },
          ]}
        />
      </Section>
      {others.length > 1 && (
        <Section id="years" title={t.other}>
          <DataTable
            lang={a.lang}
            caption={t.other}
            phone="compact"
            rows={others}
            columns={[
              {
                key: 'year',
                head: a.t.year,
                rowHead: true,
                cell: (one) => (
                  <Link a={a} to={figurePath(one)}>
                    {figureYear(a, one)}
                  </Link>
                ),
              },
              { key: 'value', head: a.t.value, align: 'right', cell: (one) => valueText(one) },
            ]}
          />
        </Section>
      )}
    </FiscalPage>
  )
}

/** A value as published, with separators; percent and counts as they are. */
export function valueText(figure: Figure): string {
  if (isMoney(figure.unit))
    return figure.unit === 'usd_per_person'
      ? exactDollars(centsOf(figure))
      : formatMoney(centsOf(figure), 'en')
  const { digits, scale } = parseDecimal(figure.value)
  if (figure.unit === 'percent') return formatPercent(shareOf(digits, scale) / 100, 2)
  return `${shareOf(digits, scale).toLocaleString('en-US')} ${figure.unit}`
}

const placeCrumbs = (a: Asked, place: DivisionId, last: string) => {
  const state = stateOfDivision(place)
  return [
    ...(state ? [{ label: nameOfPlace(place, a.lang), path: pathOf(state.usps) }] : []),
    { label: last },
  ]
}

/** The inputs of a derived figure, each a link to its own page. */
const Inputs: FC<{ a: Asked; inputs: readonly Figure[] }> = ({ a, inputs }) => (
  <DataTable
    lang={a.lang}
    caption={a.t.inputs}
    rows={inputs}
    columns={[
      {
        key: 'what',
        head: a.t.inputs,
        rowHead: true,
        cell: (one) => (
          <Link a={a} to={figurePath(one)}>
            {labelOf(a, one.series, one.category)}
          </Link>
        ),
      },
      { key: 'place', head: a.t.state, cell: (one) => nameOfPlace(one.jurisdiction, a.lang) },
      { key: 'year', head: a.t.year, cell: (one) => figureYear(a, one) },
      { key: 'value', head: a.t.value, align: 'right', cell: (one) => valueText(one) },
      { key: 'grade', head: a.t.grade, cell: (one) => a.t.grades[one.grade] },
    ]}
  />
)

interface DerivedProps {
  readonly a: Asked
  readonly position: Position
  readonly path: string
  readonly title: string
  readonly lede: Child
  readonly formula: Child
  readonly inputs: readonly Figure[]
}

const DerivedPage: FC<PropsWithChildren<DerivedProps>> = (props) => {
  const { a, position, path, title, lede, formula, inputs, children } = props
  return (
    <FiscalPage
      a={a}
      title={title}
      path={path}
      crumbs={placeCrumbs(a, position.jurisdiction, a.t.figure.title)}
    >
      <PageHead title={title} lede={lede} />
      <Section id="formula" title={a.t.formula} rail={<p>{a.t.figure.noteDerived}</p>}>
        {formula}
        <p class="under">
          {a.t.permanent}:{' '}
          <Link a={a} to={path}>
            {path}
          </Link>
        </p>
      </Section>
      {children}
      <Section id="inputs" title={a.t.inputs}>
        <Inputs a={a} inputs={inputs} />
      </Section>
    </FiscalPage>
  )
}

export const BalanceFigurePage: FC<{ a: Asked; position: Position; estimate: Estimate }> = ({
  a,
  position,
  estimate,
}) => {
  const year = yearText(a.t, estimate.year_kind, estimate.year)
  const name = nameOfPlace(position.jurisdiction, a.lang)
  return (
    <DerivedPage
      a={a}
      position={position}
      path={derivedPath(`balance.${estimate.id}`, position.usps)}
      title={a.t.figure.h1(`${a.t.balance}, ${methodName(a, estimate)}`, name, year)}
      lede={<Prose text={`${formatMoney(estimate.balance, a.lang)}. ${a.t.sign}`} />}
      formula={
        <>
          <p>
            <English a={a}>{estimate.formula}</English>
          </p>
          <p>
            <English a={a}>{estimate.why_it_differs}</English>
          </p>
        </>
      }
      inputs={estimate.inputs}
    />
  )
}

export const LeverageFigurePage: FC<{ a: Asked; position: Position }> = ({ a, position }) => {
  const { leverage } = position
  const t = a.t.leverage
  if (!leverage) return <></>
  const name = nameOfPlace(position.jurisdiction, a.lang)
  return (
    <DerivedPage
      a={a}
      position={position}
      path={derivedPath('leverage', position.usps)}
      title={a.t.figure.h1(t.range, name, String(leverage.tax_year))}
      lede={formatMoneyRange(leverage.low, leverage.high, a.lang)}
      formula={
        <>
          <ol class="steps">
            {t.steps.map((step) => (
              <li>{step}</li>
            ))}
          </ol>
          {leverage.grown_by === 'all-state-governments' && <p>{t.doubtNote}</p>}
          <KeyValue
            rows={[
              { key: t.employees, value: leverage.employees.toLocaleString('en-US') },
              { key: t.meanPay, value: exactDollars(leverage.mean_pay) },
              { key: t.range, value: `${exactDollars(leverage.low)} … ${exactDollars(leverage.high)}` },
            ]}
          />
          <p>{t.notCounted}</p>
        </>
      }
      inputs={leverage.inputs}
    >
      {position.employer && <EmployerSection a={a} employer={position.employer} />}
    </DerivedPage>
  )
}

/** What the same employers owe of their own: beside the leverage, with the rules of who is covered. */
const EmployerSection: FC<{ a: Asked; employer: EmployerShare }> = ({ a, employer }) => {
  const t = a.t.leverage
  return (
    <Section id="employer" title={t.employerTitle}>
      <ol class="steps">
        {t.employerSteps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <KeyValue
        rows={[
          { key: t.medicare, value: exactDollars(employer.medicare) },
          { key: t.wageBase, value: `${exactDollars(employer.wage_base)}, ${employer.tax_year}` },
          { key: t.socialSecurity, value: exactDollars(employer.social_security) },
          { key: t.employer, value: `${exactDollars(employer.low)} … ${exactDollars(employer.high)}` },
        ]}
      />
      <h3>{t.coverage}</h3>
      <ul class="steps" lang={a.lang === 'en' ? undefined : 'en'}>
        {COVERAGE.map((rule) => (
          <li>
            <a href={rule.source}>{rule.text}</a>.
          </li>
        ))}
      </ul>
    </Section>
  )
}

export const ExposureFigurePage: FC<{ a: Asked; position: Position }> = ({ a, position }) => {
  const { exposure } = position
  if (!exposure) return <></>
  const name = nameOfPlace(position.jurisdiction, a.lang)
  return (
    <DerivedPage
      a={a}
      position={position}
      path={derivedPath('exposure', position.usps)}
      title={a.t.figure.h1(a.t.place.exposure, name, yearText(a.t, 'state-fiscal', exposure.year))}
      lede={formatMoney(exposure.total, a.lang)}
      formula={
        <>
          <KeyValue
            rows={exposure.lines.map((line) => ({
              key: a.t.strengths[line.strength],
              value: exactDollars(line.amount),
            }))}
          />
          <p>{exposure.inputs.length > 0 ? a.t.place.byFunctionNote : a.t.place.ownExposureSource}</p>
        </>
      }
      inputs={exposure.inputs}
    />
  )
}
