import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { command, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { readNamed } from './agreement-files.ts'
import { book, JSON_FLAG, json, tell } from './asked.ts'
import { ACTOR, print } from './asked-store.ts'
import type { PayingAccount } from './payments.ts'
import { faultText } from './read.ts'
import { Authority } from './schema.ts'
import { adopt } from './store.ts'

const Law = z.strictObject({
  authority: Authority,
  accounts: z.record(
    z.string(),
    z.strictObject({ ein: z.string(), name: z.string(), bank_routing: z.string(), bank_name: z.string() }),
  ),
})

/** The enacted authority and the paying accounts of an operating book. */
function readLaw(path: string, io: Io): z.infer<typeof Law> | string {
  try {
    const read = Law.safeParse(parseYaml(readFileSync(resolve(io.cwd, path), 'utf8')))
    return read.success
      ? read.data
      : `${path}: ${read.error.issues[0]?.path.join('.')}: ${read.error.issues[0]?.message}`
  } catch (error) {
    return `${path}: ${(error as Error).message}`
  }
}

const SIMULATED = {
  authority: { kind: 'simulation' as const },
  accounts: {} as Record<string, PayingAccount>,
}

export const adoptCommand = command({
  name: 'trust adopt',
  summary: 'adopt an agreement in a book of its own: a simulation, unless an enacted law is given',
  args: '<agreement>',
  options: [
    ['--book <id>', 'name of the new book'],
    ['--law <file>', 'YAML with authority (citation, effective, opinion) and accounts: real money'],
    JSON_FLAG,
  ],
  input: z.object({ agreement: z.string(), book, law: z.string().optional(), json }),
  run: async (input, io, open: () => Promise<Shell>) => {
    const read = readNamed(input.agreement, io)
    if (!read.ok) {
      for (const fault of read.error) io.err(faultText(fault))
      return 1
    }
    const law = input.law === undefined ? SIMULATED : readLaw(input.law, io)
    if (typeof law === 'string') return tell(io, input.json, { code: 'file_refused', detail: law })
    const kind = law.authority.kind === 'enacted' ? ('operating' as const) : ('simulation' as const)
    const shell = await open()
    const asked = { book: input.book, kind, agreement: read.value, ...law }
    const done = await adopt(shell, asked, { actor: ACTOR })
    if (!done.ok) return tell(io, input.json, done.error)
    if (input.json) print(io, { book: input.book, kind, agreement: read.value.document.id })
    else io.out(`${input.book} is a book of ${read.value.document.id} (${kind})`)
    return 0
  },
})
