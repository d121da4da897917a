/**
 * Where an ACH credit of federal tax goes, and how its addendum names the tax. Source: EFTPS Financial Institution
 * Handbook, "ACH Credit for Business Payments" (fiscal.treasury.gov); IRS tax form numbers and codes for EFTPS. Read
 * in copies of the handbook and in independent payroll programs; an originator confirms them with its bank before use.
 */
export const TREASURY = {
  routing: '061036000',
  account: '23401009',
  name: 'IRS',
  /** Company entry description of the batch. */
  entry_description: 'TAXPAYMENT',
} as const

/** Tax type codes; `amount_types` where the tax is told by its parts, in the order of the addendum. */
export const TAX_TYPES = {
  '94105': {
    form: '941',
    what: 'Form 941, federal tax deposit',
    amount_types: { social_security: '1', medicare: '2', income_tax: '3' },
  },
} as const
