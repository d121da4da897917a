import { readFileSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, err, type Io, IsoDate, ok, type Result } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { DATA_FOLDER, readDataFiles, readJurisdictionsFile } from './files.ts'
import { Line } from './flags.ts'
import { propose, readImport } from './import.ts'
import { openBook } from './list-commands.ts'
import { counted, describeProposal } from './present.ts'
import { type Fault, faultText, type TextFile } from './read.ts'
import { loadJurisdictions, writeVersions } from './store.ts'

const flag = z.boolean().default(false)
const today = (now: string): IsoDate => IsoDate.parse(now.slice(0, 10))

export const changeCommands: readonly Command<Shell>[] = [
  command({
    name: 'registry check',
    summary: 'check the registry’s files, or the files named, against the schema and each other',
    args: '[files...]',
    options: [['--json', 'print JSON']],
    input: z.object({ files: z.array(z.string()).default([]), json: flag }),
    run: async ({ files, json }, io) => {
      const given = files.length === 0 ? [] : readFiles(files, io)
      if (given === undefined) return 2
      const { faults, records } = given.length === 0 ? checkAll() : checkGiven(given)
      if (json) io.out(JSON.stringify({ records, faults }, null, 2))
      else {
        for (const fault of faults) io.err(faultText(fault))
        io.out(`${counted(records, 'record')}, ${counted(faults.length, 'fault')}`)
      }
      return faults.length === 0 ? 0 : 1
    },
  }),
  command({
    name: 'registry import',
    summary: 'show what a CSV or YAML file of records would change and, with --yes, change it',
    args: '<file>',
    options: [
      ['--dry-run', 'show the difference and change nothing (what happens without --yes)'],
      ['--yes', 'accept the difference: a new version of each record, and an event of each in the log'],
      ['--reason <text>', 'why, in a sentence; it stands in the history and the log'],
      ['--correction', 'the records were wrong, as against: the world has changed'],
      ['--json', 'print JSON'],
    ],
    input: z.object({
      file: z.string(),
      dryRun: flag,
      yes: flag,
      reason: Line.optional(),
      correction: flag,
      json: flag,
    }),
    run: async ({ file, dryRun, yes, reason, correction, json }, io, open: () => Promise<Shell>) => {
      const [given] = readFiles([file], io) ?? []
      if (given === undefined) return 2
      const { shell, book } = await openBook(open, io)
      const now = shell.now()
      const options = { jurisdictions: loadJurisdictions(), today: today(now) }
      const { records, faults } = readImport(given, [...book.records.values()], options)
      if (faults.length > 0) return refuse(faults, json, io)
      const proposal = propose(
        records.map(({ rec }) => rec),
        book.records,
      )
      const isAccepted = yes && !dryRun
      const change = correction ? ('correction' as const) : undefined
      const changes = [...proposal.added, ...proposal.changed.map(({ rec }) => rec)]
      const versions = !isAccepted
        ? []
        : await shell.db.transaction().execute((tx) =>
            writeVersions(
              tx,
              changes.map((rec) => ({ rec, change, reason })),
              { at: now, actor: 'operator', origin: 'operator' },
            ),
          )
      if (json)
        io.out(JSON.stringify({ accepted: isAccepted, ...proposal, versions: versions.length }, null, 2))
      else {
        io.out(describeProposal(proposal))
        io.out(
          isAccepted
            ? `recorded ${counted(versions.length, 'new version')}`
            : 'nothing is changed; --yes accepts this',
        )
      }
      return 0
    },
  }),
]

function refuse(faults: readonly Fault[], json: boolean, io: Io): 1 {
  if (json) io.out(JSON.stringify({ accepted: false, faults }, null, 2))
  else {
    for (const fault of faults) io.err(faultText(fault))
    io.err(`${counted(faults.length, 'fault')}: nothing is changed`)
  }
  return 1
}

/** @returns undefined after telling which file cannot be read */
function readFiles(names: readonly string[], io: Io): readonly TextFile[] | undefined {
  const files: TextFile[] = []
  for (const path of names) {
    const read = readWhole(resolve(io.cwd, path))
    if (!read.ok) {
      const found = `${JSON.stringify(path)}, which cannot be read (${read.error})`
      io.err(`<files>: found ${found}; wanted: a readable file of at most ${MOST_BYTES} bytes`)
      return undefined
    }
    files.push({ path, bytes: read.value })
  }
  return files
}

/** Beyond this no reader of files goes on, whatever their form. */
const MOST_BYTES = 33_554_432

/** A device or pipe may have no end, so only a file whose size is known is read. */
function readWhole(path: string): Result<Uint8Array, string> {
  try {
    const stat = statSync(path)
    if (!stat.isFile()) return err(stat.isDirectory() ? 'it is a folder' : 'it is no ordinary file')
    return stat.size > MOST_BYTES ? err(`it holds ${stat.size} bytes`) : ok(readFileSync(path))
  } catch (error) {
    return err(error instanceof Error && 'code' in error ? String(error.code) : String(error))
  }
}

interface Outcome {
  readonly records: number
  readonly faults: readonly Fault[]
}

const clockDay = (): IsoDate => today(new Date().toISOString())

function checkAll(): Outcome {
  const jurisdictions = checkJurisdictions(readJurisdictionsFile())
  const checked = checkFiles(readDataFiles(), { jurisdictions: jurisdictions.rows, today: clockDay() })
  const faults = [...jurisdictions.faults, ...checked.faults].map(inProject)
  return { records: checked.records.length, faults }
}

const inProject = (fault: Fault): Fault => ({ ...fault, file: `src/registry/data/${fault.file}` })

/**
 * Files of the data folder are checked beside its other files, whose ids they may not repeat; a file from
 * elsewhere is checked as if it were laid over them.
 */
function checkGiven(given: readonly TextFile[]): Outcome {
  const inFolder = new Set(given.map(({ path }) => relative(DATA_FOLDER, realpathSync(path))))
  const isOwn = given.every(({ path }) => !relative(DATA_FOLDER, realpathSync(path)).startsWith('..'))
  const jurisdictions = checkJurisdictions(readJurisdictionsFile())
  const listed = given.filter(({ path }) => !path.endsWith('jurisdictions.yaml'))
  const rest = readDataFiles().filter(({ path }) => !inFolder.has(path))
  const options = { jurisdictions: jurisdictions.rows, today: clockDay() }
  const others = checkFiles(rest, options).records
  if (isOwn) {
    const checked = checkFiles(listed, { ...options, others })
    const faults = [
      ...(listed.length < given.length ? jurisdictions.faults.map(inProject) : []),
      ...checked.faults,
    ]
    return { records: checked.records.length, faults }
  }
  const held = others.map(({ rec }) => rec)
  const each = listed.map((file) => readImport(file, held, options))
  return {
    records: each.reduce((sum, checked) => sum + checked.records.length, 0),
    faults: each.flatMap((checked) => checked.faults),
  }
}
