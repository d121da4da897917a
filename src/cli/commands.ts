import { z } from 'zod'
import { type Command, command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'

export const commands: readonly Command<Shell>[] = [
  command({
    name: 'start',
    summary: 'serve the workbench, the same as npm start (PORT, HOST, TENTH_DATA, DATABASE_URL)',
    input: z.object({}),
    run: async () => (await import('../server/start.ts')).start(process.env),
  }),
]
