import { assert } from '../base/index.ts'
import { estimateAnnualWithholding } from '../withholding/index.ts'
import type { AnnualWithholding } from './leverage.ts'

/** The withholding engine's central estimate for employees who all file alike. */
export const annualWithholding: AnnualWithholding = ({ employees, mean_pay, tax_year, filing_status }) => {
  const priced = estimateAnnualWithholding({
    year: tax_year,
    employees: Number(employees),
    meanAnnualWageCents: mean_pay,
    filingStatusMix: {
      single_or_mfs: 0,
      married_filing_jointly: 0,
      head_of_household: 0,
      [filing_status]: 1,
    },
  })
  assert(priced.ok, `the engine prices a public payroll of ${tax_year}`)
  return priced.value.central
}
