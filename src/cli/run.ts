import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError, Command as Program } from 'commander'
import type { Command, ExitCode, Io } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/root.ts'
import type { Shell } from '../db/shell.ts'
import { helpOf } from './help.ts'
import { describeIssue } from './issue.ts'
import { Opening } from './opening.ts'
import { Refusal, refusalOf } from './refusal.ts'

export interface Room {
  /** Heading in the help. */
  readonly title: string
  /** The first words that lead here. */
  readonly words: readonly string[]
  readonly load: () => Promise<{ readonly commands: readonly Command<Shell>[] }>
}
export type Rooms = readonly Room[]

/** Reads the words, loads the room that they name, checks the input, runs, and closes what was opened. */
export async function runCommandLine(words: readonly string[], rooms: Rooms, io: Io): Promise<ExitCode> {
  const opening = new Opening()
  const refused: string[] = []
  try {
    return await obey(words, rooms, io, opening, (text) => refused.push(text))
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const refusal =
      error instanceof CommanderError ? new Refusal(2, 'bad_use', refused.join('\n')) : refusalOf(error)
    io.err(words.includes('--json') ? refusal.toJson() : refusal.message)
    return refusal.exit
  } finally {
    await opening.close()
  }
}

async function obey(
  words: readonly string[],
  rooms: Rooms,
  io: Io,
  opening: Opening,
  refuse: (text: string) => void,
): Promise<ExitCode> {
  const asked = rooms.filter((room) => room.words.includes(words[0] ?? ''))
  const groups = await Promise.all(
    (asked.length > 0 ? asked : rooms).map(async ({ title, load }) => ({
      title,
      commands: (await load()).commands,
    })),
  )
  let code: ExitCode = 0
  const program = newProgram(io, refuse)
  program.configureHelp({
    formatHelp: (c, helper) =>
      c === program ? helpOf(groups) : Object.getPrototypeOf(helper).formatHelp.call(helper, c, helper),
  })
  for (const c of groups.flatMap((group) => group.commands))
    add(program, c, async (input) => {
      code = await c.run(input, io, opening.open)
    })
  if (words.length === 0) program.outputHelp()
  else await program.parseAsync(words as string[], { from: 'user' })
  return code
}

const newProgram = (io: Io, refuse: (text: string) => void): Program =>
  new Program('tenth')
    .exitOverride()
    .version(readVersion(), '--version', 'print the version')
    .showHelpAfterError('Run it with --help to see what it takes.')
    .configureOutput({ writeOut: (t) => io.out(t.trimEnd()), writeErr: (t) => refuse(t.trim()) })

function readVersion(): string {
  const manifest = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function add(program: Program, c: Command<Shell>, run: (input: never) => Promise<void>): void {
  const path = c.name.split(' ')
  let parent = program
  for (const word of path.slice(0, -1))
    parent = parent.commands.find((p) => p.name() === word) ?? parent.command(word)
  const leaf = parent.command(`${path.at(-1)} ${c.args ?? ''}`.trim()).description(c.summary)
  for (const [flags, explanation] of c.options ?? []) leaf.option(flags, explanation)
  leaf.action(async (...given: unknown[]) => {
    const named = Object.fromEntries(leaf.registeredArguments.map((a, i) => [a.name(), given[i]]))
    const found = { ...named, ...leaf.opts() }
    const input = c.input.safeParse(found)
    if (input.success) return run(input.data as never)
    const issues = input.error.issues.map((issue) => `tenth ${c.name}: ${describeIssue(issue, found, leaf)}`)
    throw new Refusal(2, 'bad_use', issues.join('\n'))
  })
}
