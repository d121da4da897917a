import type { z } from 'zod'
import { err, ok, type Result } from '../base/index.ts'
import { orderFaults } from './agenda/order.ts'
import { type PlainYaml, readPlainYaml } from './plain-yaml.ts'
import { Plan } from './schema.ts'

/** One reason why a document is not taken: its place, what stands there, and what is wanted. */
export interface PlanFault {
  readonly file: string
  readonly line: number
  /** Place in the document, such as `measures[1].share`. */
  readonly path: string
  readonly found: string
  readonly wanted: string
}

export const faultText = ({ file, line, path, found, wanted }: PlanFault): string =>
  `${file}:${line}: ${path}: found ${found}; wanted: ${wanted}`

export const WHOLE = '(document)'

export type Path = readonly (string | number)[]
/** A fault before its line is known. */
export interface FaultAt {
  readonly at: Path
  readonly wanted: string
  /** What stands there, where it is not the value itself. */
  readonly found?: string
}

/** A plan with the way back to its text. */
export interface ReadPlan {
  readonly plan: Plan
  readonly fault: (fault: FaultAt) => PlanFault
}

/** After so many faults nobody reads on. */
export const MOST_FAULTS = 200

/** Reads a plan document, or says at every place why it is not one. Refuses anchors, aliases and tags. */
export function readPlan(file: string, text: string): Result<ReadPlan, readonly PlanFault[]> {
  const yaml = readPlainYaml(text)
  if (!yaml.ok)
    return err(
      yaml.error
        .slice(0, MOST_FAULTS)
        .map(({ line, field, found, wanted }) => ({ file, line, path: field ?? WHOLE, found, wanted })),
    )
  const { value } = yaml.value
  const fault = placedFault(file, yaml.value)
  const read = Plan.safeParse(value)
  if (!read.success) return err(read.error.issues.flatMap(faultsOf).slice(0, MOST_FAULTS).map(fault))
  const faults = [
    ...memberFaults(read.data),
    ...orderFaults(read.data),
    ...moneyFaults(read.data),
    ...caseFaults(read.data),
  ]
  return faults.length > 0 ? err(faults.map(fault)) : ok({ plan: read.data, fault })
}

/** Gives a fault its line, and what stands there. */
export const placedFault =
  (file: string, { value, lineOf }: Pick<PlainYaml, 'value' | 'lineOf'>) =>
  ({ at, wanted, found }: FaultAt): PlanFault => ({
    file,
    line: lineOf(at),
    path: pathText(at),
    found: found ?? shown(valueAt(value, at)),
    wanted,
  })

type Issue = z.core.$ZodIssue

/** An unknown field is a place of its own; a union is as wrong as the option that reads furthest into it. */
export function faultsOf(issue: Issue): readonly FaultAt[] {
  const at = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      at: [...at, key],
      wanted: 'no such field: drop it or correct its name',
    }))
  if (issue.code === 'invalid_key')
    return [{ at, found: shown(at.at(-1)), wanted: issue.issues[0]?.message ?? 'another name' }]
  if (issue.code === 'invalid_union') {
    const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length))
    const [nearest = []] = [...issue.errors].sort((a, b) => depth(b) - depth(a))
    if (depth(nearest) > 0)
      return nearest.flatMap(faultsOf).map((one) => ({ ...one, at: [...at, ...one.at] }))
  }
  return [{ at, wanted: wantedBy(issue) }]
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'fields with their names',
  record: 'fields with their names',
  string: 'text',
}

function wantedBy(issue: Issue): string {
  if (/wanted: /.test(issue.message)) return issue.message.replace(/^.*?wanted: /, '')
  if (issue.code === 'invalid_value') return issue.values.join(', ')
  return issue.code === 'invalid_type' ? (TYPES[issue.expected] ?? issue.message) : issue.message
}

function memberFaults({ members, measures, months, reserves }: Plan): readonly FaultAt[] {
  const isMember = (usps: string) => (members as readonly string[]).includes(usps)
  const twice = members.flatMap((member, i) =>
    members.indexOf(member) < i ? [{ at: ['members', i], wanted: 'each member once' }] : [],
  )
  const wanted = `a member of the plan: ${members.join(', ')}`
  const strangers = measures.flatMap((measure, m) => [
    ...(measure.members ?? []).flatMap((usps, i) =>
      isMember(usps) ? [] : [{ at: ['measures', m, 'members', i], wanted }],
    ),
    ...AMOUNTS.flatMap((field) =>
      strangersIn(measure as Readonly<Record<string, unknown>>, field, isMember).map((usps) => ({
        at: ['measures', m, field, usps],
        wanted,
      })),
    ),
  ])
  const starts = measures.flatMap(({ start }, m) =>
    start >= 1 && start <= months
      ? []
      : [{ at: ['measures', m, 'start'], wanted: `a month within the horizon: 1 to ${months}` }],
  )
  const funds = Object.keys(reserves).flatMap((usps) =>
    isMember(usps) ? [] : [{ at: ['reserves', usps], wanted }],
  )
  return [...twice, ...strangers, ...starts, ...funds]
}

function strangersIn(
  measure: Readonly<Record<string, unknown>>,
  field: string,
  isMember: (usps: string) => boolean,
): readonly string[] {
  const amount = measure[field]
  if (amount === null || typeof amount !== 'object' || Array.isArray(amount)) return []
  return Object.keys(amount).filter((usps) => !isMember(usps))
}

const AMOUNTS = ['cost', 'income', 'spending', 'saving'] as const

/** Money without a source is refused. */
function moneyFaults({ measures }: Plan): readonly FaultAt[] {
  return measures.flatMap((measure, m) => {
    const amounts = measure as Readonly<Record<string, unknown>>
    const hasMoney = AMOUNTS.some((field) => amounts[field] !== undefined && amounts[field] !== 0)
    return hasMoney && measure.money_source === undefined
      ? [
          {
            at: ['measures', m, 'money_source'],
            wanted: 'where its amounts come from, or "assumption" and why',
          },
        ]
      : []
  })
}

/** Both sides have the same room: neither case is longer than the other by more than a fifth. */
export const areEven = (one: number, other: number): boolean =>
  Math.max(one, other) * 5 <= Math.min(one, other) * 6

function caseFaults({ case_for, case_against }: Plan): readonly FaultAt[] {
  if (areEven(case_for.length, case_against.length)) return []
  return [
    {
      at: ['case_against'],
      found: `${case_against.length} characters beside ${case_for.length} of case_for`,
      wanted: 'both cases at the same length, within a fifth',
    },
  ]
}

function valueAt(value: unknown, at: Path): unknown {
  let found = value
  for (const part of at)
    found = found !== null && typeof found === 'object' ? (found as Record<string, unknown>)[part] : undefined
  return found
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

export const pathText = (at: Path): string =>
  at
    .map((part, i) =>
      typeof part === 'number'
        ? `[${part}]`
        : /^\w+$/.test(part)
          ? `${i === 0 ? '' : '.'}${part}`
          : `["${part}"]`,
    )
    .join('') || WHOLE
