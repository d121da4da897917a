import { z } from 'zod'
import { type Command, command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { openOutput, pieces } from '../withholding/files.ts'
import type { CsvFault } from '../withholding/index.ts'
import { penaltyComputer } from './liability/penalty-csv.ts'
import { PENALTY_KINDS } from './liability/penalty-row.ts'

export const penaltyCommands: readonly Command<Shell>[] = [
  command({
    name: 'trust penalty',
    summary: 'add the federal penalty or interest to each row of a CSV',
    args: '<in>',
    options: [
      [
        '--kind <kind>',
        `${PENALTY_KINDS.join(', ')}: docs/methods/liability.md says which columns each wants`,
      ],
      ['--out <file>', 'CSV to write; - for the terminal (default: -)'],
    ],
    input: z.object({
      in: z.string(),
      kind: z.enum(PENALTY_KINDS, `wanted: one of ${PENALTY_KINDS.join(', ')}`),
      out: z.string().default('-'),
    }),
    run: async (input, io) => {
      const computer = penaltyComputer(input.kind)
      const output = await openOutput(input.out, io)
      try {
        for await (const [piece, last] of pieces(input.in, io)) {
          const computed = computer.compute(piece, last)
          if (!computed.ok) {
            io.err(faultText(input.in, computed.error))
            return 1
          }
          await output.write(computed.value)
        }
        await output.keep()
        if (input.out !== '-') io.out(`${computer.rows()} rows written to ${input.out}`)
        return 0
      } finally {
        await output.drop()
      }
    },
  }),
]

/** File, line, column, value found, what is wanted, in one line. */
function faultText(path: string, { line, column, found, wanted }: CsvFault): string {
  const file = path === '-' ? 'standard input' : path
  const place = column === undefined ? '' : `, column ${column}`
  const value = found === undefined ? '' : `found ${JSON.stringify(found)}; `
  return `tenth trust penalty: ${file}, line ${line}${place}: ${value}wanted: ${wanted}`
}
