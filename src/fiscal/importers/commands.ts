import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Command,
  command,
  type ExitCode,
  err,
  findState,
  type Instant,
  type Io,
  ok,
  type Result,
  type Usps,
} from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import type { Outside } from '../../net/index.ts'
import { startFiscal } from '../start.ts'
import { saveOwnSeries } from '../store.ts'
import { fetchSource, type Stopped } from './fetch-source.ts'
import { type Landed, land } from './land.ts'
import { progressFile } from './progress-file.ts'
import type { ShapeFault } from './shape.ts'
import type { Part, Question, Source, Table } from './source.ts'
import { SOURCES } from './sources.ts'

/** The real outside, and what a test puts in its place. */
export interface FetchOptions {
  readonly outside: Outside
  readonly env: Readonly<Record<string, string | undefined>>
  readonly base?: string
}
const REAL: FetchOptions = {
  outside: { fetch: globalThis.fetch, sleep: (ms) => sleep(ms), now: () => performance.now() },
  env: process.env,
}

const NAMES = SOURCES.map(({ name }) => name)
const Input = z.object({
  source: z.enum(NAMES as [string, ...string[]], { error: `wanted: one of ${NAMES.join(', ')}` }),
  table: z.string().optional(),
  year: z
    .string('wanted: a year such as 2023')
    .regex(/^(?:19|20)\d{2}$/, 'wanted: a year such as 2023')
    .transform(Number),
  state: z
    .string()
    .refine((text) => findState(text) !== undefined, 'wanted: a postal code such as CO')
    .transform((text) => text.toUpperCase() as Usps)
    .optional(),
  file: z.string().optional(),
  resume: z.boolean().default(false),
  dryRun: z.boolean().default(false),
})
type Input = z.infer<typeof Input>

interface Failure {
  readonly code: ExitCode
  readonly words: string
}
const NOTHING = 'Nothing was changed.'
const failed = (code: ExitCode, words: string) => err<Failure>({ code, words })

export const fetchCommands = (options: FetchOptions = REAL): readonly Command<Shell>[] => [
  command({
    name: 'fiscal fetch',
    summary: `bring in a table of a public source as a series of its own: ${SOURCES.map(({ name, tables }) => `${name} (${tables.map((t) => t.name).join(', ')})`).join('; ')}`,
    args: '<source>',
    options: [
      ['--table <name>', 'which table of the source'],
      ['--year <year>', 'which year, as the source counts years'],
      ['--state <code>', 'only this state'],
      ['--file <path>', 'read the table from this file instead of fetching it (irs)'],
      ['--resume', 'go on where the same question stopped'],
      ['--dry-run', 'say what would come in, and write nothing'],
    ],
    input: Input,
    run: async (input, io, open) => {
      const done = await bring(input, io, open, options)
      if (done.ok) io.out(done.value)
      else io.err(`fiscal fetch ${input.source}: ${done.error.words}`)
      return done.ok ? 0 : done.error.code
    },
  }),
]

async function bring(
  input: Input,
  io: Io,
  open: () => Promise<Shell>,
  options: FetchOptions,
): Promise<Result<string, Failure>> {
  const chosen = choose(input, options.env)
  if (!chosen.ok) return chosen
  const { source, table } = chosen.value
  const { year, state } = input
  const question = { year, state }
  const shell = await open()
  const progress = progressFile(shell.dataFolder, source.name, table.name, question)
  const answered =
    input.file === undefined
      ? await fetched(input, io, options, { ...chosen.value, question, progress })
      : await fromFile(resolve(io.cwd, input.file), table, question)
  if (!answered.ok) return answered
  const at = shell.now()
  const landed = land(source, table, question, onlyOf(answered.value, table, question), at)
  if (!landed.ok) return failed(1, `${shapeWords(landed.error)} ${NOTHING}`)
  const { series, sha256 } = landed.value
  const what = `${series.rows.length} values of ${table.about.title}, as the series ${series.series.id}`
  if (input.dryRun) {
    progress.remove()
    return ok(`Would bring in ${what}. ${NOTHING}`)
  }
  await startFiscal(shell)
  if (!(await saved(shell, source, landed.value, at)))
    return failed(1, `the series ${series.series.id} is already here. ${NOTHING}`)
  progress.remove()
  return ok(`${what}, are in (sha256 ${sha256.slice(0, 16)}).`)
}

const saved = (shell: Shell, source: Source, { series, sha256 }: Landed, at: Instant): Promise<boolean> =>
  saveOwnSeries({ ...shell, now: () => at }, `tenth fiscal fetch ${source.name}`, series, sha256, 'fetched')

interface Chosen {
  readonly source: Source
  readonly table: Table
  readonly key: string
}

function choose(input: Input, env: FetchOptions['env']): Result<Chosen, Failure> {
  const source = SOURCES.find(({ name }) => name === input.source)
  const table = source?.tables.find(({ name }) => name === input.table?.toLowerCase())
  if (source === undefined || table === undefined)
    return failed(
      2,
      `--table: found ${input.table === undefined ? 'nothing' : `"${input.table}"`}; wanted one of ${source?.tables.map(({ name }) => name).join(', ')}`,
    )
  if (input.state !== undefined && !table.hasStates)
    return failed(2, `--state: ${table.name} has the nation alone`)
  if (input.file !== undefined && !table.isFile)
    return failed(2, `--file: ${table.name} is no file; it is fetched`)
  const { keyVariable } = source
  const key = keyVariable === undefined ? '' : (env[keyVariable] ?? '')
  if (keyVariable !== undefined && key === '')
    return failed(2, `${source.title} asks for a key; set ${keyVariable} to yours`)
  return ok({ source, table, key })
}

async function fetched(
  input: Input,
  io: Io,
  options: FetchOptions,
  {
    source,
    table,
    key,
    question,
    progress,
  }: Chosen & { readonly question: Question; readonly progress: ReturnType<typeof progressFile> },
): Promise<Result<readonly Part[], Failure>> {
  const answered = await fetchSource(source, table, question, {
    ...{ key, progress, outside: options.outside, base: options.base, isResumed: input.resume },
    tell: (words) => io.err(`${source.name} ${table.name}: ${words}`),
  })
  if (answered.ok) return answered
  const { error } = answered
  const kept = error.parts === 0 ? '' : ` ${error.parts} parts wait in a file; go on with --resume.`
  return failed(
    error.code === 'shape' ? 1 : 3,
    `${stoppedWords(source, error).replaceAll(key || '\u0000', '(key)')} ${NOTHING}${kept}`,
  )
}

const stoppedWords = (source: Source, error: Stopped): string =>
  error.code === 'shape'
    ? `${source.title}: ${shapeWords(error.fault)}`
    : `${source.title} gave ${error.words}.`

const shapeWords = ({ field, found, wanted }: ShapeFault): string =>
  `${field}: found ${found}; ${wanted.startsWith('wanted: ') ? wanted.replace(':', '') : `wanted ${wanted}`}.`

async function fromFile(
  path: string,
  table: Table,
  question: Question,
): Promise<Result<readonly Part[], Failure>> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    return failed(2, `--file: ${(error as Error).message}. ${NOTHING}`)
  }
  const part = await table.read(bytes, question, null)
  return part.ok ? ok([part.value]) : failed(1, `${path}: ${shapeWords(part.error)} ${NOTHING}`)
}

/** A file holds every state; of a service only the state was asked for. */
const onlyOf = (parts: readonly Part[], table: Table, { state }: Question): readonly Part[] =>
  state === undefined || !table.isFile
    ? parts
    : parts.map((part) => ({
        ...part,
        values: part.values.filter(({ jurisdiction }) => jurisdiction.endsWith(`:${state.toLowerCase()}`)),
      }))
