import {
  type Checked,
  type CheckOptions,
  checkFiles,
  checkShape,
  knownOf,
  type Placed,
  ruleComplaints,
} from './check.ts'
import { readCsv } from './csv.ts'
import { type Fault, firstFaults, readList, type TextFile } from './read.ts'
import type { Rec } from './schema.ts'
import { type Difference, differences } from './versions.ts'

/** What a file would change: nothing until somebody says yes. */
export interface Proposal {
  readonly added: readonly Rec[]
  readonly changed: readonly { readonly rec: Rec; readonly differences: readonly Difference[] }[]
  readonly same: number
}

/**
 * Reads a file of records, YAML or CSV in the registry's own form, to be laid over what the registry holds.
 * @param held the newest version of every record
 */
export function readImport(
  file: TextFile,
  held: readonly Rec[],
  options: Omit<CheckOptions, 'others'>,
): Checked {
  return /\.csv$/i.test(file.path) ? readCsvImport(file, held, options) : readYamlImport(file, held, options)
}

/** Records that the file does not replace: relations may name them. */
const othersOf = (held: readonly Rec[], ids: ReadonlySet<unknown>): readonly Placed[] =>
  held.filter((rec) => !ids.has(rec.id)).map((rec) => ({ rec, file: 'registry', line: 1 }))

function readYamlImport(
  file: TextFile,
  held: readonly Rec[],
  options: Omit<CheckOptions, 'others'>,
): Checked {
  const list = readList(file)
  const ids = new Set(list.ok ? list.value.items.map(idOf) : [])
  return checkFiles([file], { ...options, others: othersOf(held, ids) })
}

function readCsvImport(file: TextFile, held: readonly Rec[], options: Omit<CheckOptions, 'others'>): Checked {
  const read = readCsv(file)
  if (!read.ok) return { records: [], faults: read.error }
  const rows = read.value.map(({ item, line }) => ({ id: idOf(item), line, ...checkShape(item) }))
  const ids = new Set(rows.map(({ id }) => id))
  const records = rows.flatMap(({ rec, line }) => (rec === undefined ? [] : [{ rec, file: file.path, line }]))
  const known = knownOf(
    [...othersOf(held, ids), ...records].map(({ rec }) => rec),
    options,
  )
  const first = new Map<unknown, number>()
  const faults = rows.flatMap(({ id, rec, line, complaints }): readonly Fault[] => {
    const twin = first.get(id)
    if (twin === undefined) first.set(id, line)
    const again = {
      field: 'id',
      found: `${id}, which is already on line ${twin}`,
      wanted: 'each record once',
    }
    const ruled = rec === undefined ? [] : ruleComplaints(rec, known)
    return [...complaints, ...ruled, ...(twin === undefined ? [] : [again])].map((complaint) => ({
      file: file.path,
      line,
      ...complaint,
    }))
  })
  return { records, faults: firstFaults(faults) }
}

const idOf = (item: unknown): unknown => (item as { id?: unknown } | null)?.id

/** Lays checked records beside what the registry holds. */
export function propose(records: readonly Rec[], held: ReadonlyMap<string, Rec>): Proposal {
  const compared = records.map((rec) => {
    const before = held.get(rec.id)
    return { rec, before, differences: before === undefined ? [] : differences(before, rec) }
  })
  return {
    added: compared.filter((c) => c.before === undefined).map((c) => c.rec),
    changed: compared
      .filter((c) => c.differences.length > 0)
      .map((c) => ({ rec: c.rec, differences: c.differences })),
    same: compared.filter((c) => c.before !== undefined && c.differences.length === 0).length,
  }
}
