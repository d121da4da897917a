import type { Usps } from '../../base/index.ts'
import type { PlaybookType } from '../../registry/index.ts'
import { JURISDICTIONS } from '../../scenario/index.ts'
import type { Month } from '../agenda/calendar.ts'
import { inForceBy, prerequisitesOf } from '../agenda/groundwork.ts'
import { findCycle } from '../agenda/order.ts'
import { type MeasureReady, planTimetable, type TimedPlan } from '../agenda/plan-timetable.ts'
import { typesOf } from '../agenda/standing.ts'
import type { PlaceInputs } from '../inputs.ts'
import type { Grounding } from '../store.ts'
import { allIn, type Fields, type Typed, textIn } from './typed.ts'
import { numberIn } from './values.ts'

/** One prerequisite of a measure over all of its places. */
export interface RailLine {
  readonly line: string
  readonly office: string
  readonly met: readonly Usps[]
  readonly open: readonly Usps[]
}

export interface RailMeasure {
  readonly id: string
  readonly type: PlaybookType
  /** Places in which the type is in force already: nothing has to come first there. */
  readonly in_force: readonly Usps[]
  readonly lines: readonly RailLine[]
  /** The place that is ready last, with the month in which the plan starts there. */
  readonly last: MeasureReady | undefined
}

export interface RailPlace {
  readonly usps: Usps
  readonly missing: readonly string[]
  /** Symbols of inputs that are assumed for want of a figure. */
  readonly assumed: readonly string[]
}

/** What stands beside the form: what must come first, who must act, and what is missing. */
export interface Rail {
  readonly measures: readonly RailMeasure[]
  readonly offices: readonly string[]
  readonly places: readonly RailPlace[]
  /** Why no month is given: no first month yet, a circle, too many works, or a session that never fits. */
  readonly no_timetable: 'first-month' | 'order' | 'size' | 'calendar' | undefined
}

/** Timetables of more measures in more places than this are for the command line. */
const MOST_PAIRS = 120

/** Reads what it can of an unfinished plan; what is not understood yet is left out. */
export function railOf(typed: Typed, grounds: Grounding, places: readonly PlaceInputs[]): Rail {
  const { plan, types } = sketchOf(typed, typesOf(grounds.book))
  const table = timetableOfSketch(plan, grounds)
  const measures = plan.measures.flatMap((measure, m): readonly RailMeasure[] => {
    const type = types[m]
    if (!type) return []
    const where = measure.members ?? plan.members
    const in_force = where.filter(
      (usps) => inForceBy(grounds.book, grounds.groundwork, type.id, usps).length > 0,
    )
    const open = where.filter((usps) => !in_force.includes(usps))
    const own = typeof table === 'string' ? [] : table.filter(({ id }) => id === measure.id)
    const last = own.toSorted((a, b) => b.ready - b.starts - (a.ready - a.starts))[0]
    return [{ id: measure.id, type, in_force, lines: linesOf(type, open, grounds), last }]
  })
  return {
    measures,
    offices: [
      ...new Set(
        measures
          .filter(({ lines }) => lines.length > 0)
          .flatMap(({ type, lines }) => [
            ...type.responsible_offices,
            ...lines.filter(({ open }) => open.length > 0).map(({ office }) => office),
          ]),
      ),
    ],
    places: plan.members.map((usps) => placeOf(usps, places, typed)),
    no_timetable: typeof table === 'string' ? table : undefined,
  }
}

interface Sketch {
  readonly plan: TimedPlan
  /** By measure of the sketch; a measure whose type is not known yet is left out of both. */
  readonly types: readonly PlaybookType[]
}

function sketchOf({ fields, rows }: Typed, types: readonly PlaybookType[]): Sketch {
  const members = codesIn(fields, 'members')
  const known = rows.measures.flatMap((row, i) => {
    const type = types.find(({ id }) => id === textIn(row, 'playbook_type'))
    return type ? [{ row, type, id: textIn(row, 'id') || `measure ${i + 1}` }] : []
  })
  const measures = known.map(({ row, type, id }) => {
    const own = codesIn(row, 'members').filter((usps) => members.includes(usps))
    const start = numberIn(textIn(row, 'start'))
    return {
      id,
      members: own.length > 0 ? own : undefined,
      playbook_type: type.id,
      start: typeof start === 'number' && Number.isInteger(start) && start >= 1 ? start : 1,
      after: allIn(row, 'after').filter((other) => other !== id && known.some((one) => one.id === other)),
    }
  })
  const plan = { members, firstMonth: textIn(fields, 'firstMonth'), staff: {}, measures }
  return { plan, types: known.map(({ type }) => type) }
}

const codesIn = (fields: Fields, name: string): readonly Usps[] =>
  JURISDICTIONS.filter((usps) => allIn(fields, name).includes(usps))

function timetableOfSketch(
  plan: TimedPlan,
  grounds: Grounding,
): readonly MeasureReady[] | NonNullable<Rail['no_timetable']> {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(plan.firstMonth)) return 'first-month'
  const ids = plan.measures.map(({ id }) => id)
  const circle = findCycle(plan.measures.map(({ after }) => after.map((id) => ids.indexOf(id))))
  if (circle || new Set(ids).size < ids.length) return 'order'
  if (plan.measures.length * plan.members.length > MOST_PAIRS) return 'size'
  const table = planTimetable(plan, grounds)
  return table.ok ? table.value.measures : 'calendar'
}

function linesOf(type: PlaybookType, places: readonly Usps[], grounds: Grounding): readonly RailLine[] {
  const lines = new Map<string, { line: string; office: string; met: Usps[]; open: Usps[] }>()
  for (const usps of places)
    for (const { line, office, state } of prerequisitesOf(grounds.book, grounds.groundwork, type.id, usps)) {
      const own = lines.get(line) ?? { line, office, met: [], open: [] }
      own[state === 'met' ? 'met' : 'open'].push(usps)
      lines.set(line, own)
    }
  return [...lines.values()]
}

function placeOf(usps: Usps, places: readonly PlaceInputs[], { fields }: Typed): RailPlace {
  const place = places.find((one) => one.usps === usps)
  const hasOwn = textIn(fields, `reserves.${usps}.amount`) !== ''
  const isReserve = (what: string) => /^R0\b/.test(what)
  return {
    usps,
    missing: (place?.missing ?? ['all inputs']).filter((what) => !(hasOwn && isReserve(what))),
    assumed: (place?.lines ?? [])
      .filter(({ basis, symbol }) => basis === 'assumption' && !(hasOwn && isReserve(symbol)))
      .map(({ symbol }) => symbol),
  }
}

/** Places of which the same is known, together. */
export function alike(places: readonly RailPlace[]): readonly (readonly RailPlace[])[] {
  const groups = new Map<string, RailPlace[]>()
  for (const place of places) {
    const known = JSON.stringify([place.missing, place.assumed])
    groups.set(known, [...(groups.get(known) ?? []), place])
  }
  return [...groups.values()]
}

/** Months from now in which the first month of a new plan may lie: the next January. */
export const nextJanuary = (from: Month): string => `${Math.floor((from + 11) / 12)}-01`
