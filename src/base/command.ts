import type { z } from 'zod'

/** 0 done, 1 refused or found wanting, 2 bad use, 3 failure of the system. */
export type ExitCode = 0 | 1 | 2 | 3

/** The paper a command prints on; a test can hold it. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether a person watches: progress is drawn only then. */
  readonly isTerminal: boolean
  readonly cwd: string
}

/**
 * One command of `tenth`. `Shell` is what it runs on (database, clock); a pure command never opens it.
 * @example { name: 'registry search', args: '<text>', options: [['--json', 'print JSON']], input: Input, run }
 */
export interface Command<Shell = unknown, Schema extends z.ZodType = z.ZodType> {
  /** One or two words: the room (or a short name) and the verb. */
  readonly name: string
  readonly summary: string
  /** Positional arguments in commander's grammar: `<text>`, `[files...]`; they arrive under their names. */
  readonly args?: string
  /** Flags in commander's grammar with their explanation. */
  readonly options?: readonly (readonly [flags: string, explanation: string])[]
  /** Checks arguments and options together; a failure is bad use (exit 2) naming the option. */
  readonly input: Schema
  readonly run: (input: z.infer<Schema>, io: Io, open: () => Promise<Shell>) => Promise<ExitCode>
}

/** Keeps the input's type from the schema to `run`. */
export const command = <Shell, Schema extends z.ZodType>(c: Command<Shell, Schema>): Command<Shell> =>
  c as unknown as Command<Shell>
