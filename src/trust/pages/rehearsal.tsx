import type { FC } from 'hono/jsx'
import {
  Button,
  Buttons,
  DataTable,
  EventList,
  formatDate,
  href,
  Island,
  PageHead,
  Section,
} from '../../ui/index.ts'
import type { Agreement } from '../agreement.ts'
import { type BookView, judgedOf } from '../book-view.ts'
import { eventfulDays, mostHeld } from '../demonstration.ts'
import type { Rehearsal, RehearsalDay, RehearsalEvent } from '../rehearse.ts'
import { Balance } from './balance.tsx'
import { BookPage } from './book.tsx'
import { type Asked, inLang, Link, money, officeName, StateChip, TrustPage } from './parts.tsx'

export interface RehearsalProps {
  readonly a: Asked
  readonly agreement: Agreement
  readonly rehearsal: Rehearsal
  readonly view: BookView
}

const pathOf = (agreement: Agreement): string => `/trust/rehearsals/${agreement.document.id}`

/** A whole life in one picture, and every day of it that can be opened. */
export const RehearsalPage: FC<RehearsalProps> = ({ a, agreement, rehearsal, view }) => {
  const t = a.t.play
  const days = eventfulDays(rehearsal)
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  const title = t.title(inLang(a, agreement.document, 'title'))
  const owed = view.exposure.ok ? view.exposure.value.owed : 0n
  return (
    <TrustPage
      a={a}
      title={title}
      path={pathOf(agreement)}
      crumbs={[
        { label: a.t.trust, path: '/trust' },
        { label: agreement.document.id, path: `/trust/agreements/${agreement.document.id}` },
        { label: a.t.home.play },
      ]}
    >
      <PageHead
        title={title}
        chips={<span class="illustrative">{a.t.book.illustrative}</span>}
        lede={t.lede(formatDate(first, a.lang), formatDate(last, a.lang))}
      />
      <Section
        id="whole"
        title={t.whole}
        rail={<p>{t.wholeRail(money(a, mostHeld(rehearsal)), money(a, owed))}</p>}
      >
        <Balance a={a} view={view} illustrative />
      </Section>
      <Section id="days" title={t.days} rail={<p>{t.daysRail}</p>}>
        <DaysTable a={a} agreement={agreement} rehearsal={rehearsal} days={days} />
      </Section>
      <Section id="files" title={t.files} rail={<p>{t.filesRail}</p>}>
        <ul class="plain-list">
          {rehearsal.files.map(({ name }) => (
            <li>
              <a href={`${pathOf(agreement)}/files/${name}`}>{name}</a>
            </li>
          ))}
        </ul>
      </Section>
    </TrustPage>
  )
}

const DaysTable: FC<{
  a: Asked
  agreement: Agreement
  rehearsal: Rehearsal
  days: readonly RehearsalDay[]
}> = ({ a, agreement, rehearsal, days }) => {
  const t = a.t.play
  return (
    <DataTable
      lang={a.lang}
      caption={t.days}
      rows={days}
      columns={[
        {
          key: 'day',
          head: t.day,
          rowHead: true,
          nowrap: true,
          cell: ({ day }) => (
            <Link a={a} to={`${pathOf(agreement)}/${day}`}>
              {formatDate(day, a.lang)}
            </Link>
          ),
        },
        {
          key: 'what',
          head: t.what,
          cell: (day) =>
            sentencesOf(a, rehearsal, day).map((sentence) => <span class="note-line">{sentence}</span>),
        },
        { key: 'state', head: t.state, nowrap: true, cell: ({ state }) => <StateChip a={a} state={state} /> },
        {
          key: 'held',
          head: t.held,
          align: 'right',
          nowrap: true,
          cell: ({ held_cents }) => money(a, held_cents),
        },
        {
          key: 'owed',
          head: t.owed,
          align: 'right',
          nowrap: true,
          cell: ({ exposure }) => (exposure ? money(a, exposure.owed) : ''),
        },
      ]}
    />
  )
}

/** One day of it: the book as it stood in the evening, with what happened and the days beside it. */
export const RehearsalDayPage: FC<RehearsalProps & { day: RehearsalDay }> = (props) => {
  const { a, agreement, rehearsal, view, day } = props
  const asked = day.events.find((event) => event.kind === 'asked')
  const title = a.t.play.title(inLang(a, agreement.document, 'title'))
  return (
    <BookPage
      a={a}
      view={view}
      title={title}
      path={`${pathOf(agreement)}/${day.day}`}
      crumb={{ label: a.t.home.play, path: pathOf(agreement) }}
      illustrative
      {...(asked && { asked: judgedOf(agreement, view.book, asked.decision) })}
      play={<Play a={a} agreement={agreement} rehearsal={rehearsal} day={day} />}
      check={
        <>
          <p>{a.t.book.checkRehearsal}</p>
          <p>
            <code>
              tenth trust rehearse {agreement.document.id} --payroll RUN.csv --from 2026-01-01 --to 2026-12-31
            </code>
          </p>
        </>
      }
    />
  )
}

const Play: FC<{ a: Asked; agreement: Agreement; rehearsal: Rehearsal; day: RehearsalDay }> = (props) => {
  const { a, agreement, rehearsal, day } = props
  const t = a.t.play
  const days = eventfulDays(rehearsal).map((one) => one.day)
  const [before, after] = [days.findLast((one) => one < day.day), days.find((one) => one > day.day)]
  const to = (one: string) => href(a.lang, `${pathOf(agreement)}/${one}`)
  return (
    <Section id="day" title={t.onDay(formatDate(day.day, a.lang))} rail={<p>{t.dayRail}</p>}>
      <EventList items={sentencesOf(a, rehearsal, day).map((title, i) => ({ when: `${i + 1}.`, title }))} />
      <nav
        aria-label={t.stepTitle}
        data-play={after === undefined ? undefined : to(after)}
        data-start={t.start}
        data-pause={t.pause}
      >
        <Buttons>
          {before !== undefined && (
            <Button kind="outline" href={to(before)}>
              ← {t.previous}
            </Button>
          )}
          {after !== undefined && <Button href={to(after)}>{t.next} →</Button>}
          <Button kind="outline" href={href(a.lang, `${pathOf(agreement)}#days`)}>
            {t.all}
          </Button>
        </Buttons>
      </nav>
      <Island room="trust" name="play" />
    </Section>
  )
}

/** What happened on a day, a sentence each; sign-offs of one day stand together. */
function sentencesOf(a: Asked, rehearsal: Rehearsal, { day, events }: RehearsalDay): readonly string[] {
  const t = a.t.play
  if (events.length === 0) return [day === rehearsal.days[0]?.day ? t.begins : t.ends]
  const offices = events.flatMap((event) =>
    event.kind === 'fact' && event.fact.kind === 'sign-off' ? [officeName(a, event.fact.office)] : [],
  )
  const others = events.filter((event) => !(event.kind === 'fact' && event.fact.kind === 'sign-off'))
  return [
    ...others.map((event) => eventText(a, rehearsal, event)),
    ...(offices.length > 0 ? [t.events['sign-off'](offices.join(', '))] : []),
  ]
}

function eventText(a: Asked, rehearsal: Rehearsal, event: RehearsalEvent): string {
  const t = a.t.play.events
  const named = (id: string) => {
    const item = rehearsal.book.items.find((one) => one.id === id)
    return item ? `${a.t.nouns[item.action].toLowerCase()}, ${money(a, item.amount_cents)}` : id
  }
  switch (event.kind) {
    case 'payday': {
      const held = event.held.reduce((sum, { cents }) => sum + cents, 0n)
      const direct = money(a, event.direct_cents)
      return held === 0n ? t.paydayNone(direct) : t.payday(money(a, held), direct)
    }
    case 'prepared':
      return t.prepared(named(event.item.id))
    case 'withdrawn':
      return t.withdrawn(named(event.item))
    case 'signed':
      return (event.executed ? t.executed : t.signed)(officeName(a, event.office), named(event.item))
    case 'ach':
      return t.ach
    case 'settled':
      return t.settled(money(a, event.cents))
    case 'asked':
      return t.asked(event.decision.missing.length)
    case 'fact':
      return factSentence(a, event.fact)
  }
}

function factSentence(a: Asked, fact: Extract<RehearsalEvent, { kind: 'fact' }>['fact']): string {
  const t = a.t.play.events
  switch (fact.kind) {
    case 'federal-action':
      return t['federal-action'](money(a, fact.unpaid_cents))
    case 'report':
      return t.report(money(a, fact.arrears_cents))
    case 'sign-off':
      return t['sign-off'](officeName(a, fact.office))
    case 'earnings':
      return t.earnings(money(a, fact.cents))
    default:
      return t[fact.kind]
  }
}
