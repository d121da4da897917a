import { stateOf } from '../../base/index.ts'
import type { Agenda, AgendaItem } from './agenda.ts'
import { monthText } from './calendar.ts'
import type { PlanTimetable } from './plan-timetable.ts'
import type { Timetable } from './timetable.ts'
import { WORKS } from './work.ts'

/** An agenda as a program takes it; names as in the records. */
export const agendaJson = ({ usps, items }: Agenda) => ({
  jurisdiction: usps,
  items: items.map((item) => ({
    playbook_type: item.type.id,
    title: item.type.title,
    policy_area: item.type.policy_area,
    legal_tier: item.type.legal_tier,
    standing: item.standing,
    measures: item.here.map(({ measure, isLocal }) => ({
      id: measure.id,
      title: measure.title,
      status: measure.status,
      local: isLocal,
    })),
    in_use_by: item.in_use_by,
    precedents_nearby: item.nearby.map(({ id, title }) => ({ id, title })),
    states_in_force: item.states_in_force,
    prerequisites: item.prerequisites,
    after: item.after,
    responsible_offices: item.type.responsible_offices,
    lead_months: item.lead_months,
    ready: item.ready,
  })),
})

const STANDING_WORDS = {
  'in-force': 'in force',
  'in-force-locally': 'in force in a county or city',
  blocked: 'blocked by a court',
  proposed: 'proposed',
  tried: 'tried before',
  open: 'open',
} as const

export function agendaText({ usps, items }: Agenda): string {
  const blocks = items.map(itemText)
  return [
    `${stateOf(usps).name}: ${items.length} playbook types. Lead times are assumptions; see docs/methods/plan.md.`,
    ...blocks,
  ].join('\n\n')
}

function itemText(item: AgendaItem): string {
  const {
    type,
    standing,
    here,
    in_use_by,
    nearby,
    states_in_force,
    prerequisites,
    after,
    lead_months,
    ready,
  } = item
  const records = [...here.map(({ measure }) => `${measure.id} (${measure.status})`), ...in_use_by]
  const lines = [
    `${type.title} [${type.legal_tier}] ${STANDING_WORDS[standing]}`,
    ...(records.length > 0 ? [`  here: ${shortened(records)}`] : []),
    ...(nearby.length > 0 ? [`  nearby: ${shortened(nearby.map((measure) => measure.id))}`] : []),
    ...(states_in_force.length > 0 ? [`  in force in: ${states_in_force.join(' ')}`] : []),
  ]
  if (standing === 'in-force') return lines.join('\n')
  return [
    ...lines,
    ...prerequisites.map(
      (one) =>
        `  first: ${one.line} (${one.office}): ${one.state === 'met' ? `met, ${shortened(one.evidence)}` : 'none recorded'}`,
    ),
    ...(after.length > 0 ? [`  after: ${after.join(', ')}`] : []),
    `  offices: ${type.responsible_offices.join(', ')}; ready in ${lead_months} months, ${ready}`,
  ].join('\n')
}

const shortened = (ids: readonly string[]): string =>
  ids.length <= 4 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`

export const timetableJson = ({ measures, works, months, least_months }: PlanTimetable) => ({
  months,
  least_months,
  measures: measures.map((one) => ({ ...one, starts: monthText(one.starts), ready: monthText(one.ready) })),
  works: works.map((one) => ({ ...one, start: monthText(one.start), end: monthText(one.end) })),
})

/** Works in order of time; `*` marks those whose delay would delay the end. */
export function timetableText(table: PlanTimetable): string {
  const { measures, months, least_months } = table
  const proof = months === least_months ? 'no timetable is shorter' : `none is shorter than ${least_months}`
  return [
    `${months} months of work; ${proof}. "*": a delay would delay the end.`,
    ...worksText(table),
    '',
    ...measures.map(
      ({ id, usps, starts, ready, months_early }) =>
        `${id} in ${usps}: can start ${monthText(ready)}; the plan starts it ${monthText(starts)}${months_early > 0 ? `, ${months_early} months too soon` : ''}`,
    ),
  ].join('\n')
}

const worksText = ({ works }: Timetable): readonly string[] =>
  works
    .toSorted((a, b) => a.start - b.start || a.end - b.end || (a.usps < b.usps ? -1 : 1))
    .map(
      ({ usps, type, what, line, work, office, start, end, critical }) =>
        `${critical ? '*' : ' '} ${monthText(start)} to ${monthText(end - 1)}  ${usps}  ${WORKS[work].en}: ${line ?? `${what} of ${type}`} (${office})`,
    )
