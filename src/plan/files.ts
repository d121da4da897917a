import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { assert, UspsCode } from '../base/index.ts'
import { PACKAGE_ROOT } from '../db/index.ts'
import type { Session } from './agenda/calendar.ts'
import type { Groundwork, GroundworkOf } from './agenda/groundwork.ts'
import { WORK_KINDS } from './agenda/work.ts'
import { type ReadPlan, readPlan } from './read.ts'

const DATA = join(PACKAGE_ROOT, 'src/plan/data')
export const PLANS_FOLDER = join(PACKAGE_ROOT, 'plans')

const Row = z.strictObject({
  enactment: z.enum(WORK_KINDS),
  start_up: z.enum(WORK_KINDS),
  in_use_by: z.literal('joint-suits').optional(),
  prerequisites: z.array(
    z.strictObject({
      line: z.string().min(1),
      work: z.enum(WORK_KINDS),
      office: z.string().min(1),
      met_by: z.union([z.literal('relief'), z.string().regex(/^play-[a-z0-9-]+$/)]).optional(),
    }),
  ),
})

/** How the prerequisites of each playbook type are worked on. */
export const readGroundwork = once((): Groundwork => {
  const rows = z
    .record(z.string(), Row)
    .parse(parseYaml(readFileSync(join(DATA, 'prerequisites.yaml'), 'utf8')))
  return new Map<string, GroundworkOf>(Object.entries(rows))
})

const SessionRow = z.object({
  usps: UspsCode,
  years: z.enum(['annual', 'odd', 'even']),
  first_month: z.coerce.number().int().min(1).max(12),
  last_month: z.coerce.number().int().min(1).max(12),
})

export const readSessions = once((): readonly Session[] => {
  const rows: unknown = parseCsv(readFileSync(join(DATA, 'sessions.csv'), 'utf8'), { columns: true })
  return z.array(SessionRow).parse(rows)
})

export interface ShippedPlan extends ReadPlan {
  /** The document as it stands in its file. */
  readonly text: string
}

/** The plans that come with the project, in order of their names. */
export const readShippedPlans = once((): readonly ShippedPlan[] =>
  readdirSync(PLANS_FOLDER)
    .filter((name) => name.endsWith('.plan.yaml'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(PLANS_FOLDER, name), 'utf8')
      const read = readPlan(`plans/${name}`, text)
      assert(read.ok, `plans/${name} is a plan`)
      return { ...read.value, text }
    }),
)

/** Files of a version do not change while it runs. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
