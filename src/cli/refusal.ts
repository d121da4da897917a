import type { ExitCode } from '../base/index.ts'
import { isDatabaseAway } from '../db/away.ts'
import { messageOf, type Trouble } from '../db/messages.ts'

/** Why a command ends without having done its work: for people as words, for programs as JSON. */
export class Refusal extends Error {
  readonly exit: ExitCode
  readonly code: string
  constructor(exit: ExitCode, code: string, words: string) {
    super(words)
    this.exit = exit
    this.code = code
  }

  toJson(): string {
    return JSON.stringify({ error: { code: this.code, detail: this.message, exit: this.exit } })
  }
}

export const refusalOfTrouble = (trouble: Trouble): Refusal => {
  const { exit, words } = messageOf(trouble)
  return new Refusal(exit, trouble.code, words)
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (isDatabaseAway(error))
    return new Refusal(
      3,
      'database_away',
      'The database stopped answering. What was saved before is safe; a change that was under way was not made. Try again.',
    )
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === '53100')
    return new Refusal(
      3,
      'disk_full',
      `The disk is full: ${message}. What was saved before is safe; nothing of this was saved.`,
    )
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
    return new Refusal(1, 'file_unreadable', `A file cannot be used: ${message}`)
  const words = `Tenth made a mistake, and stopped: ${message}. Please report it; TENTH_DEBUG=1 shows where.`
  return new Refusal(3, 'internal_error', process.env.TENTH_DEBUG ? `${words}\n${stack}` : words)
}
