import type { IsoDate } from '../base/index.ts'
import { type Fault, firstFaults, type Path, type ReadList, readList, type TextFile } from './read.ts'
import { complaintsOf, type Known } from './rules.ts'
import { Jurisdiction, KINDS, Kind, type Rec, SCHEMAS } from './schema.ts'
import { faultAt, fieldName, schemaFaults, show } from './schema-faults.ts'

/** A record that its schema accepts, and where it stands. */
export interface Placed {
  readonly rec: Rec
  readonly file: string
  readonly line: number
}

export interface Checked {
  readonly records: readonly Placed[]
  readonly faults: readonly Fault[]
}

export interface CheckOptions {
  readonly jurisdictions: readonly Jurisdiction[]
  /** Records of other files, which relations may name and ids may not repeat. */
  readonly others?: readonly Placed[]
  /** When given, a date of what has happened may not lie after it. */
  readonly today?: IsoDate | undefined
}

/** Reads the files and reports every fault; the records are those that are faultless by themselves. */
export function checkFiles(files: readonly TextFile[], options: CheckOptions): Checked {
  const read = files.map(readList)
  const faults = read.flatMap((list) => (list.ok ? [] : list.error))
  const lists = read.flatMap((list) => (list.ok ? [list.value] : []))
  const placed = lists.flatMap((list) => list.items.map((item, index) => placeItem(list, item, index)))
  for (const item of placed) for (const fault of item.faults) faults.push(fault)
  const records = placed.flatMap((item) => (item.rec === undefined ? [] : [{ ...item, rec: item.rec }]))
  const known = knownOf([...(options.others ?? []).map(({ rec }) => rec), ...lists.flatMap(namedIn)], options)
  const first = new Map((options.others ?? []).map((other) => [other.rec.id, other]))
  for (const item of records) {
    const twin = first.get(item.rec.id)
    if (twin === undefined) first.set(item.rec.id, item)
    else {
      const found = `${item.rec.id}, which is already at ${twin.file}:${twin.line}`
      faults.push(item.fault(['id'], found, 'an id of its own'))
    }
    faults.push(...complaintsOf(item.rec, known).map((c) => item.fault(c.path, c.found, c.wanted)))
  }
  return {
    records: records.map(({ rec, file, line }) => ({ rec, file, line })),
    faults: firstFaults(sortFaults(faults)),
  }
}

/** Reads `jurisdictions.yaml`. */
export function checkJurisdictions(file: TextFile): {
  readonly rows: readonly Jurisdiction[]
  readonly faults: readonly Fault[]
} {
  const list = readList(file)
  if (!list.ok) return { rows: [], faults: list.error }
  const rows: Jurisdiction[] = []
  const faults: Fault[] = []
  list.value.items.forEach((item, index) => {
    const parsed = Jurisdiction.safeParse(item)
    if (!parsed.success)
      faults.push(...schemaFaults(list.value, index, item, parsed.error.issues, Jurisdiction))
    else if (rows.some((row) => row.id === parsed.data.id))
      faults.push(
        faultAt(list.value, index)(['id'], `${parsed.data.id} a second time`, 'each jurisdiction once'),
      )
    else rows.push(parsed.data)
  })
  return { rows, faults: sortFaults(faults) }
}

export interface FieldComplaint {
  readonly field: string
  readonly found: string
  readonly wanted: string
}

export interface CheckedRecord {
  readonly rec?: Rec
  readonly complaints: readonly FieldComplaint[]
}

/** Checks one record that comes from elsewhere than a file, such as a proposal. */
export function checkRecord(item: unknown, options: CheckOptions): CheckedRecord {
  const { rec, complaints } = checkShape(item)
  if (rec === undefined) return { complaints }
  const known = knownOf([...(options.others ?? []).map((other) => other.rec), rec], options)
  return { rec, complaints: ruleComplaints(rec, known) }
}

/** What the schema alone says of a record. */
export function checkShape(item: unknown): CheckedRecord {
  const list: ReadList = { path: '', items: [item], lineOf: () => 1 }
  const { rec, faults } = placeItem(list, item, 0)
  const complaints = faults.map(({ field, found, wanted }) => ({ field, found, wanted }))
  return { ...(rec === undefined ? {} : { rec }), complaints }
}

/** What the rules between fields and between records say of it. */
export const ruleComplaints = (rec: Rec, known: Known): readonly FieldComplaint[] =>
  complaintsOf(rec, known).map(({ path, found, wanted }) => ({ field: fieldName(path), found, wanted }))

/** What the records of a list call themselves: a record with a fault is still one that others may name. */
const namedIn = (list: ReadList): readonly { readonly id: string; readonly kind: Kind }[] =>
  list.items.flatMap((item) => {
    const kind = isFields(item) ? Kind.safeParse(item.kind) : undefined
    return isFields(item) && kind?.success && typeof item.id === 'string'
      ? [{ id: item.id, kind: kind.data }]
      : []
  })

export const knownOf = (
  records: readonly { readonly id: string; readonly kind: Kind }[],
  options: CheckOptions,
): Known => ({
  kinds: new Map(records.map(({ id, kind }) => [id, kind])),
  divisions: new Set(options.jurisdictions.map((row) => row.id)),
  today: options.today,
})

const sortFaults = (faults: readonly Fault[]): readonly Fault[] =>
  [...faults].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))

interface PlacedItem {
  readonly rec?: Rec
  readonly file: string
  readonly line: number
  readonly fault: (path: Path, found: string, wanted: string) => Fault
  readonly faults: readonly Fault[]
}

function placeItem(list: ReadList, item: unknown, index: number): PlacedItem {
  const fault = faultAt(list, index)
  const at = { file: list.path, line: list.lineOf([index]), fault }
  if (!isFields(item)) return { ...at, faults: [fault([], show(item), 'a record with fields')] }
  const kind = Kind.safeParse(item.kind)
  if (!kind.success)
    return { ...at, faults: [fault(['kind'], show(item.kind), `one of ${Object.keys(KINDS).join(', ')}`)] }
  const schema = SCHEMAS[kind.data]
  const parsed = schema.safeParse(item)
  if (parsed.success) return { ...at, rec: parsed.data as Rec, faults: [] }
  return { ...at, faults: schemaFaults(list, index, item, parsed.error.issues, schema) }
}

const isFields = (value: unknown): value is { readonly [field: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
