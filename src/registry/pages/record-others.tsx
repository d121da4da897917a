import type { Child, FC } from 'hono/jsx'
import { stateOfDivision } from '../../base/index.ts'
import { Section, Square } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { leadingMoment } from '../views/moments.ts'
import { othersOf } from '../views/others.ts'
import { listPath } from './links.ts'
import { Own, placesOf, RecordLink, signOf, statusWord } from './parts.tsx'
import type { View } from './view.ts'

const MOST_OTHERS = 30

export const Others: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const others = othersOf(v.book, rec)
  if (others === undefined) return <></>
  const t = v.t.record
  const states = new Set(
    others.records.flatMap((other) => other.jurisdictions.map((id) => stateOfDivision(id)?.usps ?? '')),
  )
  states.delete('')
  const struck = others.records.filter((other) => other.status === 'struck-down').length
  const all =
    others.by === 'type' && others.shared !== undefined
      ? v.to(listPath('measure'), { type: others.shared.id })
      : others.by === 'action_type' && rec.kind === 'federal-action'
        ? v.to(listPath('federal-action'), { type: rec.action_type })
        : v.to(listPath(rec.kind), { area: rec.policy_area })
  return (
    <Section
      id="others"
      title={t.others[others.by]}
      rail={
        <>
          <p>
            {rec.kind === 'measure'
              ? t.othersRail(others.records.length, states.size)
              : t.othersRecords(others.records.length)}{' '}
            {struck > 0 && t.struck(struck)}
          </p>
          {others.shared !== undefined && (
            <p>
              <RecordLink v={v} rec={others.shared} />
            </p>
          )}
        </>
      }
    >
      <ul class="chips others">
        {others.records.slice(0, MOST_OTHERS).map((other) => (
          <li class="chip">
            <Square sign={signOf(other)} title={statusWord(other, v.lang)} />
            {other.id === rec.id ? (
              <b>{otherName(v, other)}</b>
            ) : (
              <a href={v.to(`/records/${other.id}`)}>{otherName(v, other)}</a>
            )}
          </li>
        ))}
      </ul>
      {(others.records.length > MOST_OTHERS || others.by === 'type') && others.by !== 'challenged' && (
        <p class="under">
          <a href={all}>
            {t.all} ({others.records.length})
          </a>
        </p>
      )}
    </Section>
  )
}

/** "Kansas, 2013" for a measure; the title of anything else. */
function otherName(v: View, rec: Rec): Child {
  if (rec.kind !== 'measure') return <Own v={v}>{rec.title}</Own>
  const [first, ...rest] = placesOf(v, rec)
  const year = leadingMoment(rec)?.date.slice(0, 4)
  const name =
    first === undefined
      ? rec.title
      : rest.length > 1
        ? `${first.name} ${v.t.common.others(rest.length)}`
        : first.name
  return [name, year].filter(Boolean).join(', ')
}
