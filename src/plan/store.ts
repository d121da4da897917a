import { divisionOfState, type Instant, STATES, stateOf, type Usps } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { factsOf } from '../fiscal/position-store.ts'
import { loadFacts, loadFigures, loadReserve } from '../fiscal/store.ts'
import type { Book } from '../registry/index.ts'
import { loadBook, syncFiles } from '../registry/store.ts'
import { type Agenda, agendaOf } from './agenda/agenda.ts'
import { monthOf } from './agenda/calendar.ts'
import { statesWithFacts } from './agenda/standing.ts'
import type { Grounds } from './agenda/timetable.ts'
import { readGroundwork, readSessions } from './files.ts'
import { type Hazards, hazardsOf } from './hazards.ts'
import { inputsOf, type PlaceInputs, type ReportedReserve } from './inputs.ts'

/** The facts that a plan is judged and simulated on. */
export interface PlanFacts {
  readonly book: Book
  /** In order of USPS code: the 50 states and DC. */
  readonly places: readonly PlaceInputs[]
  readonly hazards: Hazards
  /** Revisions of the registry and of the figures. */
  readonly version: string
}

/** Takes in what changed in the project's own files, so that a command works on a fresh database too. */
export async function bringFacts(shell: Shell): Promise<void> {
  await syncFiles(shell.db, { at: shell.now(), actor: 'tenth plan' })
  await loadFacts(shell)
}

const held = new WeakMap<Book, { readonly key: string; readonly facts: PlanFacts }>()

export async function loadPlanFacts(shell: Shell): Promise<PlanFacts> {
  const [book, figures, reserves] = await Promise.all([
    loadBook(shell.db),
    loadFigures(shell.db),
    loadReserves(shell),
  ])
  const key = `${figures.revision} ${[...reserves].map(([usps, one]) => `${usps} ${one.as_of} ${one.dollars}`).join()}`
  const known = held.get(book)
  if (known?.key === key) return known.facts
  const judged = factsOf(figures).judged
  const facts: PlanFacts = {
    book,
    places: OF_THE_MODEL.map((usps) => inputsOf(usps, { figures, judged, reserves })),
    hazards: hazardsOf(book),
    version: `registry ${book.revision}, figures ${figures.revision}`,
  }
  held.set(book, { key, facts })
  return facts
}

const OF_THE_MODEL = STATES.filter(({ kind }) => kind !== 'territory')
  .map(({ usps }) => usps)
  .sort()

async function loadReserves(shell: Shell): Promise<ReadonlyMap<Usps, ReportedReserve>> {
  const rows = await Promise.all(
    OF_THE_MODEL.map(async (usps) => {
      const reserve = await loadReserve(shell.db, divisionOfState(usps))
      if (!reserve) return []
      const { amount_cents, as_of, source_url } = reserve
      return [[usps, { dollars: Number(amount_cents) / 100, as_of, source: source_url }] as const]
    }),
  )
  return new Map(rows.flat())
}

export type Grounding = Omit<Grounds, 'staff'>

/** What the agenda and the timetable stand on; work can begin in the month after the clock's. */
export const groundsOf = ({ book }: PlanFacts, now: Instant): Grounding => ({
  book,
  groundwork: readGroundwork(),
  sessions: readSessions(),
  from: monthOf(now) + 1,
})

const agendas = new WeakMap<PlanFacts, Map<string, Agenda>>()

/** A state's agenda, made once for each state of the facts and each month. */
export function heldAgenda(facts: PlanFacts, usps: Usps, now: Instant): Agenda {
  const made = agendas.get(facts) ?? new Map<string, Agenda>()
  agendas.set(facts, made)
  const key = `${usps} ${now.slice(0, 7)}`
  const agenda = made.get(key) ?? agendaOf(usps, groundsOf(facts, now))
  made.set(key, agenda)
  return agenda
}

/** How many playbook types stand how, for one state. */
export interface AgendaCount {
  readonly usps: Usps
  readonly in_force: number
  readonly proposed: number
  readonly open: number
}

export function agendaCounts(facts: PlanFacts, now: Instant): readonly AgendaCount[] {
  const places = statesWithFacts(facts.book).toSorted((a, b) => (stateOf(a).name < stateOf(b).name ? -1 : 1))
  return places.map((usps) => {
    const { items } = heldAgenda(facts, usps, now)
    const count = (...standings: readonly string[]) =>
      items.filter(({ standing }) => standings.includes(standing)).length
    return {
      usps,
      in_force: count('in-force'),
      proposed: count('proposed'),
      open: count('open', 'in-force-locally', 'tried', 'blocked'),
    }
  })
}
