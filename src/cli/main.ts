import type { Command, ExitCode, Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { runCommandLine } from './run.ts'

/** A room is loaded only when one of its first words is asked for, so that the command line starts at once. */
const ROOMS: Record<string, () => Promise<{ readonly commands: readonly Command<Shell>[] }>> = {
  // registry: () => import('../registry/commands.ts'),
}

const io: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  isTerminal: process.stdout.isTTY === true,
  cwd: process.cwd(),
}

process.exitCode = (await runCommandLine(process.argv.slice(2), ROOMS, io)) satisfies ExitCode
