import type { FC } from 'hono/jsx'
import { NATION } from '../../base/index.ts'
import { formatDate, label, Section, Timeline, TimelineKey } from '../../ui/index.ts'
import type { RecOf } from '../schema.ts'
import { lastKnownDay, leadingMoment } from '../views/moments.ts'
import { type ActionTrack, actionTrack, axisOf } from '../views/track.ts'
import { amountText, DateText, hasDoubt, Joined, RecordLink, Status, WorstDoubt } from './parts.tsx'
import type { Drawn } from './state-parts.ts'
import type { View } from './view.ts'

export const Actions: FC<Drawn> = ({ v, facts, name, state }) => {
  const t = v.t.state.actions
  const until = lastKnownDay(v.book)
  const tracks = facts.actions.map((action) => actionTrack(v.book, action, state.usps, until))
  const { first, last } = axisOf(tracks, until)
  return (
    <Section
      id="actions"
      title={t.title}
      rail={
        <>
          <p>{t.finding(facts.actions.length, name, facts.blocked)}</p>
          {tracks.length > 0 && (
            <>
              <TimelineKey lang={v.lang} suer={name} />
              <p>{t.amounts(name)}</p>
              <p class="muted">{t.until(formatDate(until, v.lang))}</p>
            </>
          )}
          {facts.nationalActions > 0 && (
            <p>
              <a href={v.to('/registry/federal-actions', { state: 'US' })}>
                {t.national(facts.nationalActions)}
              </a>
            </p>
          )}
        </>
      }
    >
      {tracks.length === 0 ? (
        <p class="muted">{t.none}</p>
      ) : (
        <Timeline
          lang={v.lang}
          caption={t.caption(name)}
          head={t.head}
          first={first}
          last={last}
          rows={tracks.map((track) => ({
            title: <RecordLink v={v} rec={track.action} />,
            note: <ActionNote v={v} action={track.action} />,
            status: <ActionStatus v={v} track={track} />,
            marks: track.marks,
          }))}
        />
      )}
    </Section>
  )
}

const ActionNote: FC<{ v: View; action: RecOf<'federal-action'> }> = ({ v, action }) => {
  const several = action.jurisdictions.length > 1 || action.jurisdictions.includes(NATION)
  return (
    <Joined
      items={[
        <DateText v={v} date={leadingMoment(action)?.date} />,
        label(v.lang, 'action', action.action_type),
        action.amount_usd === undefined
          ? ''
          : `${amountText(action.amount_usd, v.lang)}${several ? ` ${v.t.state.actions.inAll}` : ''}`,
        hasDoubt(action) && <WorstDoubt v={v} rec={action} at="a" />,
      ]}
    />
  )
}

const ActionStatus: FC<{ v: View; track: ActionTrack }> = ({ v, track }) => (
  <>
    <Status v={v} rec={track.action} />
    {track.suits.slice(0, 2).map((suit) => (
      <div class="suit">
        <RecordLink v={v} rec={suit} />
      </div>
    ))}
    {track.suits.length > 2 && <span class="muted">{v.t.record.andMore(track.suits.length - 2)}</span>}
  </>
)
