import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type Command, command, err, type Io, ok, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { judgePlan } from '../judge.ts'
import { listedJson, type PlanDocument, type SaveError } from './documents.ts'
import { JSON_FLAG, json, openFacts, refuse } from './named-files.ts'
import { findPlan, listPlans, listPlanVersions, savePlan, setPlanAside } from './store.ts'

const print = (io: Io, value: unknown): void => io.out(JSON.stringify(value, null, 2))
const ACTOR = 'tenth plan'

const Version = z
  .string()
  .regex(/^\d{1,9}$/, 'wanted: a number of a version')
  .transform(Number)

/** Plans as documents: listed, shown, saved, set aside; each version for ever. */
export const documentCommands: readonly Command<Shell>[] = [
  command({
    name: 'plan list',
    summary: 'the plans that come with the project, and those saved here',
    options: [['--all', 'also those that are set aside'], JSON_FLAG],
    input: z.object({ all: z.boolean().default(false), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const plans = (await listPlans(await open())).filter((one) => input.all || !one.set_aside)
      if (input.json) print(io, plans.map(listedJson))
      else for (const one of plans) io.out(listedText(one))
      return 0
    },
  }),
  command({
    name: 'plan show',
    summary: 'the document of a plan, byte for byte',
    args: '<plan>',
    options: [['--version <n>', 'one version; the newest where not given'], JSON_FLAG],
    input: z.object({ plan: z.string(), version: Version.optional(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const found = await findPlan(await open(), input.plan, input.version)
      if (!found) return unknown(io, input.plan, input.version)
      if (input.json) print(io, { ...listedJson(found), text: found.text })
      else io.out(found.text.replace(/\n$/, ''))
      return 0
    },
  }),
  command({
    name: 'plan versions',
    summary: 'versions of a saved plan, the newest first',
    args: '<plan>',
    options: [JSON_FLAG],
    input: z.object({ plan: z.string(), json }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const shell = await open()
      const found = await findPlan(shell, input.plan)
      if (!found) return unknown(io, input.plan)
      const versions = await listPlanVersions(shell, input.plan)
      if (input.json) print(io, { id: input.plan, versions })
      else if (versions.length === 0)
        io.out(`${input.plan} comes with the project; its versions are the project's`)
      else
        for (const { version, sha256, at, by, why } of versions)
          io.out(`${version}  ${at}  ${by}\n  ${why}\n  SHA-256 ${sha256}`)
      return 0
    },
  }),
  command({
    name: 'plan save',
    summary: 'save a file as the next version of its plan, or as a new plan',
    args: '<file>',
    options: [
      ['--why <text>', 'why, for those who read it later'],
      ['--base <version>', 'the version that was changed; none for a new plan'],
      JSON_FLAG,
    ],
    input: z.object({
      file: z.string(),
      why: z.string('wanted: --why with 1 to 400 characters').min(1).max(400),
      base: Version.optional(),
      json,
    }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const text = readText(input.file, io)
      if (!text.ok) {
        io.err(text.error)
        return 1
      }
      const { shell, facts } = await openFacts(open)
      const judged = judgePlan(input.file, text.value, facts)
      if (!judged.ok) return refuse(io, judged.error, input.json)
      const { id } = judged.value.read.plan
      const newest = await findPlan(shell, id)
      const changed = input.base === undefined ? undefined : await findPlan(shell, id, input.base)
      if (input.base !== undefined && !changed) return unknown(io, id, input.base)
      if (newest?.origin === 'saved' && !changed) {
        io.err(
          `${id} has ${newest.version} versions; wanted: --base ${newest.version}, if that is the one that was changed`,
        )
        return 1
      }
      const base = changed?.sha256
      const saved = await savePlan(shell, { text: text.value, base, why: input.why, actor: ACTOR })
      if (!saved.ok) {
        io.err(saveWords(saved.error))
        return 1
      }
      if (input.json) print(io, listedJson(saved.value))
      else io.out(`${id} is saved as version ${saved.value.version}\n  SHA-256 ${saved.value.sha256}`)
      return 0
    },
  }),
  command({
    name: 'plan set-aside',
    summary: 'take a saved plan off the list, or bring it back; its versions stay',
    args: '<plan>',
    options: [
      ['--why <text>', 'why'],
      ['--back', 'bring it back'],
    ],
    input: z.object({
      plan: z.string(),
      why: z.string().max(400).default(''),
      back: z.boolean().default(false),
    }),
    run: async (input, io, open: () => Promise<Shell>) => {
      const done = await setPlanAside(await open(), input.plan, !input.back, { why: input.why, actor: ACTOR })
      if (done.ok) io.out(`${input.plan} is ${done.value.set_aside ? 'set aside' : 'on the list'}`)
      else io.err(saveWords(done.error))
      return done.ok ? 0 : 1
    },
  }),
]

function readText(file: string, { cwd }: Io): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(resolve(cwd, file))))
  } catch (error) {
    return err(
      `${file}: ${(error as NodeJS.ErrnoException).code ?? 'not UTF-8'}; wanted: a readable file in UTF-8`,
    )
  }
}

function listedText({ id, origin, version, read, set_aside }: PlanDocument): string {
  const where = origin === 'saved' ? ` (version ${version}${set_aside ? ', set aside' : ''})` : ''
  if (!read.ok) return `${id}${where}\n  no plan to this version of the workbench`
  const { title, members, measures, months, firstMonth } = read.value.plan
  return `${id}${where}\n  ${title}\n  ${members.join(' ')}; ${measures.length} measures; ${months} months from ${firstMonth}`
}

function unknown(io: Io, id: string, version?: number): 1 {
  io.err(
    `there is no plan "${id}"${version === undefined ? '' : ` with a version ${version}`}; see tenth plan list`,
  )
  return 1
}

function saveWords(error: SaveError): string {
  switch (error.code) {
    case 'plan_refused':
      return `${error.faults.length} places are not as wanted; nothing was saved`
    case 'saved_since':
      return `version ${error.newest.version} was saved by ${error.newest.saved?.by} since; nothing was written over. Read it with: tenth plan show ${error.newest.id}`
    case 'id_taken':
      return `"${error.id}" is the name of ${error.by} already; give the document another id`
    case 'none_saved':
      return `no version of "${error.id}" was saved here`
    case 'no_why':
      return 'wanted: --why with 1 to 400 characters'
  }
}
