import { cents, type IsoDate } from '../base/index.ts'
import { addDays, daysBetween } from './liability/days.ts'
import type { AgreementDocument, Fact } from './schema.ts'

/** Everyone and everything in a rehearsal is invented, and every document says so. */
export const INVENTED = 'invented for the rehearsal'

/** What happens in a rehearsal, day by day, apart from paydays. */
export interface Script {
  readonly facts: readonly Fact[]
  /** On this day someone asks why nothing is released. */
  readonly asked_on: IsoDate
  /** Offices of the invented people who sign, in the order in which they do. */
  readonly offices: readonly string[]
}

const REPORT_EVERY = 28

/**
 * A whole life at the pace of the days that there are: the federal action and the court's finding at the start, reports
 * and sign-offs every four weeks with one report left out in the middle, then the order or release that ends the
 * holding, and the decision to wind up.
 */
export function scriptOf(
  document: AgreementDocument,
  from: IsoDate,
  to: IsoDate,
  arrears_cents: bigint,
): Script {
  const days = daysBetween(from, to)
  const at = (part: number) => addDays(from, Math.floor((days * part) / 100))
  const source = INVENTED
  const [end, stop] = [at(70), at(85)]
  const offices = document.retest?.offices ?? ['state-treasurer', 'deputy-treasurer', 'state-auditor']
  const opening: readonly Fact[] = [
    {
      kind: 'federal-action',
      on: at(1),
      record: 'rehearsal-federal-action',
      status: 'in-effect',
      in_force: true,
      unpaid_cents: cents(arrears_cents),
      source,
    },
    {
      kind: 'finding',
      on: addDays(from, Math.min(3, days)),
      record: 'rehearsal-lawsuit',
      finding: 'contravenes',
      source,
    },
  ]
  const monthly = [...months(addDays(from, 4), end)].flatMap((on, i, all): readonly Fact[] => {
    const { report } = document
    const isLeftOut = all.length > 3 && i === Math.floor(all.length / 2)
    const signed = offices.map(
      (office): Fact => ({ kind: 'sign-off', on, office, person: personIn(office), source }),
    )
    const reported: readonly Fact[] =
      report === undefined || isLeftOut
        ? []
        : [{ kind: 'report', on, office: report.office, arrears_cents: cents(arrears_cents), source }]
    return [...reported, ...(document.retest ? signed : [])]
  })
  const earned = [...months(addDays(from, 32), end)].flatMap((on): readonly Fact[] =>
    document.yield.rule === 'to-treasury'
      ? []
      : [{ kind: 'earnings', on, cents: cents(arrears_cents / 20_000n + 1n), source }],
  )
  const isPanel = document.ordered['panel-release'] !== undefined
  const ending: readonly Fact[] = [
    isPanel
      ? { kind: 'panel', on: end, act: 'releases', cents: cents(arrears_cents), source }
      : {
          kind: 'order',
          on: end,
          order: 'stay',
          court: 'Invented District Court',
          docket: '1:00-cv-00000',
          source,
        },
    { kind: 'wind-up-decided', on: stop, source },
  ]
  const facts = [...opening, ...monthly, ...earned, ...ending].filter(({ on }) => on >= from && on <= to)
  return {
    facts: facts.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
    asked_on: at(50),
    offices,
  }
}

export const personIn = (office: string): string => `invented ${office}`

function* months(first: IsoDate, last: IsoDate): Generator<IsoDate> {
  for (let day = first; day < last; day = addDays(day, REPORT_EVERY)) yield day
}
