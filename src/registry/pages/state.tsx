import type { Child, FC } from 'hono/jsx'
import { divisionOfState, NATION, type StateRow } from '../../base/index.ts'
import {
  ConfidenceChip,
  DataTable,
  FilterText,
  formatCount,
  formatDate,
  InPageNav,
  LocatorMap,
  label,
  PageHead,
  Section,
  StatTile,
  StatTiles,
  StatusChip,
  stateName,
  TierChip,
  Timeline,
  TimelineKey,
} from '../../ui/index.ts'
import type { Rec, RecOf } from '../schema.ts'
import { isInForce } from '../views/force.ts'
import { lastKnownDay, leadingMoment } from '../views/moments.ts'
import { localPlaces, names } from '../views/places.ts'
import {
  type Membership,
  measuresByArea,
  playbookFacts,
  type StateFacts,
  stateFacts,
  type TypeRow,
} from '../views/state.ts'
import { type ActionTrack, actionTrack, axisOf } from '../views/track.ts'
import { recordsFile } from './files.ts'
import { AsOfForm, Frame, Under } from './frame.tsx'
import {
  amountText,
  DateText,
  hasDoubt,
  inEnglish,
  Joined,
  RecordLink,
  Status,
  shortCourt,
  WorstDoubt,
} from './parts.tsx'
import type { StateSection } from './slots.ts'
import type { View } from './view.ts'

export interface StatePageProps {
  readonly v: View
  readonly state: StateRow
  readonly peers: { readonly chosen: boolean; readonly peers: readonly StateRow[] }
  /** From floors above; undefined where there is none. */
  readonly sentence?: string | undefined
  readonly note?: string | undefined
  readonly figures?: Child
  readonly sections: readonly StateSection[]
}

interface Drawn extends StatePageProps {
  readonly facts: StateFacts
  readonly name: string
  readonly code: string
}

export const StatePage: FC<StatePageProps> = (props) => {
  const { v, state } = props
  const t = v.t.state
  const name = stateName(state.usps, v.lang)
  const code = state.usps.toLowerCase()
  const p: Drawn = { ...props, name, code, facts: stateFacts(v.book, state.usps) }
  return (
    <Frame
      v={v}
      title={name}
      current="states"
      crumbs={[{ label: t.crumb, path: '/states' }, { label: name }]}
      description={sentenceOf(p)}
      feeds={[{ title: `${name}: ${v.t.home.feed}`, href: `/feeds/states/${code}.atom` }]}
    >
      <PageHead
        title={name}
        lede={[props.sentence, sentenceOf(p)].filter(Boolean).join(' ')}
        meta={<Meta {...p} />}
        aside={<LocatorMap name={t.here(name)} here={[state.usps]} />}
      />
      {props.figures ?? <Tiles {...p} />}
      <InPageNav lang={v.lang} links={navOf(p)} />
      {props.sections.map((section) => section.body)}
      <Actions {...p} />
      <Measures {...p} />
      <Suits {...p} />
      <Alliances {...p} />
      <Types {...p} />
      <Local {...p} />
      <Files {...p} />
    </Frame>
  )
}

const sentenceOf = ({ v, facts }: Drawn): string =>
  v.t.state.sentence({
    actions: facts.actions.length,
    since: sinceText(v, facts),
    suits: facts.suits.length,
    plaintiff: facts.asPlaintiff,
    defendant: facts.asDefendant,
  })

const MONTHS = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
} as const

/** "January 2025" in a sentence; the short form stands in tables. */
function sinceText(v: View, facts: StateFacts): string {
  const [year, month] = (facts.actionsSince ?? '').split('-')
  if (year === undefined || month === undefined) return year ?? ''
  const word = MONTHS[v.lang][Number(month) - 1] ?? ''
  return v.lang === 'en' ? `${word} ${year}` : `${word} de ${year}`
}

const Meta: FC<Drawn> = ({ v, state, code, note }) => {
  const place = v.book.jurisdictions.get(divisionOfState(state.usps))
  const t = v.t.state
  return (
    <Joined
      items={[
        place?.population === undefined
          ? ''
          : t.residents(formatCount(place.population), place.population_year),
        note,
        <a href="#measures">{t.compare}</a>,
        <a href="#files">{t.download}</a>,
      ]}
    />
  )
}

/** Counts of records, until a floor above can say what the state gives and gets. */
const Tiles: FC<Drawn> = ({ v, facts, state }) => {
  const t = v.t.state.tiles
  const areas = new Set(facts.inForce.map((rec) => rec.policy_area)).size
  const active = facts.alliances.filter(({ alliance }) => alliance.status === 'active').length
  const open = (kind: string) => (
    <a class="tile-link" href={v.to(`/registry/${kind}`, { state: state.usps })}>
      {t.open}
    </a>
  )
  const since = facts.actionsSince === undefined ? '' : formatDate(facts.actionsSince, v.lang)
  return (
    <StatTiles>
      <StatTile
        lang={v.lang}
        name={v.t.states.actions}
        figure={String(facts.actions.length)}
        basis={t.actionsBasis(since)}
        why={t.actionsWhy(facts.blocked, facts.nationalActions)}
        source={open('federal-actions')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.measures}
        figure={String(facts.inForce.length)}
        basis={t.measuresBasis(facts.measures.length)}
        why={t.measuresWhy(areas)}
        source={open('measures')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.suits}
        figure={String(facts.suits.length)}
        basis={t.suitsBasis(facts.asPlaintiff, facts.asDefendant)}
        why={t.suitsWhy(facts.byUnitedStates)}
        source={open('lawsuits')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.alliances}
        figure={String(active)}
        basis={t.alliancesBasis(facts.alliances.length)}
        why={t.alliancesWhy}
        source={open('alliances')}
      />
    </StatTiles>
  )
}

function navOf({ v, name, sections, state }: Drawn) {
  const t = v.t.state.nav
  const own: readonly (readonly [string, string])[] = [
    ['actions', t.actions],
    ['measures', t.measures],
    ['suits', t.suits],
    ['alliances', t.alliances],
    ['types', t.types],
    ['open', t.open(name)],
    ...(localPlaces(v.book, state.usps, v.lang).length > 0 ? [['local', t.local] as const] : []),
    ['files', t.files],
  ]
  return [
    ...sections.map((section) => ({ href: `#${section.id}`, label: section.title })),
    ...own.map(([id, words]) => ({ href: `#${id}`, label: words })),
  ]
}

const Actions: FC<Drawn> = ({ v, facts, name, state }) => {
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

const Measures: FC<Drawn> = ({ v, facts, name, state, peers, code }) => {
  const t = v.t.state.measures
  const rows = measuresByArea(v.book, state, peers.peers)
  const measures = (area: string, usps: string) =>
    v.to('/registry/measures', { area, state: usps, status: IN_FORCE })
  const title =
    peers.peers.length === 0 ? t.titleAlone(name) : peers.chosen ? t.titlePeers(name) : t.title(name)
  return (
    <Section
      id="measures"
      title={title}
      rail={
        <>
          <p>{peers.chosen ? t.findingPeers : t.finding(peers.peers.length)}</p>
          <p>{t.caveat}</p>
          <form class="inline-form" method="get" action={v.plain(`/states/${code}#measures`)}>
            {v.asOf !== undefined && <input type="hidden" name="as-of" value={v.asOf} />}
            <FilterText
              name="peers"
              label={t.choose}
              value={peers.chosen ? peers.peers.map((peer) => peer.usps).join(' ') : ''}
            />
            <p class="hint">{t.chooseHint}</p>
            <button type="submit" class="button outline">
              {t.apply}
            </button>
          </form>
          {peers.chosen && (
            <p>
              <a href={`${v.here({ peers: undefined })}#measures`}>{t.back}</a>
            </p>
          )}
          <p>
            <a href={v.to('/registry/measures', { state: state.usps })}>{t.all(facts.measures.length)}</a>
          </p>
        </>
      }
    >
      {rows.length === 0 ? (
        <p class="muted">{t.none}</p>
      ) : (
        <>
          <div class="desk-only">
            <DataTable
              lang={v.lang}
              caption={t.caption(name)}
              phone="scroll"
              rows={rows}
              columns={[
                { key: 'area', head: t.area, rowHead: true, cell: (row) => label(v.lang, 'area', row.area) },
                {
                  key: 'own',
                  head: name,
                  nowrap: true,
                  cell: (row) =>
                    row.own === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, state.usps)}>
                        <Squares count={row.own} /> <b>{row.own}</b>
                      </a>
                    ),
                },
                ...peers.peers.map((peer) => ({
                  key: peer.usps,
                  head: <PeerHead v={v} peer={peer} count={peers.peers.length} />,
                  label: stateName(peer.usps, v.lang),
                  align: 'right' as const,
                  cell: (row: (typeof rows)[number]) => {
                    const count = row.peers.find(({ state: other }) => other.usps === peer.usps)?.count ?? 0
                    return count === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, peer.usps)}>
                        {count}
                      </a>
                    )
                  },
                })),
              ]}
            />
          </div>
          <div class="phone-only">
            <DataTable
              lang={v.lang}
              caption={t.caption(name)}
              phone="scroll"
              rows={rows}
              columns={[
                { key: 'area', head: t.area, rowHead: true, cell: (row) => label(v.lang, 'area', row.area) },
                {
                  key: 'own',
                  head: name,
                  cell: (row) =>
                    row.own === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, state.usps)}>
                        <Squares count={row.own} /> <b>{row.own}</b>
                      </a>
                    ),
                },
                {
                  key: 'most',
                  head: t.most,
                  cell: (row) =>
                    row.most.count === 0
                      ? '0'
                      : `${row.most.count} (${row.most.states.map((other) => other.usps).join(', ')})`,
                },
              ]}
            />
          </div>
        </>
      )}
    </Section>
  )
}

/** The name where it fits; else the postal code, which is all that paper has room for. */
const PeerHead: FC<{ v: View; peer: StateRow; count: number }> = ({ v, peer, count }) => {
  const name = stateName(peer.usps, v.lang)
  const short = <abbr title={name}>{peer.usps}</abbr>
  if (count > 7) return short
  return (
    <>
      <span class={count > 3 ? 'on-screen' : undefined}>{name}</span>
      {count > 3 && <span class="on-paper">{short}</span>}
    </>
  )
}

const IN_FORCE = ['in-effect', 'challenged', 'partly-enjoined']

/** One small square a record, up to five: the count is beside it. */
const Squares: FC<{ count: number }> = ({ count }) => {
  const shown = Math.min(count, 5)
  return (
    <svg class="squares" width={shown * 11} height="9" aria-hidden="true">
      {Array.from({ length: shown }, (_, i) => (
        <path d={`M${i * 11} 0h9v9h-9z`} fill="currentColor" />
      ))}
    </svg>
  )
}

const Suits: FC<Drawn> = ({ v, facts, name, state }) => {
  const t = v.t.state.suits
  return (
    <Section id="suits" title={t.title} rail={<p>{t.finding(facts.suits.length, facts.byUnitedStates)}</p>}>
      {facts.suits.length > 0 && (
        <DataTable
          lang={v.lang}
          caption={t.caption(name)}
          phone="compact"
          allOnPhone={{
            label: t.all(facts.suits.length),
            href: v.to('/registry/lawsuits', { state: state.usps }),
          }}
          rows={facts.suits}
          columns={suitColumns(v)}
        />
      )}
    </Section>
  )
}

/** A suit as a row: case and what it is about, when, where, and how it stands. */
export const suitColumns = (v: View) => {
  const t = v.t.state.suits
  return [
    {
      key: 'case',
      head: t.case,
      rowHead: true,
      cell: (suit: RecOf<'lawsuit'>) => (
        <>
          <RecordLink v={v} rec={suit} />
          <span class="note-line" lang={inEnglish(v.lang)}>
            {suit.summary}
          </span>
        </>
      ),
    },
    {
      key: 'filed',
      head: t.filed,
      nowrap: true,
      cell: (suit: RecOf<'lawsuit'>) => <DateText v={v} date={suit.dates?.filed} />,
    },
    {
      key: 'court',
      head: t.court,
      cell: (suit: RecOf<'lawsuit'>) => <span lang={inEnglish(v.lang)}>{shortCourt(suit)}</span>,
    },
    { key: 'status', head: t.status, cell: (suit: RecOf<'lawsuit'>) => <Status v={v} rec={suit} asOf /> },
  ]
}

const Alliances: FC<Drawn> = ({ v, facts, name, state }) => {
  const t = v.t.state.alliances
  const active = facts.alliances.filter(({ alliance }) => alliance.status === 'active').length
  return (
    <Section id="alliances" title={t.title} rail={<p>{t.finding(active)}</p>}>
      {facts.alliances.length > 0 && (
        <DataTable
          lang={v.lang}
          caption={t.caption(name)}
          phone="compact"
          allOnPhone={{
            label: t.all(facts.alliances.length),
            href: v.to('/registry/alliances', { state: state.usps }),
          }}
          rows={facts.alliances}
          columns={[
            {
              key: 'alliance',
              head: t.alliance,
              rowHead: true,
              cell: ({ alliance, local }: Membership) => (
                <>
                  <RecordLink v={v} rec={alliance} />
                  {alliance.status !== 'active' && (
                    <div>
                      <StatusChip lang={v.lang} kind="alliance" status={alliance.status} />
                    </div>
                  )}
                  {local && <span class="note-line">{t.localOnly}</span>}
                </>
              ),
            },
            {
              key: 'joined',
              head: t.joined,
              nowrap: true,
              cell: ({ joined }) => <DateText v={v} date={joined as never} />,
            },
            {
              key: 'founded',
              head: t.founded,
              nowrap: true,
              cell: ({ alliance }) => <DateText v={v} date={alliance.dates?.founded} />,
            },
            {
              key: 'instrument',
              head: t.instrument,
              cell: ({ alliance }) => <span lang={inEnglish(v.lang)}>{capital(alliance.instrument)}</span>,
            },
            {
              key: 'confidence',
              head: t.confidence,
              cell: ({ alliance }) => <ConfidenceChip lang={v.lang} confidence={alliance.confidence} />,
            },
          ]}
        />
      )}
    </Section>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Rows of "open to" that stand in view; the rest opens on request. */
const OPEN_ROWS = 10

const Types: FC<Drawn> = ({ v, name, state, peers }) => {
  const { inForce, open } = playbookFacts(v.book, state, peers.peers)
  const t = v.t.state
  const [first, rest] = [open.slice(0, OPEN_ROWS), open.slice(OPEN_ROWS)]
  return (
    <>
      <Section id="types" title={t.types.title} rail={<p>{t.types.finding(inForce.length, name)}</p>}>
        {inForce.length > 0 && (
          <DataTable
            lang={v.lang}
            caption={t.types.caption(name)}
            phone="compact"
            rows={inForce}
            columns={[
              {
                key: 'type',
                head: t.types.type,
                rowHead: true,
                cell: (row: TypeRow) => <RecordLink v={v} rec={row.type} />,
              },
              {
                key: 'tier',
                head: t.types.tier,
                cell: (row) => <TierChip lang={v.lang} tier={row.type.legal_tier} />,
              },
              {
                key: 'record',
                head: t.types.record,
                cell: (row) => <InForceHere v={v} row={row} />,
              },
              {
                key: 'peers',
                head: t.types.peers,
                cell: (row) =>
                  row.peers.length === 0 ? <span class="muted">{t.types.nonePeers}</span> : codes(row.peers),
              },
            ]}
          />
        )}
      </Section>
      <Section
        id="open"
        title={t.open.title(name)}
        rail={
          <>
            <p>{t.open.finding}</p>
            <p class="muted">{t.open.caveat}</p>
            <p>
              <a href={v.to('/registry/playbook')}>{t.open.all}</a>
            </p>
          </>
        }
      >
        <OpenTable v={v} name={name} rows={first} />
        {rest.length > 0 && (
          <details class="more-rows">
            <summary>{t.open.rest(rest.length)}</summary>
            <OpenTable v={v} name={name} rows={rest} />
          </details>
        )}
      </Section>
    </>
  )
}

const InForceHere: FC<{ v: View; row: TypeRow }> = ({ v, row }) => {
  const [shown] = row.here
  const count = row.here.filter(isInForce).length
  return shown === undefined ? (
    <></>
  ) : (
    <>
      <RecordLink v={v} rec={shown} />
      {count > 1 && <span class="muted"> {v.t.record.andMore(count - 1)}</span>}
      {shown.status !== 'in-effect' && (
        <div>
          <Status v={v} rec={shown} />
        </div>
      )}
      {row.isLocalOnly && <span class="note-line">{v.t.state.types.local}</span>}
    </>
  )
}

const OpenTable: FC<{ v: View; name: string; rows: readonly TypeRow[] }> = ({ v, name, rows }) => {
  const t = v.t.state
  return (
    <DataTable
      lang={v.lang}
      caption={t.open.caption(name)}
      phone="compact"
      rows={rows}
      columns={[
        {
          key: 'type',
          head: t.types.type,
          rowHead: true,
          cell: (row) => <RecordLink v={v} rec={row.type} />,
        },
        {
          key: 'tier',
          head: t.types.tier,
          cell: (row) => <TierChip lang={v.lang} tier={row.type.legal_tier} />,
        },
        { key: 'here', head: t.open.here, cell: (row) => <Here v={v} recs={row.here} /> },
        {
          key: 'elsewhere',
          head: t.open.elsewhere,
          cell: (row) => (
            <>
              {t.open.inForce(row.elsewhere.length)}
              {row.peers.length > 0 && <span class="note-line">{t.open.ofPeers(codes(row.peers))}</span>}
            </>
          ),
        },
        {
          key: 'prerequisite',
          head: t.open.prerequisite,
          cell: (row) => <span lang={inEnglish(v.lang)}>{row.type.prerequisites[0] ?? ''}</span>,
        },
      ]}
    />
  )
}

const Here: FC<{ v: View; recs: readonly Rec[] }> = ({ v, recs }) => {
  const [shown] = recs
  return shown === undefined ? (
    <span class="muted">{v.t.state.open.notHere}</span>
  ) : (
    <a
      class="chip-link"
      href={v.to(`/records/${shown.id}`)}
      aria-label={`${shown.title}: ${v.t.list.status}`}
    >
      <StatusChip lang={v.lang} kind={shown.kind} status={shown.status} />
    </a>
  )
}

const codes = (states: readonly StateRow[]): string => states.map((state) => state.usps).join(', ')

const Local: FC<Drawn> = ({ v, state }) => {
  const places = localPlaces(v.book, state.usps, v.lang)
  if (places.length === 0) return <></>
  const t = v.t.state.local
  const count = (id: string) =>
    [...v.book.records.values()].filter((rec) => rec.jurisdictions.some((own) => own === id)).length
  return (
    <Section id="local" title={t.title} rail={<p>{t.finding(places.length)}</p>}>
      <ul class="plain-list">
        {places.map((place) => (
          <li>
            <a href={v.to(place.path)}>{place.name}</a>{' '}
            <span class="muted">{t.records(count(place.id))}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const Files: FC<Drawn> = ({ v, state, code }) => {
  const t = v.t.state.files
  return (
    <Section
      id="files"
      title={t.title}
      rail={
        <>
          <p>{t.finding}</p>
          <p class="muted">{t.print}</p>
        </>
      }
    >
      <ul class="plain-list">
        <li>
          <a href={recordsFile(v, 'csv', { state: state.usps })}>{t.csv}</a>
        </li>
        <li>
          <a href={recordsFile(v, 'json', { state: state.usps })}>{t.json}</a>
        </li>
        <li>
          <a href={v.plain('/downloads')}>{t.dictionary}</a>
        </li>
        <li>
          <a href={`/feeds/states/${code}.atom`}>{t.feed}</a>
        </li>
        <li>
          {t.permanent}: <a href={v.to(`/states/${code}`)}>/states/{code}</a>
        </li>
      </ul>
      <AsOfForm v={v} action={v.plain(`/states/${code}`)} />
      <Under>{v.t.common.notAdvice}</Under>
    </Section>
  )
}

/** True when anything at all is recorded on the state. */
export const hasRecords = (v: View, state: StateRow): boolean =>
  [...v.book.records.values()].some((rec) => names(rec, state.usps))
