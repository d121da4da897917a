export { type CsvFault, CsvReader, type CsvRow, findWidthFault, readHeader, textAt } from './csv.ts'
export { COVERAGE, COVERAGE_NOTES } from './data/fica.ts'
export { PAY_PERIODS } from './data/years.ts'
export {
  type EmployeeGroup,
  ESTIMATE_ASSUMPTIONS,
  type EstimateAssumption,
  type EstimateError,
  type EstimateStep,
  estimateAnnualWithholding,
  type WithholdingEstimate,
} from './estimate.ts'
export {
  type Coverage,
  type CoverageFacts,
  coverageOf,
  type Fica,
  type FicaLaw,
  fica,
  ficaLawOf,
} from './fica.ts'
export { lawOf, YEARS_CARRIED } from './law.ts'
export { type PayrollRun, type PayrollTotals, payrollCounter } from './payroll-totals.ts'
export { withhold } from './percentage-method.ts'
export { faultText as payrollFaultText } from './print.ts'
export * from './schema.ts'
export {
  type FlatSupplemental,
  withholdSupplementalAggregate,
  withholdSupplementalFlat,
} from './supplemental.ts'
export {
  type CompiledLaws,
  compileLaws,
  LARGEST_CENTS,
  type PaycheckColumns,
  taxOf,
  withholdColumns,
} from './withhold-columns.ts'
