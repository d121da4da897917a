import { dollarsText } from './asked.ts'
import type { MissingCondition } from './decide.ts'
import type { RehearsalDay, RehearsalEvent } from './rehearse.ts'

/** The days of a rehearsal on which something happened, a line for each thing, and the liability beside the balance. */
export function* lifeText(days: readonly RehearsalDay[]): Generator<string> {
  let state = ''
  for (const { day, because, events, held_cents, exposure, ...one } of days) {
    const now = `${one.state}${because.length > 0 ? ` (${because.join(', ')})` : ''}`
    if (now !== state) yield `${day}  state: ${now}`
    state = now
    for (const event of events) yield `${day}  ${eventText(event)}`
    const owed = exposure ? dollarsText(exposure.owed) : 'not known, since a rate is missing'
    if (events.length > 0)
      yield `${' '.repeat(12)}held ${dollarsText(held_cents)}; penalties and interest beside it: ${owed}`
  }
}

const ids = (missing: readonly MissingCondition[]): string => missing.map(({ id }) => id).join(', ')

function eventText(event: RehearsalEvent): string {
  switch (event.kind) {
    case 'fact':
      return `recorded: ${event.fact.kind}`
    case 'payday': {
      const held = dollarsText(event.held.reduce((sum, { cents }) => sum + cents, 0n))
      const why = event.missing.length > 0 ? `; not held for want of ${ids(event.missing)}` : ''
      return `payday: ${event.held.length} deposits held, ${held}; paid to the Treasury in time: ${dollarsText(event.direct_cents)}${why}`
    }
    case 'prepared': {
      const { id, action, amount_cents, cause } = event.item
      return `prepared: ${id}, ${action} of ${dollarsText(amount_cents)} (${cause})`
    }
    case 'withdrawn':
      return `withdrawn: ${event.item} (${event.because.join(', ')})`
    case 'signed':
      return `signed: ${event.item} by ${event.person}; ${event.executed ? 'carried out' : `still missing: ${ids(event.missing)}`}`
    case 'ach':
      return `payment file: ${event.file}`
    case 'settled':
      return `bank shows: ${event.line}`
    case 'asked':
      return `asked why nothing is released; missing: ${ids(event.decision.missing)}`
  }
}
