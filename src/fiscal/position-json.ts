import { stateOf } from '../base/index.ts'
import { COVERAGE } from '../withholding/index.ts'
import type { EmployerShare } from './employer-share.ts'
import type { Exposure } from './exposure.ts'
import type { Leverage } from './leverage.ts'
import type { Position } from './position.ts'
import type { Estimate } from './rivals.ts'
import type { Figure } from './schema.ts'

/** Each figure of a position as JSON, amounts as decimal strings of cents; the same in the API and on paper. */
export function positionJson(position: Position) {
  const { usps, sides, leverage, exposure, state_only } = position
  return {
    usps,
    jurisdiction: position.jurisdiction,
    name: stateOf(usps).name,
    sign: 'balance = federal spending in the jurisdiction minus federal receipts from it',
    estimates: position.estimates.map(estimateJson),
    gives_and_gets: sides
      ? {
          year: sides.year,
          given_cents: text(sides.given),
          got_cents: text(sides.got),
          balance_excl_procurement_cents: text(sides.balance),
          gives: sides.gives.map(figureJson),
          gets: sides.gets.map(figureJson),
        }
      : null,
    collected: position.collected ? figureJson(position.collected) : null,
    exposure: exposure ? exposureJson(exposure) : null,
    stopped_now: position.stopped.map(({ strength, amount }) => ({ strength, amount_cents: text(amount) })),
    usable_leverage: leverage ? leverageJson(leverage) : null,
    employer_share: position.employer ? employerJson(position.employer) : null,
    usable_leverage_state_only: state_only
      ? {
          low_cents: text(state_only.low),
          high_cents: text(state_only.high),
          inputs: state_only.inputs.map(figureJson),
        }
      : null,
    sponsor_figures: position.sponsor.map((figure) => ({ ...figure })),
    ratios: position.ratios.map((ratio) =>
      ratio.ok
        ? {
            id: ratio.id,
            low: ratio.low,
            high: ratio.high,
            unit: ratio.unit,
            inputs: ratio.inputs.map((i) => ({ ...i })),
          }
        : { id: ratio.id, left_out: [...ratio.missing] },
    ),
  }
}

const text = (amount: bigint): string => amount.toString()

export const figureJson = (figure: Figure) => ({ ...figure })

const estimateJson = (e: Estimate) => ({
  id: e.id,
  name: e.name,
  kind: e.kind,
  grade: e.grade,
  year: e.year,
  year_kind: e.year_kind,
  year_span: e.year_span,
  gets_cents: e.flows ? text(e.flows.gets) : null,
  gives_cents: e.flows ? text(e.flows.gives) : null,
  balance_cents: text(e.balance),
  formula: e.formula || null,
  inputs: e.inputs.map(figureJson),
  why_it_differs: e.why_it_differs,
  url: e.url ?? null,
})

export const exposureJson = (e: Exposure) => ({
  year: e.year,
  total_cents: text(e.total),
  lines: e.lines.map(({ strength, amount }) => ({ strength, amount_cents: text(amount) })),
  inputs: e.inputs.map(figureJson),
})

/** The second component of what public employers remit: never inside `usable_leverage`. */
const employerJson = (e: EmployerShare) => ({
  low_cents: text(e.low),
  high_cents: text(e.high),
  low_is: 'Medicare alone: no position covered by Social Security',
  high_is: 'every position covered by Social Security and Medicare',
  not_in: 'usable_leverage',
  tax_year: e.tax_year,
  medicare_cents: text(e.medicare),
  social_security_if_all_covered_cents: text(e.social_security),
  wage_base_cents: text(e.wage_base),
  coverage_rules: COVERAGE.map(({ text, source }) => ({ text, source })),
})

export const leverageJson = (l: Leverage) => ({
  low_cents: text(l.low),
  high_cents: text(l.high),
  low_is: 'every employee files jointly',
  high_is: 'every employee files single',
  tax_year: l.tax_year,
  employees: text(l.employees),
  mean_pay_cents: text(l.mean_pay),
  payroll_cents: text(l.payroll),
  grown_by: l.grown_by,
  assumptions: [
    'pay log-normal round its mean, coefficient of variation 0.5',
    'Form W-4 of 2020 or later with a filing status and no other entry',
  ],
  inputs: l.inputs.map(figureJson),
})
