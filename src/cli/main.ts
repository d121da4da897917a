import type { Io } from '../base/index.ts'
import { ROOMS } from './rooms.ts'
import { runCommandLine } from './run.ts'

// A reader that has seen enough (`tenth … | head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const io: Io = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  isTerminal: process.stdout.isTTY === true,
  cwd: process.cwd(),
}

process.exitCode = await runCommandLine(process.argv.slice(2), ROOMS, io)
