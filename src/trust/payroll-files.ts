import { createHash } from 'node:crypto'
import type { Io } from '../base/index.ts'
import { pieces } from '../withholding/files.ts'
import { type PayrollRun, payrollCounter, payrollFaultText } from '../withholding/index.ts'
import type { PricedRun } from './payroll.ts'

export interface PayRunFile extends PricedRun {
  readonly file: string
  readonly totals: PayrollRun['totals']
  readonly assumptions: readonly string[]
}

/**
 * Prices a pay run in a stream, as `tenth withholding payroll` does: names and Social Security numbers are refused, and
 * nothing of any employee is kept.
 */
export const readPayRun = (path: string, io: Io): Promise<PayRunFile | { readonly refused: string }> =>
  priceRun(path, pieces(path, io))

/** @param parts the file in pieces, the last of them empty and marked */
export async function priceRun(
  path: string,
  parts: AsyncIterable<readonly [Uint8Array, boolean]>,
): Promise<PayRunFile | { readonly refused: string }> {
  const counter = payrollCounter('cent')
  const sha256 = createHash('sha256')
  for await (const [piece, last] of parts) {
    sha256.update(piece)
    const counted = counter.count(piece, last)
    if (!counted.ok) return { refused: payrollFaultText('payroll', path, counted.error) }
  }
  const { totals, agencies, assumptions } = counter.run()
  return { file: path, sha256: sha256.digest('hex'), agencies, totals, assumptions }
}
