import { assert, divisionOfState, stateOf, type Usps } from '../../base/index.ts'
import type { Book } from '../../registry/index.ts'
import { type Figure, figureOf, type Group, type Results } from '../../scenario/index.ts'
import type { Brief } from './brief.ts'
import { GAINS, type Gain, horizonOfGroup, TOTAL_OF, totalsOf } from './gains.ts'
import { sourcesOf } from './sources.ts'
import type { BriefWords } from './words.ts'

/** A formula that a spreadsheet computes again, with the value that it has now. */
export interface Formula {
  readonly formula: string
  readonly value: number
}
export type Cell = string | number | Formula | undefined

export interface WorkbookSheet {
  readonly name: string
  /** Widths of the columns, in letters. */
  readonly widths: readonly number[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Residents {
  readonly members: number
  readonly nation: number
  readonly year: number | undefined
}

/** Residents of the members, and of all places of the run, by the registry's list of jurisdictions. */
export function residentsOf(book: Book, results: Results): Residents {
  const rowOf = (usps: string) => book.jurisdictions.get(divisionOfState(stateOf(usps as Usps).usps))
  const sum = (codes: readonly string[]) =>
    codes.reduce((total, usps) => total + (rowOf(usps)?.population ?? 0), 0)
  const [first = ''] = results.members
  return {
    members: sum(results.members),
    nation: sum(results.jurisdictions),
    year: rowOf(first)?.population_year,
  }
}

/** The summary with live formulas over the figures of the run, and the words that belong to them. */
export function workbookOf(
  brief: Brief,
  results: Results,
  residents: Residents,
  w: BriefWords,
): readonly WorkbookSheet[] {
  const run = runSheet(brief, results, residents, w)
  return [summarySheet(brief, run, w), run, notesSheet(brief, w)]
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Columns of the sheet of the run, from 0. */
const AT = { membersWith: 2, membersWithout: 3, othersWith: 4, othersWithout: 5, ranges: 6 } as const
const RANGE_GROUPS = ['members', 'non-members', 'nation'] as const satisfies readonly Group[]
/** Rows of the sheet of the run, from 1; totals come first, in order of the gains without `net`. */
const FLOWS = GAINS.filter((gain) => gain !== 'net')
const rowOfFlow = (gain: Exclude<Gain, 'net'>): number => 2 + FLOWS.indexOf(gain)
const RESERVE_ROW = 2 + FLOWS.length
const AID_ROW = RESERVE_ROW + 1
const NET_ROW = AID_ROW + 1
const RESIDENTS_ROW = NET_ROW + 1

function runSheet(brief: Brief, results: Results, residents: Residents, w: BriefWords): WorkbookSheet {
  const t = w.workbook
  const rangeHeads = RANGE_GROUPS.flatMap((group) =>
    ['5 %', '95 %', t.error].map((what) => `${t.groups[group]}: ${what}`),
  )
  const rangesOf = (figure: (group: Group) => Figure) =>
    RANGE_GROUPS.flatMap((group) => {
      const { q05, q95, mean_error } = figure(group)
      return [q05, q95, finite(mean_error)]
    })
  const flows = FLOWS.map((gain): readonly Cell[] => {
    const of = (group: Group) => totalsOf(results, group).totals[TOTAL_OF[gain]]
    const [members, others] = [of('members'), of('non-members')]
    const means = [members.with.mean, members.without.mean, others.with.mean, others.without.mean]
    const unit = gain === 'jobs' ? t.jobMonths : 'USD'
    return [w.gains.rows[gain], unit, ...means, ...rangesOf((group) => of(group).difference)]
  })
  const last = (group: Group, view: 'with' | 'without') =>
    figureOf(results, group, 'reserve', view, results.months).mean
  return {
    name: t.run,
    widths: [34, 12, 18, 18, 18, 18, ...rangeHeads.map(() => 16)],
    rows: [
      [
        t.what,
        t.unit,
        ...(['members', 'non-members'] as const).flatMap((group) => [
          `${t.groups[group]}: ${t.with}`,
          `${t.groups[group]}: ${w.gains.without}`,
        ]),
        ...rangeHeads,
      ],
      ...flows,
      [
        t.reserve,
        'USD',
        last('members', 'with'),
        last('members', 'without'),
        last('non-members', 'with'),
        last('non-members', 'without'),
      ],
      [t.aid, 'USD', brief.mutual_aid?.left.mean ?? 0, 0, 0, 0],
      [
        w.gains.rows.net,
        'USD',
        undefined,
        undefined,
        undefined,
        undefined,
        ...rangesOf((group) => horizonOfGroup(results, group).netFiscal),
      ],
      [
        t.residents(residents.year),
        t.persons,
        residents.members,
        undefined,
        residents.nation - residents.members,
      ],
    ],
  }
}

/** JSON and spreadsheets have no NaN. */
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

/** A formula in the making; whoever takes a part of it sets the brackets. */
interface Expression extends Formula {
  readonly isAtom: boolean
}

const bracketed = ({ formula, isAtom }: Expression): string => (isAtom ? formula : `(${formula})`)
const plus = (a: Expression, b: Expression): Expression => ({
  formula: `${a.formula}+${b.formula}`,
  value: a.value + b.value,
  isAtom: false,
})
const minus = (a: Expression, b: Expression): Expression => ({
  formula: `${a.formula}-${bracketed(b)}`,
  value: a.value - b.value,
  isAtom: false,
})
const over = (a: Expression, b: Expression | number): Expression => {
  const divisor = typeof b === 'number' ? b : b.value
  return {
    formula: `${bracketed(a)}/${typeof b === 'number' ? b : bracketed(b)}`,
    value: a.value / divisor,
    isAtom: false,
  }
}
const plain = ({ formula, value }: Expression): Formula => ({ formula, value })

/** A cell of the sheet of the run. */
function refer(run: WorkbookSheet, column: number, row: number): Expression {
  const value = run.rows[row - 1]?.[column]
  assert(typeof value === 'number', `there is a figure at ${column}, ${row}`)
  return { formula: `'${run.name}'!${LETTERS[column]}${row}`, value, isAtom: true }
}

const MILLION = 1_000_000

function summarySheet(brief: Brief, run: WorkbookSheet, w: BriefWords): WorkbookSheet {
  const t = w.workbook
  const head = [
    t.what,
    t.unit,
    `${t.groups.members}: ${w.gains.without}`,
    `${t.groups.members}: ${t.change}`,
    t.ratio,
    `${t.groups['non-members']}: ${t.change}`,
    `${t.groups.nation}: ${t.change}`,
    t.perResident,
    `${t.groups.nation}: ${t.perResident}`,
    ...RANGE_GROUPS.flatMap((group) => [`${t.groups[group]}: 5 %`, `${t.groups[group]}: 95 %`]),
  ]
  const rows = GAINS.map((gain) => summaryRow(gain, run, w))
  const { worse, same, better } = brief.futures
  return {
    name: t.summary,
    widths: [34, 14, ...head.slice(2).map(() => 18)],
    rows: [
      [brief.plan.title],
      [w.notice],
      [t.outcome, undefined, worse, same, better],
      [undefined, undefined, t.worse, t.same, t.better],
      head,
      ...rows,
    ],
  }
}

function summaryRow(gain: Gain, run: WorkbookSheet, w: BriefWords): readonly Cell[] {
  const divisor = gain === 'jobs' ? 12 : MILLION
  const at = (column: number, row: number) => refer(run, column, row)
  const changeAt = (withColumn: number): Expression => {
    if (gain !== 'net') return minus(at(withColumn, rowOfFlow(gain)), at(withColumn + 1, rowOfFlow(gain)))
    const end = plus(at(withColumn, RESERVE_ROW), at(withColumn, AID_ROW))
    const withPlan = minus(end, at(withColumn, rowOfFlow('cuts')))
    return minus(withPlan, minus(at(withColumn + 1, RESERVE_ROW), at(withColumn + 1, rowOfFlow('cuts'))))
  }
  const members = changeAt(AT.membersWith)
  const others = changeAt(AT.othersWith)
  const nation = plus(members, others)
  const without = gain === 'net' ? undefined : at(AT.membersWithout, rowOfFlow(gain))
  const residents = at(AT.membersWith, RESIDENTS_ROW)
  const everyone = plus(residents, at(AT.othersWith, RESIDENTS_ROW))
  const rangeRow = gain === 'net' ? NET_ROW : rowOfFlow(gain)
  const ranges = RANGE_GROUPS.flatMap((_, g) =>
    [0, 1].map((field) => plain(over(at(AT.ranges + 3 * g + field, rangeRow), divisor))),
  )
  const isPerHead = gain !== 'jobs'
  return [
    w.gains.rows[gain],
    gain === 'jobs' ? w.workbook.jobYears : w.workbook.millions,
    without && plain(over(without, divisor)),
    plain(over(members, divisor)),
    without && without.value !== 0 ? plain(over(members, without)) : undefined,
    plain(over(others, divisor)),
    plain(over(nation, divisor)),
    isPerHead ? plain(over(members, residents)) : undefined,
    isPerHead ? plain(over(nation, everyone)) : undefined,
    ...ranges,
  ]
}

function notesSheet(brief: Brief, w: BriefWords): WorkbookSheet {
  const { plan, stamp } = brief
  const many = (label: string, lines: readonly string[]): readonly (readonly Cell[])[] =>
    lines.map((line, i) => [i === 0 ? label : undefined, line])
  return {
    name: w.workbook.notes,
    widths: [30, 110],
    rows: [
      [w.workbook.question, plan.question],
      [w.proposed, plan.summary],
      [w.caseFor, plan.case_for],
      [w.caseAgainst, plan.case_against],
      ...many(w.harm, plan.harm),
      ...many(w.change, plan.would_change),
      ...many(w.unknown, plan.not_known),
      ...many(
        w.authority,
        brief.authorities.map(({ title, tier }) => `${title} (${tier})`),
      ),
      [w.sources, sourcesOf(brief, w).text],
      [w.workbook.method, w.workbook.methodText],
      [
        w.name,
        `${stamp.document.sha256} · ${stamp.facts} · ${w.engine} ${stamp.engine} · ${w.seed} ${stamp.seed} · ${stamp.draws} ${w.draws} · ${stamp.made_at}`,
      ],
    ],
  }
}
