import { dollars, type IsoDate } from '../base/index.ts'
import type { Agreement } from './agreement.ts'
import { SAMPLE_FROM, SAMPLE_RUN, SAMPLE_TO } from './data/sample-run.ts'
import { sha256Of } from './items.ts'
import { type Rehearsal, type RehearsalDay, rehearse } from './rehearse.ts'

const { rows, ...amounts } = SAMPLE_RUN

const totals = {
  rows,
  ...(Object.fromEntries(
    Object.entries(amounts).map(([name, whole]) => [name, dollars(BigInt(whole))]),
  ) as Record<keyof typeof amounts, ReturnType<typeof dollars>>),
}

const played = new Map<string, Rehearsal>()

/** The rehearsal of an agreement on the invented pay run. The same input gives the same days, so it is played once. */
export function demonstrationOf(agreement: Agreement): Rehearsal {
  const known = played.get(agreement.sha256)
  if (known) return known
  const [depositor_class] = agreement.document.depositor_classes
  const agencies = agreement.document.members.map((member) => ({
    agency: `${member}/${depositor_class?.id ?? ''}/all`,
    ...totals,
  }))
  const run = { sha256: sha256Of(JSON.stringify(SAMPLE_RUN)), agencies }
  const rehearsal = rehearse(agreement, run, SAMPLE_FROM as IsoDate, SAMPLE_TO as IsoDate)
  played.set(agreement.sha256, rehearsal)
  return rehearsal
}

/** Days on which something happened, and the first and the last. */
export const eventfulDays = ({ days }: Rehearsal): readonly RehearsalDay[] =>
  days.filter(({ events }, i) => events.length > 0 || i === 0 || i === days.length - 1)

/** The most that was held at the end of a day. */
export function mostHeld({ days }: Rehearsal): bigint {
  const [most = 0n] = days.map(({ held_cents }) => held_cents).toSorted((x, y) => (x > y ? -1 : 1))
  return most
}
