import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, type ExitCode, type Io } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { parseRunOptions } from '../../scenario/index.ts'
import { sha256Of } from '../documents/documents.ts'
import { Count, holdPlan, refuse, Threads } from '../documents/named-files.ts'
import { readShippedPlans } from '../files.ts'
import { runOrLoad } from '../runs/store.ts'
import type { BriefVersion } from './brief.ts'
import { type PrintError, withPress } from './print-files.ts'
import { htmlOf, type MadeBrief, makeBrief, sheetOf, tableOf } from './store.ts'

const FORMATS = ['pdf', 'html', 'xlsx'] as const

const Input = z.object({
  plan: z.string(),
  format: z.enum(FORMATS, 'wanted: pdf, html or xlsx').default('pdf'),
  paper: z.enum(['letter', 'a4'], 'wanted: letter or a4').default('letter'),
  lang: z.enum(['en', 'es'], 'wanted: en or es').default('en'),
  draws: Count.optional(),
  seed: Count.optional(),
  workers: Threads.optional(),
  out: z.string().optional(),
})
type Input = z.infer<typeof Input>

export const briefCommands: readonly Command<Shell>[] = [
  command({
    name: 'plan brief',
    summary: 'two printed pages on a plan: what it does, to whom, both cases, what decides it',
    args: '<plan>',
    options: [
      [
        '--format <format>',
        'pdf, html (one file that needs nothing else) or xlsx (the table with its formulas)',
      ],
      ['--paper <paper>', 'letter or a4'],
      ['--lang <lang>', 'en or es; words of the plan stay in their own language'],
      ['--draws <n>', 'number of futures; 10000 where not given'],
      ['--seed <n>', 'seed of the chances; 1 where not given'],
      ['--workers <n>', 'threads; as many as there are cores where not given'],
      ['--out <file>', 'file to write; named for the plan where not given'],
    ],
    input: Input,
    run: writeBrief,
  }),
]

async function writeBrief(input: Input, io: Io, open: () => Promise<Shell>): Promise<ExitCode> {
  const { draws, seed, workers } = input
  const options = parseRunOptions({
    ...(draws !== undefined && { draws }),
    ...(seed !== undefined && { seed }),
  })
  if (!options.ok) {
    for (const { path, problem } of options.error.issues) io.err(`--${path}: ${problem}`)
    return 2
  }
  const held = await holdPlan(input.plan, io, open)
  if (!held.ok) return refuse(io, held.error, false)
  const { read, checked, facts, shell } = held.value
  const run = await runOrLoad(shell, { plan: read.plan, checked, facts }, options.value, {
    sensitivity: true,
    ...(workers !== undefined && { workers }),
    ...(io.isTerminal && { onProgress: ({ stage, done, of }) => io.err(`${stage}: ${done} of ${of}`) }),
  })
  if (!run.ok) return 1
  return writeFile(makeBrief(run.value, documentOf(input.plan, read.plan.id, io), facts), input, io)
}

function documentOf(name: string, id: string, { cwd }: Io): BriefVersion {
  const shipped = readShippedPlans().find(({ plan }) => plan.id === name)
  return shipped
    ? { origin: 'shipped', version: 0, sha256: sha256Of(shipped.text) }
    : { origin: 'file', version: 0, sha256: sha256Of(readFileSync(resolve(cwd, name), 'utf8') || id) }
}

async function writeFile(made: MadeBrief, { format, paper, lang, out }: Input, io: Io): Promise<ExitCode> {
  const file = resolve(io.cwd, out ?? `${made.brief.plan.id}-brief.${format}`)
  const write = (path: string, content: string | Uint8Array): boolean => {
    try {
      writeFileSync(path, content)
      io.out(path)
      return true
    } catch (error) {
      io.err(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'error'})`)
      return false
    }
  }
  if (format === 'html') return write(file, htmlOf(made, lang, paper)) ? 0 : 1
  if (format === 'xlsx') return write(file, await tableOf(made, lang)) ? 0 : 1
  const pdf = await withPress((print) => print(sheetOf(made, lang, paper)))
  if (pdf.ok) return write(file, pdf.value) ? 0 : 1
  io.err(printWords(pdf.error))
  if (write(join(`${file.replace(/\.pdf$/, '')}.html`), htmlOf(made, lang, paper)))
    io.err('The HTML is the same brief: it prints on two pages from any browser.')
  return 3
}

function printWords(error: PrintError): string {
  switch (error.code) {
    case 'no_browser':
      return `No PDF: no browser that prints was found (${error.reason}). Name one in TENTH_BROWSER.`
    case 'too_busy':
      return 'No PDF: too many are being printed.'
    case 'print_failed':
      return `No PDF: the browser failed (${error.reason}).`
    case 'not_two_pages':
      return `No PDF: it came out on ${error.pages} pages, and a brief has two.`
  }
}
