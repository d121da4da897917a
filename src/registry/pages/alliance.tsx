import type { FC } from 'hono/jsx'
import { type DivisionId, divisionOfState, STATES, stateOfDivision, type Usps } from '../../base/index.ts'
import {
  EventList,
  Figure,
  formatDate,
  type Scale,
  Section,
  Square,
  stateName,
  TileMap,
  type TileValue,
} from '../../ui/index.ts'
import { membersOnDay } from '../asof.ts'
import type { RecOf } from '../schema.ts'
import { isDoubted } from '../views/doubts.ts'
import { fullPlaceName, placeOf } from '../views/places.ts'
import { pointingAt } from '../views/relations.ts'
import { DoubtOf, Joined, RecordLink, Status } from './parts.tsx'
import type { View } from './view.ts'

/** Two steps only: a member is dark, anyone else pale. */
const MEMBERSHIP: Scale = { kind: 'count', edges: [1] }

/** Members as a map and as words, then joining and leaving in order of date. */
export const AllianceSections: FC<{ v: View; alliance: RecOf<'alliance'> }> = ({ v, alliance }) => {
  const t = v.t.record
  const members =
    v.asOf === undefined
      ? alliance.members.map(({ jurisdiction }) => jurisdiction)
      : membersOnDay(alliance, v.asOf).map(({ jurisdiction }) => jurisdiction)
  const former = (alliance.former_members ?? [])
    .map(({ jurisdiction }) => jurisdiction)
    .filter((id) => !members.includes(id))
  const measures = pointingAt(v.book, alliance.id, 'member-of', 'measure')
  return (
    <>
      <Section
        id="members"
        title={t.members}
        rail={
          <>
            <p>{t.membersRail(members.length, former.length)}</p>
            {isDoubted(alliance, 'members') && (
              <p>
                <DoubtOf v={v} rec={alliance} field="members" at="m" />
              </p>
            )}
            {alliance.membership_note !== undefined && (
              <p lang={v.lang === 'en' ? undefined : 'en'}>{alliance.membership_note}</p>
            )}
          </>
        }
      >
        <Figure
          lang={v.lang}
          level={3}
          title={t.membersMap}
          subtitle={<MapKey v={v} former={former.length > 0} />}
        >
          <TileMap
            lang={v.lang}
            name={t.membersMap}
            scale={MEMBERSHIP}
            values={tilesOf(v, members, former)}
            link={(usps) => v.to(`/states/${usps.toLowerCase()}`)}
          />
        </Figure>
        <p class="under">
          <Joined
            by=", "
            items={members.map((id) => {
              const place = placeOf(v.book, id, v.lang)
              return <a href={v.to(place.path)}>{fullPlaceName(place, v.lang)}</a>
            })}
          />
        </p>
      </Section>
      <Section
        id="membership"
        title={t.joinedLeft}
        rail={
          <>
            <p>{t.joinedLeftRail}</p>
            {isDoubted(alliance, 'former_members') && (
              <p>
                <DoubtOf v={v} rec={alliance} field="former_members" at="m" />
              </p>
            )}
          </>
        }
      >
        <EventList items={membershipEvents(v, alliance)} />
      </Section>
      {measures.length > 0 && (
        <Section id="within" title={t.measuresWithin}>
          <ul class="plain-list">
            {measures.map((rec) => (
              <li>
                <RecordLink v={v} rec={rec} /> <Status v={v} rec={rec} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

const MapKey: FC<{ v: View; former: boolean }> = ({ v, former }) => (
  <span class="chips">
    <span class="chip">
      <Square sign="full" /> {v.t.record.memberNow}
    </span>
    {former && (
      <span class="chip">
        <Square sign="grey" /> {v.t.record.memberFormer}
      </span>
    )}
  </span>
)

function tilesOf(
  v: View,
  members: readonly DivisionId[],
  former: readonly DivisionId[],
): Partial<Record<Usps, TileValue>> {
  const t = v.t.record
  return Object.fromEntries(
    STATES.flatMap(({ usps }) => {
      const own = divisionOfState(usps)
      const within = (ids: readonly DivisionId[]) => ids.some((id) => stateOfDivision(id)?.usps === usps)
      if (members.includes(own)) return [[usps, { value: 1, text: '✓', said: t.memberNow }]]
      if (within(members))
        return [[usps, { value: 1, text: v.t.state.types.local, said: v.t.state.alliances.localOnly }]]
      if (within(former)) return [[usps, { value: 0, text: t.memberFormer, said: t.memberFormer }]]
      return [[usps, { value: 0, text: '', said: t.memberNot }]]
    }),
  )
}

interface MemberEvent {
  readonly date: string | undefined
  readonly ids: readonly DivisionId[]
  readonly words: string
}

/** Joins and leaves on one day stand in one line; what has no date comes last. */
function membershipEvents(v: View, alliance: RecOf<'alliance'>) {
  const t = v.t.record
  const all = [...alliance.members, ...(alliance.former_members ?? [])]
  const joined = grouped(all.map((member) => ({ date: member.joined, id: member.jurisdiction })))
  const left = grouped(
    (alliance.former_members ?? []).map((member) => ({ date: member.left, id: member.jurisdiction })),
  )
  const events: MemberEvent[] = [
    ...joined.map(({ date, ids }) => ({ date, ids, words: date === undefined ? t.joinedUndated : t.joined })),
    ...left.map(({ date, ids }) => ({ date, ids, words: date === undefined ? t.leftUndated : t.left })),
  ]
  return events
    .sort((a, b) =>
      (a.date ?? '9999') < (b.date ?? '9999') ? -1 : (a.date ?? '9999') > (b.date ?? '9999') ? 1 : 0,
    )
    .map((event) => ({
      when: event.date === undefined ? v.t.list.noDate : formatDate(event.date, v.lang),
      title: event.ids.map((id) => nameOf(v, id)).join(', '),
      note: event.words,
    }))
}

const nameOf = (v: View, id: DivisionId): string => {
  const state = stateOfDivision(id)
  const place = placeOf(v.book, id, v.lang)
  return place.within === undefined && state !== undefined
    ? stateName(state.usps, v.lang)
    : fullPlaceName(place, v.lang)
}

function grouped(rows: readonly { readonly date: string | undefined; readonly id: DivisionId }[]) {
  const groups = new Map<string | undefined, DivisionId[]>()
  for (const { date, id } of rows) groups.set(date, [...(groups.get(date) ?? []), id])
  return [...groups].map(([date, ids]) => ({ date, ids }))
}
