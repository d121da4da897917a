import type { Child, FC } from 'hono/jsx'
import { NATION, stateOfDivision } from '../../base/index.ts'
import {
  BothSides,
  ConfidenceChip,
  DataTable,
  EventList,
  formatDate,
  KeyValue,
  label,
  Note,
  PageHead,
  Section,
  Square,
  statusOf,
  TierChip,
} from '../../ui/index.ts'
import { RELATIONS } from '../relations.ts'
import type { Rec, RecOf, RelationType } from '../schema.ts'
import { differences, type Version } from '../versions.ts'
import { chainOf } from '../views/chain.ts'
import { doubtsOf, isDoubted } from '../views/doubts.ts'
import { fieldName, instrumentName, momentName } from '../views/labels.ts'
import { leadingMoment, momentsOf } from '../views/moments.ts'
import { othersOf } from '../views/others.ts'
import { placeOf } from '../views/places.ts'
import { readingsOf } from '../views/readings.ts'
import { typesOf } from '../views/state.ts'
import { AllianceSections } from './alliance.tsx'
import { ChainView } from './chain.tsx'
import { DoctrineSections } from './doctrine-map.tsx'
import { recordFile } from './files.ts'
import { AsOfForm, Frame } from './frame.tsx'
import { listPath } from './links.ts'
import {
  amountText,
  DoubtOf,
  inEnglish,
  Joined,
  Own,
  PlaceLinks,
  placesOf,
  RecordLink,
  Status,
  signOf,
  statusWord,
  Where,
} from './parts.tsx'
import { PlaybookSections } from './playbook.tsx'
import type { View } from './view.ts'

interface RecordPageProps {
  readonly v: View
  readonly rec: Rec
  readonly version: Version
  /** All versions, oldest first. */
  readonly history: readonly Version[]
}

export const RecordPage: FC<RecordPageProps> = (p) => {
  const { v, rec } = p
  const [first] = placesOf(v, rec)
  const kinds = label(v.lang, 'kinds', rec.kind)
  const isEverywhere = rec.jurisdictions.includes(NATION) && rec.jurisdictions.length === 1
  return (
    <Frame
      v={v}
      title={rec.title}
      current="registry"
      description={rec.summary}
      crumbs={[
        { label: v.t.list.crumb, path: '/registry' },
        { label: kinds, path: listPath(rec.kind) },
        ...(first === undefined || isEverywhere ? [] : [{ label: first.name, path: first.path }]),
      ]}
    >
      <PageHead
        eyebrow={
          <Joined
            items={[
              label(v.lang, 'kind', rec.kind),
              isEverywhere ? '' : <Where v={v} rec={rec} most={2} />,
              label(v.lang, 'area', rec.policy_area),
            ]}
          />
        }
        title={<Own v={v}>{rec.title}</Own>}
        lede={<Own v={v}>{rec.summary}</Own>}
        chips={<HeadChips v={v} rec={rec} />}
        meta={<Meta {...p} />}
      />
      <Banners {...p} />
      <ChainSection v={v} rec={rec} />
      <TheRecord v={v} rec={rec} />
      {rec.kind === 'alliance' && <AllianceSections v={v} alliance={rec} />}
      {rec.kind === 'doctrine' && <DoctrineSections v={v} doctrine={rec} />}
      {rec.kind === 'playbook-type' && <PlaybookSections v={v} type={rec} />}
      <Readings v={v} rec={rec} />
      <Others v={v} rec={rec} />
      <Sources v={v} rec={rec} />
      <History {...p} />
    </Frame>
  )
}

const HeadChips: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const tier =
    rec.kind === 'playbook-type'
      ? rec.legal_tier
      : rec.kind === 'measure'
        ? typesOf(v.book, rec)[0]?.legal_tier
        : undefined
  return (
    <>
      {rec.kind !== 'playbook-type' && <Status v={v} rec={rec} />}
      {tier !== undefined && <TierChip lang={v.lang} tier={tier} />}
      <ConfidenceChip lang={v.lang} confidence={rec.confidence} />
    </>
  )
}

const Meta: FC<RecordPageProps> = ({ v, rec, version }) => (
  <Joined
    items={[
      v.t.record.version(version.version),
      <a href="#history">{v.t.record.history}</a>,
      <a href={v.plain(`/records/${rec.id}`)}>{v.t.record.permanent}</a>,
      <a href={recordFile(rec.id)}>{v.t.common.json}</a>,
      <a href={v.plain('/corrections#how')}>{v.t.record.report}</a>,
    ]}
  />
)

const Banners: FC<RecordPageProps> = ({ v, rec, version, history }) => {
  const newest = history.at(-1)?.version ?? version.version
  return (
    <>
      {version.version < newest && (
        <Note title={v.t.record.oldVersion(version.version, newest)}>
          <a href={v.plain(`/records/${rec.id}`)}>{v.t.record.newest}</a>
        </Note>
      )}
      {rec.withdrawn !== undefined && (
        <Note>{v.t.record.withdrawn(formatDate(rec.withdrawn.on, v.lang), rec.withdrawn.why)}</Note>
      )}
    </>
  )
}

const ChainSection: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const links = chainOf(v.book, rec)
  if (links.length < 2) return <></>
  return (
    <Section
      id="chain"
      title={v.t.record.chain}
      rail={
        <>
          <p>{v.t.record.chainRail}</p>
          <p>
            <a href={v.to(`/records/${rec.id}/chain`)}>{v.t.record.chainList}</a>
          </p>
        </>
      }
    >
      <ChainView v={v} rec={rec} links={links} />
    </Section>
  )
}

const TheRecord: FC<{ v: View; rec: Rec }> = ({ v, rec }) => (
  <Section id="record" title={v.t.record.the} rail={<p>{v.t.record.theRail}</p>}>
    <KeyValue rows={fieldsOf(v, rec)} />
  </Section>
)

interface FieldRow {
  readonly key: Child
  readonly value: Child
}

/** Every field of the record that is no heading, list of steps or source, in the order of the schema. */
function fieldsOf(v: View, rec: Rec): readonly FieldRow[] {
  const row = (field: string, value: Child): FieldRow => ({
    key: fieldName(field, v.lang),
    value: (
      <>
        {value}
        {isDoubted(rec, field) && (
          <>
            {' '}
            <DoubtOf v={v} rec={rec} field={field} at="f" />
          </>
        )}
      </>
    ),
  })
  const text = (field: string, words: string | undefined) =>
    words === undefined ? [] : [row(field, <Own v={v}>{words}</Own>)]
  return [
    ...(rec.kind === 'playbook-type'
      ? [row('legal_tier', <TierChip lang={v.lang} tier={rec.legal_tier} />)]
      : [row('status', <Status v={v} rec={rec} asOf />)]),
    row('jurisdictions', <PlaceLinks v={v} places={placesOf(v, rec)} />),
    row(
      'policy_area',
      <a href={v.to(listPath(rec.kind), { area: rec.policy_area })}>
        {label(v.lang, 'area', rec.policy_area)}
      </a>,
    ),
    ...momentsOf(rec).map(({ name, date }) => row(`dates.${name}`, formatDate(date, v.lang))),
    ...ownFields(v, rec, row, text),
    ...relationRows(v, rec),
    ...text('note', rec.note),
    row('confidence', label(v.lang, 'confidenceShort', rec.confidence)),
    row('id', <code>{rec.id}</code>),
  ]
}

function ownFields(
  v: View,
  rec: Rec,
  row: (field: string, value: Child) => FieldRow,
  text: (field: string, words: string | undefined) => readonly FieldRow[],
): readonly FieldRow[] {
  switch (rec.kind) {
    case 'measure':
      return [
        row('instrument', instrumentName(rec.instrument, v.lang)),
        ...text('citation', rec.citation),
        row('stance', label(v.lang, 'stance', rec.stance)),
        row('adopted_by_party', `${label(v.lang, 'party', rec.adopted_by_party)} (${v.t.record.coded})`),
      ]
    case 'federal-action':
      return [
        ...text('agency', rec.agency),
        row('action_type', label(v.lang, 'action', rec.action_type)),
        ...(rec.amount_usd === undefined ? [] : [row('amount_usd', amountWords(v, rec))]),
        ...text('targets', rec.targets.join('; ')),
      ]
    case 'lawsuit':
      return lawsuitFields(v, rec, row, text)
    case 'alliance':
      return [
        ...text('instrument', rec.instrument),
        ...text('purpose', rec.purpose),
        ...text('functions', rec.functions.join('; ')),
        ...text('governance', rec.governance),
        ...text('membership_note', rec.membership_note),
      ]
    case 'doctrine':
      return [
        ...text('citation', rec.citation),
        row('doctrine_kind', label(v.lang, 'authority', rec.doctrine_kind)),
      ]
    case 'playbook-type':
      return [row('stance', label(v.lang, 'stance', rec.stance))]
  }
}

const amountWords = (v: View, rec: RecOf<'federal-action'>): string => {
  const amount = amountText(rec.amount_usd ?? 0, v.lang)
  const isShared = rec.jurisdictions.length > 1 || rec.jurisdictions.includes(NATION)
  return isShared ? `${amount} ${v.t.record.allNamed}; ${v.t.record.noShare}` : amount
}

function lawsuitFields(
  v: View,
  rec: RecOf<'lawsuit'>,
  row: (field: string, value: Child) => FieldRow,
  text: (field: string, words: string | undefined) => readonly FieldRow[],
): readonly FieldRow[] {
  const parties = (ids: readonly Parameters<typeof placeOf>[1][]) => (
    <PlaceLinks v={v} places={ids.map((id) => placeOf(v.book, id, v.lang))} />
  )
  return [
    row(
      'dockets',
      <ul class="plain-list">
        {rec.dockets.map((docket) => (
          <li lang={inEnglish(v.lang)}>{[docket.court, docket.number].filter(Boolean).join(', ')}</li>
        ))}
      </ul>,
    ),
    row(
      'plaintiffs',
      rec.plaintiffs.length === 0 ? (rec.plaintiff_note ?? v.t.common.none) : parties(rec.plaintiffs),
    ),
    ...(rec.plaintiffs.length === 0 ? [] : text('plaintiff_note', rec.plaintiff_note)),
    ...(rec.defendants === undefined ? [] : [row('defendants', parties(rec.defendants))]),
    ...text('outcome', rec.outcome),
    ...(rec.tracker_status === undefined
      ? []
      : [
          row(
            'tracker_status',
            <Own v={v}>
              {rec.tracker_status.status}{' '}
              <span class="muted">
                ({rec.tracker_status.tracker}, {formatDate(rec.tracker_status.as_of, v.lang)})
              </span>
            </Own>,
          ),
        ]),
  ]
}

/** Relations that have a section of their own: a playbook type's and a doctrine's many precedents. */
const isOwnSection = (rec: Rec, type: RelationType, side: 'from' | 'to'): boolean =>
  side === 'to' &&
  ((rec.kind === 'doctrine' && (type === 'relies-on' || type === 'limited-by')) ||
    (rec.kind === 'playbook-type' && type === 'is-a'))

const MOST_RELATED = 12

/** Each relation once, from whichever end this record stands at. */
function relationRows(v: View, rec: Rec): readonly FieldRow[] {
  const rows: FieldRow[] = []
  for (const side of ['from', 'to'] as const) {
    const relations = side === 'from' ? v.book.relationsFrom(rec.id) : v.book.relationsTo(rec.id)
    for (const type of Object.keys(RELATIONS) as RelationType[]) {
      if (isOwnSection(rec, type, side)) continue
      const others = relations
        .filter((relation) => relation.type === type)
        .flatMap((relation) => v.book.records.get(side === 'from' ? relation.to : relation.from) ?? [])
      if (others.length > 0)
        rows.push({ key: RELATIONS[type][v.lang][side], value: <RelatedLinks v={v} recs={others} /> })
    }
  }
  return rows
}

const RelatedLinks: FC<{ v: View; recs: readonly Rec[] }> = ({ v, recs }) => (
  <>
    <Joined
      items={recs.slice(0, MOST_RELATED).map((other) => (
        <>
          <RecordLink v={v} rec={other} />
          {other.kind === 'doctrine' &&
            leadingMoment(other) !== undefined &&
            ` (${leadingMoment(other)?.date.slice(0, 4)})`}
          {other.kind === 'playbook-type' && (
            <>
              {' '}
              <TierChip lang={v.lang} tier={other.legal_tier} />
            </>
          )}
        </>
      ))}
    />
    {recs.length > MOST_RELATED && (
      <span class="muted"> {v.t.record.andMore(recs.length - MOST_RELATED)}</span>
    )}
  </>
)

const Readings: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const readings = readingsOf(v.book, rec)
  if (readings === undefined) return <></>
  const t = v.t.record
  return (
    <Section id="readings" title={t.readings} rail={<p>{t.readingsRail}</p>}>
      <BothSides
        first={{
          title: t.for,
          text: <Side v={v} docs={readings.for} also={readings.alsoFor} none={t.noneFor} />,
        }}
        second={{
          title: t.against,
          text: <Side v={v} docs={readings.against} also={readings.alsoAgainst} none={t.noneAgainst} />,
        }}
      />
    </Section>
  )
}

const Side: FC<{
  v: View
  docs: readonly RecOf<'doctrine'>[]
  also: readonly RecOf<'doctrine'>[]
  none: string
}> = (p) => {
  const { v, docs, also, none } = p
  if (docs.length === 0) return <span class="muted">{none}</span>
  return (
    <>
      {docs.map((doc) => (
        <span class="reading">
          <Own v={v}>{doc.summary}</Own> (<RecordLink v={v} rec={doc} />){' '}
        </span>
      ))}
      {also.length > 0 && (
        <span class="note-line">
          {v.t.record.also}: <Joined items={also.map((doc) => <RecordLink v={v} rec={doc} />)} />
        </span>
      )}
    </>
  )
}

const MOST_OTHERS = 30

const Others: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
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

const Sources: FC<{ v: View; rec: Rec }> = ({ v, rec }) => {
  const t = v.t.record
  const linked = [
    ...v.book.relationsFrom(rec.id).map(({ to }) => to),
    ...v.book.relationsTo(rec.id).map(({ from }) => from),
  ]
  const doubted = new Set(linked.filter((id) => (v.book.records.get(id)?.unverified_fields?.length ?? 0) > 0))
    .size
  const fields = doubtsOf(rec).map((field) => fieldName(field, v.lang).toLowerCase())
  return (
    <Section id="sources" title={t.know} rail={<p>{t.knowRail}</p>}>
      <DataTable
        lang={v.lang}
        caption={t.know}
        rows={rec.sources}
        columns={[
          {
            key: 'source',
            head: t.source,
            rowHead: true,
            cell: (source) => (
              <>
                <a href={source.url} rel="external" lang={inEnglish(v.lang)}>
                  {source.publisher}
                </a>
                <span class="note-line host">{hostOf(source.url)}</span>
              </>
            ),
          },
          {
            key: 'published',
            head: t.published,
            nowrap: true,
            cell: (source) =>
              source.date === undefined ? (
                <span class="muted">{t.undated}</span>
              ) : (
                formatDate(source.date, v.lang)
              ),
          },
        ]}
      />
      <Note title={t.doubts}>
        {fields.length === 0 ? t.noDoubts : t.doubtsHere(fields.join(', '))}{' '}
        {doubted > 0 && t.doubtsLinked(doubted)} <a href={v.plain('/corrections#how')}>{t.addSource}</a>
      </Note>
    </Section>
  )
}

/** The name of the site, as people know it. */
const hostOf = (url: string): string =>
  URL.parse?.(url)?.hostname.replace(/^www\./, '') ?? new URL(url).hostname.replace(/^www\./, '')

const History: FC<RecordPageProps> = ({ v, rec, version, history }) => {
  const t = v.t.record
  const versions = [...history].reverse().map((entry) => {
    const before = history.find((other) => other.version === entry.version - 1)
    return {
      when: formatDate(entry.recorded_at.slice(0, 10), v.lang),
      title:
        before === undefined
          ? t.firstLoad(entry.rec.sources.length, statusWord(entry.rec, v.lang).toLowerCase())
          : changeWords(v, before, entry),
      note: (
        <>
          {t.recordedTime} ·{' '}
          {entry.version === version.version ? (
            t.versionNote(entry.version)
          ) : (
            <a href={v.plain(`/records/${rec.id}/v/${entry.version}`)}>{t.versionNote(entry.version)}</a>
          )}
          {entry.reason !== null && ` · ${entry.reason}`}
        </>
      ),
    }
  })
  const statusDate = rec.status_as_of
  const events = [
    ...momentsOf(rec).map(({ name, date }) => ({
      date: date as string,
      title: (t.event as Record<string, string>)[name] ?? momentName(name, v.lang),
    })),
    ...(rec.history ?? []).map((entry) => ({
      date: entry.from as string,
      title: `${statusOf(rec.kind, entry.status, v.lang).word}.`,
    })),
    ...(statusDate === undefined
      ? []
      : [
          {
            date: statusDate as string,
            title: t.statusKnown(statusWord(rec, v.lang).toLowerCase()),
            note: t.knownTime,
          },
        ]),
  ].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
  return (
    <Section
      id="history"
      title={t.historyTitle}
      rail={
        <>
          <p>{t.historyRail}</p>
          <AsOfForm v={v} action={v.plain(`/records/${rec.id}`)} />
        </>
      }
    >
      <EventList
        items={[
          ...versions,
          ...events.map((event) => ({
            when: formatDate(event.date, v.lang),
            title: event.title,
            note: 'note' in event ? event.note : t.validTime,
          })),
        ]}
      />
    </Section>
  )
}

const changeWords = (v: View, before: Version, after: Version): string =>
  v.t.record.changedTo(
    differences(before.rec, after.rec)
      .map(({ field }) => fieldName(field, v.lang).toLowerCase())
      .join(', '),
  )
