import { CommanderError, Command as Program } from 'commander'
import type { Command, ExitCode, Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { messageOf } from '../db/messages.ts'

export type Rooms = Readonly<Record<string, () => Promise<{ readonly commands: readonly Command<Shell>[] }>>>

/** Reads the words, loads the room that they name, checks the input, runs, and closes what was opened. */
export async function runCommandLine(words: readonly string[], rooms: Rooms, io: Io): Promise<ExitCode> {
  const program = new Program('tenth')
    .exitOverride()
    .configureOutput({ writeOut: (t) => io.out(t.trimEnd()), writeErr: (t) => io.err(t.trimEnd()) })
  let code: ExitCode = 0
  let close = async () => {}
  const open = async () => {
    const [{ openShell }, { dataSettings }] = await Promise.all([
      import('../db/open.ts'),
      import('../db/settings.ts'),
    ])
    const opened = await openShell(dataSettings(process.env))
    if (!opened.ok) throw new CliFailure(messageOf(opened.error).words)
    close = opened.value.close
    return opened.value.shell
  }
  const asked = rooms[words[0] ?? '']
  const loaded = asked ? [asked] : Object.values(rooms)
  for (const load of loaded)
    for (const c of (await load()).commands)
      add(
        program,
        c,
        async (input) => {
          code = await c.run(input, io, open)
        },
        (n) => {
          code = n
        },
        io,
      )
  try {
    await program.parseAsync(words as string[], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof CliFailure) {
      io.err(error.message)
      return 3
    }
    throw error
  } finally {
    await close()
  }
  return code
}

class CliFailure extends Error {}

function add(
  program: Program,
  c: Command<Shell>,
  run: (input: never) => Promise<void>,
  fail: (code: ExitCode) => void,
  io: Io,
): void {
  const path = c.name.split(' ')
  let parent = program
  for (const word of path.slice(0, -1))
    parent = parent.commands.find((p) => p.name() === word) ?? parent.command(word)
  const leaf = parent.command(`${path.at(-1)} ${c.args ?? ''}`.trim()).description(c.summary)
  for (const [flags, explanation] of c.options ?? []) leaf.option(flags, explanation)
  leaf.action(async (...given: unknown[]) => {
    const named = Object.fromEntries(leaf.registeredArguments.map((a, i) => [a.name(), given[i]]))
    const input = c.input.safeParse({ ...named, ...leaf.opts() })
    if (input.success) return run(input.data as never)
    for (const issue of input.error.issues) io.err(`${c.name}: ${issue.path.join('.')}: ${issue.message}`)
    fail(2)
  })
}
