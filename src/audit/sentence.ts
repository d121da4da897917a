import { EVENT_KINDS, type EventKind } from './events.ts'
import type { LoggedEvent } from './schema.ts'

/** Codes that stand in sentences, as people say them. */
const TERMS: Record<'en' | 'es', Record<string, string>> = {
  en: {
    correction: 'a correction',
    status: 'a change of status',
    simulation: 'a simulation',
    operating: 'operating money',
  },
  es: {
    correction: 'una corrección',
    status: 'un cambio de situación',
    simulation: 'una simulación',
    operating: 'dinero en operación',
  },
}

/** What an event tells a person. An event of a kind that this version does not know is told by its kind. */
export function sentenceOf(
  event: Pick<LoggedEvent, 'kind' | 'actor' | 'subject' | 'payload'>,
  lang: 'en' | 'es',
): string {
  if (!Object.hasOwn(EVENT_KINDS, event.kind)) return `${event.kind}: ${event.subject}`
  const payload = typeof event.payload === 'object' && event.payload !== null ? event.payload : {}
  const fields: Record<string, unknown> = { ...payload, actor: event.actor, subject: event.subject }
  return EVENT_KINDS[event.kind as EventKind][lang].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields[name] ?? '')
    return TERMS[lang][value] ?? value
  })
}
