import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { err, type Io, ok, type Result } from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import { type CheckedPlan, checkPlan } from '../check.ts'
import { readShippedPlans } from '../files.ts'
import { faultText, type PlanFault, type ReadPlan, readPlan } from '../read.ts'
import { bringFacts, loadPlanFacts, type PlanFacts } from '../store.ts'
import { findPlan } from './store.ts'

export const json = z.boolean().default(false)
export const JSON_FLAG = ['--json', 'print JSON'] as const
export const Count = z
  .string()
  .regex(/^\d{1,15}$/, 'wanted: a whole number')
  .transform(Number)
export const Threads = Count.pipe(z.number().min(1, 'wanted: 1 or more').max(64, 'wanted: at most 64'))

/** The name of a plan that comes with the project, or a file. */
function readNamed(name: string, { cwd }: Pick<Io, 'cwd'>): Result<ReadPlan, readonly PlanFault[]> {
  const shipped = readShippedPlans().find(({ plan }) => plan.id === name)
  if (shipped) return ok(shipped)
  try {
    return readPlan(name, readFileSync(resolve(cwd, name), 'utf8'))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'error'
    const ids = readShippedPlans().map(({ plan }) => plan.id)
    return err([
      {
        file: name,
        line: 1,
        path: '(document)',
        found: `no readable file (${reason})`,
        wanted: `a file, the id of a saved plan, or one of ${ids.join(', ')}`,
      },
    ])
  }
}

export function refuse(io: Io, faults: readonly PlanFault[], asJson: boolean): 1 {
  if (asJson) io.err(JSON.stringify({ code: 'plan_refused', faults }, null, 2))
  else for (const fault of faults) io.err(faultText(fault))
  return 1
}

export async function openFacts(
  open: () => Promise<Shell>,
): Promise<{ readonly shell: Shell; readonly facts: PlanFacts }> {
  const shell = await open()
  await bringFacts(shell)
  return { shell, facts: await loadPlanFacts(shell) }
}

export interface Held {
  readonly read: ReadPlan
  readonly facts: PlanFacts
  readonly shell: Shell
  readonly checked: CheckedPlan
}

/** A plan that was saved here, `our-trust` or one of its versions, `our-trust@2`; a file of that name goes before. */
async function readSaved(
  name: string,
  { cwd }: Pick<Io, 'cwd'>,
  open: () => Promise<Shell>,
): Promise<Result<ReadPlan, readonly PlanFault[]> | undefined> {
  const [, id, version] = /^([a-z0-9-]{1,60})(?:@(\d{1,9}))?$/.exec(name) ?? []
  if (id === undefined || existsSync(resolve(cwd, name))) return undefined
  if (readShippedPlans().some(({ plan }) => plan.id === name)) return undefined
  const found = await findPlan(await open(), id, version === undefined ? undefined : Number(version))
  return found?.read
}

/** A plan that comes with the project, was saved here, or stands in a file. */
export const readAny = async (
  name: string,
  io: Pick<Io, 'cwd'>,
  open: () => Promise<Shell>,
): Promise<Result<ReadPlan, readonly PlanFault[]>> => (await readSaved(name, io, open)) ?? readNamed(name, io)

/** A plan that was read and holds against the facts, or why not. */
export async function holdPlan(
  name: string,
  io: Io,
  open: () => Promise<Shell>,
): Promise<Result<Held, readonly PlanFault[]>> {
  const read = await readAny(name, io, open)
  if (!read.ok) return read
  const { shell, facts } = await openFacts(open)
  const checked = checkPlan(read.value.plan, facts)
  if (!checked.ok) return err(checked.error.map(read.value.fault))
  return ok({ read: read.value, facts, shell, checked: checked.value })
}
