import type { Command } from '../base/index.ts'

interface Group {
  readonly title: string
  readonly commands: readonly Pick<Command, 'name' | 'args' | 'summary'>[]
}

const WIDTH = 96

/** Every command under its heading. `tenth COMMAND --help` tells the options of one. */
export function helpOf(groups: readonly Group[]): string {
  const rows = groups.flatMap((group) => group.commands.map(wordsOf))
  const column = Math.min(44, Math.max(...rows.map((row) => row.length)) + 2)
  const sections = groups.map((group) =>
    [group.title, ...group.commands.map((c) => line(wordsOf(c), c.summary, column))].join('\n'),
  )
  return [
    'tenth: an open, nonpartisan workbench for noncooperative federalism',
    'Usage: tenth <command> [arguments] [options]',
    ...sections,
    [
      'Everywhere',
      line('--help', 'what a command takes', column),
      line('--json', 'print JSON, errors too, where a command offers it', column),
      line('--version', 'print the version', column),
    ].join('\n'),
    'Exit codes: 0 done, 1 refused or found wanting, 2 bad use, 3 failure of the system.\nInformation and simulation, not legal advice.',
  ].join('\n\n')
}

const wordsOf = (c: { readonly name: string; readonly args?: string | undefined }): string =>
  c.args === undefined ? c.name : `${c.name} ${c.args}`

function line(words: string, summary: string, column: number): string {
  const lines = wrap(summary, WIDTH - column - 2)
  const first =
    words.length > column - 2
      ? `  ${words}\n${' '.repeat(column + 2)}${lines[0]}`
      : `  ${words.padEnd(column)}${lines[0]}`
  return [first, ...lines.slice(1).map((l) => ' '.repeat(column + 2) + l)].join('\n')
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`
  }
  return lines
}
