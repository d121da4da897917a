import { type DivisionId, type EdtfDate, type IsoDate, spanOf } from '../base/index.ts'
import type { Path } from './read.ts'
import { mayRelate, targetsOf } from './relations.ts'
import { type Alliance, KINDS, type Kind, type Lawsuit, RELATION_TYPES, type Rec, SCHEMAS } from './schema.ts'

/** What else there is: what a record may refer to. */
export interface Known {
  readonly kinds: ReadonlyMap<string, Kind>
  readonly divisions: ReadonlySet<DivisionId>
  readonly today?: IsoDate | undefined
}

export interface Complaint {
  readonly path: Path
  readonly found: string
  readonly wanted: string
}

/** What the schema alone cannot see: every rule between the fields of a record, and between records. */
export function complaintsOf(rec: Rec, known: Known): readonly Complaint[] {
  return [
    ...idComplaints(rec),
    ...relationComplaints(rec, known),
    ...divisionComplaints(rec, known),
    ...unverifiedComplaints(rec),
    ...sourceComplaints(rec),
    ...orderComplaints(rec),
    ...(known.today === undefined ? [] : futureComplaints(rec, known.today)),
    ...(rec.kind === 'alliance' ? allianceComplaints(rec) : []),
    ...(rec.kind === 'lawsuit' ? lawsuitComplaints(rec) : []),
  ]
}

function idComplaints(rec: Rec): readonly Complaint[] {
  const { prefix, one } = KINDS[rec.kind]
  if (rec.id.startsWith(prefix)) return []
  return [{ path: ['id'], found: rec.id, wanted: `an id of a ${one}, begun with ${prefix}` }]
}

function relationComplaints(rec: Rec, known: Known): readonly Complaint[] {
  const { relations } = rec
  if (relations === undefined) return []
  return RELATION_TYPES.flatMap((type) => {
    const ids = relations[type] ?? []
    return ids.flatMap((id, i): Complaint[] => {
      const path = ['relations', type, i]
      const kind = known.kinds.get(id)
      if (id === rec.id) return [{ path, found: 'the record itself', wanted: 'another record' }]
      if (kind === undefined)
        return [{ path, found: `${id}, which is no record`, wanted: 'the id of a record' }]
      if (ids.indexOf(id) < i) return [{ path, found: `${id} a second time`, wanted: 'each record once' }]
      if (mayRelate(rec.kind, type, kind)) return []
      const wanted = targetsOf(rec.kind, type)
        .map((k) => KINDS[k].one)
        .join(' or ')
      return [
        {
          path,
          found: `${id}, a ${KINDS[kind].one}`,
          wanted: wanted || `no ${type} on a ${KINDS[rec.kind].one}`,
        },
      ]
    })
  })
}

function divisionComplaints(rec: Rec, known: Known): readonly Complaint[] {
  return divisionLists(rec).flatMap(({ path, ids }) =>
    ids.flatMap(({ id, at }, i): Complaint[] => {
      if (!known.divisions.has(id))
        return [{ path: at, found: id, wanted: 'a jurisdiction of jurisdictions.yaml (add it there)' }]
      if (ids.findIndex((other) => other.id === id) < i)
        return [{ path: at, found: `${id} a second time`, wanted: `each jurisdiction once in ${path}` }]
      if (path !== 'jurisdictions' && path !== 'former_members' && !rec.jurisdictions.includes(id))
        return [
          { path: at, found: `${id}, which is not in jurisdictions`, wanted: 'the same id in jurisdictions' },
        ]
      return []
    }),
  )
}

interface DivisionList {
  readonly path: string
  readonly ids: readonly { readonly id: DivisionId; readonly at: Path }[]
}

function divisionLists(rec: Rec): readonly DivisionList[] {
  const plain = (path: string, ids: readonly DivisionId[] = []): DivisionList => ({
    path,
    ids: ids.map((id, i) => ({ id, at: [path, i] })),
  })
  const members = (
    path: string,
    rows: readonly { readonly jurisdiction: DivisionId }[] = [],
  ): DivisionList => ({
    path,
    ids: rows.map((row, i) => ({ id: row.jurisdiction, at: [path, i, 'jurisdiction'] })),
  })
  const lists = [plain('jurisdictions', rec.jurisdictions)]
  if (rec.kind === 'lawsuit')
    lists.push(plain('plaintiffs', rec.plaintiffs), plain('defendants', rec.defendants))
  if (rec.kind === 'alliance')
    lists.push(members('members', rec.members), members('former_members', rec.former_members))
  return lists
}

function unverifiedComplaints(rec: Rec): readonly Complaint[] {
  return (rec.unverified_fields ?? []).flatMap((name, i) =>
    isField(SCHEMAS[rec.kind], name.split('.'))
      ? []
      : [{ path: ['unverified_fields', i], found: name, wanted: `a field of a ${KINDS[rec.kind].one}` }],
  )
}

function isField(schema: unknown, steps: readonly string[]): boolean {
  const { def } = schema as { def: { innerType?: unknown; shape?: Readonly<Record<string, unknown>> } }
  if (def.innerType !== undefined) return isField(def.innerType, steps)
  const [step, ...rest] = steps
  if (step === undefined) return true
  return def.shape !== undefined && Object.hasOwn(def.shape, step) && isField(def.shape[step], rest)
}

function sourceComplaints(rec: Rec): readonly Complaint[] {
  return rec.sources.flatMap((source, i) =>
    rec.sources.findIndex((other) => other.url === source.url) < i
      ? [{ path: ['sources', i, 'url'], found: `${source.url} a second time`, wanted: 'each source once' }]
      : [],
  )
}

/** Pairs of dates of which the second cannot come before the first. */
const ORDER: readonly (readonly [earlier: string, later: string])[] = [
  ['proposed', 'enacted'],
  ['enacted', 'effective'],
  ['effective', 'ended'],
  ['enacted', 'ended'],
  ['proposed', 'ended'],
  ['started', 'ended'],
  ['announced', 'ended'],
  ['filed', 'decided'],
  ['filed', 'ended'],
  ['founded', 'ended'],
]

const surelyBefore = (a: EdtfDate, b: EdtfDate): boolean => spanOf(a).last < spanOf(b).first

function orderComplaints(rec: Rec): readonly Complaint[] {
  const dates = ('dates' in rec ? (rec.dates ?? {}) : {}) as Readonly<Record<string, EdtfDate | undefined>>
  const pairs = ORDER.flatMap(([earlier, later]): Complaint[] => {
    const [a, b] = [dates[earlier], dates[later]]
    if (a === undefined || b === undefined || !surelyBefore(b, a)) return []
    return [{ path: ['dates', later], found: `${b}, before ${earlier} ${a}`, wanted: `${a} or later` }]
  })
  const history = (rec.history ?? []).flatMap((entry, i, all): Complaint[] => {
    const before = all[i - 1]
    if (before === undefined || !surelyBefore(entry.from, before.from)) return []
    return [
      { path: ['history', i, 'from'], found: `${entry.from}, before ${before.from}`, wanted: 'oldest first' },
    ]
  })
  return [...pairs, ...history]
}

/** `effective` and `ended` may be set for a later day; all other dates tell what has happened. */
function futureComplaints(rec: Rec, today: IsoDate): readonly Complaint[] {
  const dates = 'dates' in rec ? Object.entries(rec.dates ?? {}) : []
  const past: (readonly [Path, EdtfDate | undefined])[] = [
    [['status_as_of'], rec.status_as_of],
    ...dates
      .filter(([name]) => name !== 'effective' && name !== 'ended')
      .map(([name, date]): readonly [Path, EdtfDate] => [['dates', name], date as EdtfDate]),
    ...rec.sources.map((source, i): readonly [Path, EdtfDate | undefined] => [
      ['sources', i, 'date'],
      source.date,
    ]),
    ...(rec.history ?? []).map((h, i): readonly [Path, EdtfDate] => [['history', i, 'from'], h.from]),
  ]
  return past.flatMap(([path, date]) =>
    date !== undefined && spanOf(date).first > today
      ? [{ path, found: `${date}, which is yet to come`, wanted: `${today} or earlier` }]
      : [],
  )
}

function allianceComplaints(rec: Alliance): readonly Complaint[] {
  return (rec.former_members ?? []).flatMap((member, i): Complaint[] => {
    const { joined, left } = member
    if (joined === undefined || left === undefined || !surelyBefore(left, joined)) return []
    return [
      {
        path: ['former_members', i, 'left'],
        found: `${left}, before joined ${joined}`,
        wanted: `${joined} or later`,
      },
    ]
  })
}

function lawsuitComplaints(rec: Lawsuit): readonly Complaint[] {
  const unnamed: Complaint = {
    path: ['plaintiffs'],
    found: 'no plaintiff',
    wanted: 'a plaintiff, or plaintiff_note',
  }
  const dockets = rec.dockets.flatMap((docket, i): Complaint[] => {
    const twin = rec.dockets.findIndex((d) => d.court === docket.court && d.number === docket.number)
    return twin < i
      ? [{ path: ['dockets', i], found: 'the same docket again', wanted: 'each docket once' }]
      : []
  })
  return rec.plaintiffs.length === 0 && rec.plaintiff_note === undefined ? [unnamed, ...dockets] : dockets
}
