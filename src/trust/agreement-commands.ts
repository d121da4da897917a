import { z } from 'zod'
import { type Command, command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { readNamed } from './agreement-files.ts'
import { JSON_FLAG, json } from './asked.ts'
import { readShippedAgreements } from './files.ts'
import { faultText } from './read.ts'
import { agreementView } from './views/agreement.ts'

export const agreementCommands: readonly Command<Shell>[] = [
  command({
    name: 'trust agreements',
    summary: 'the agreements that come with the project; all are simulations of bills, none is law',
    options: [JSON_FLAG],
    input: z.object({ json }),
    run: async (input, io) => {
      const rows = readShippedAgreements().map(({ document, sha256, conditions }) => ({
        id: document.id,
        title: document.title,
        modelled_on: document.modelled_on.name,
        status: document.modelled_on.status,
        members: document.members,
        instrument: document.instrument,
        conditions: conditions.filter(({ effect, of }) => effect === 'forbid' && of === 'agreement').length,
        sha256,
      }))
      if (input.json) io.out(JSON.stringify(rows, null, 2))
      else
        for (const row of rows)
          io.out(`${row.id}\n  ${row.title}\n  on the model of ${row.modelled_on} (${row.status})`)
      return 0
    },
  }),
  command({
    name: 'trust check',
    summary: 'hold an agreement against its schema and its conditions against theirs',
    args: '<agreement>',
    options: [JSON_FLAG],
    input: z.object({ agreement: z.string(), json }),
    run: async (input, io) => {
      const read = readNamed(input.agreement, io)
      if (!read.ok) {
        if (input.json)
          io.err(
            JSON.stringify({ error: { code: 'agreement_refused', faults: read.error, exit: 1 } }, null, 2),
          )
        else for (const fault of read.error) io.err(faultText(fault))
        return 1
      }
      const view = agreementView(read.value)
      if (input.json) {
        io.out(JSON.stringify(view, (_, one) => (typeof one === 'bigint' ? String(one) : one), 2))
        return 0
      }
      io.out(`${view.id}: ${view.title}`)
      for (const { action, permit, conditions } of view.acts) {
        io.out(`\n${action}${permit ? '' : ': not provided for'}`)
        for (const { id, says, of, quote, paraphrase, citation } of permit ? conditions : []) {
          io.out(`  ${id}${of === 'every' ? ' (every agreement)' : ''}: ${says}`)
          io.out(`    ${quote ? `"${quote}"` : paraphrase} (${citation})`)
        }
      }
      return 0
    },
  }),
]
