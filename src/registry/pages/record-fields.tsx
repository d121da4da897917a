import type { Child, FC } from 'hono/jsx'
import { NATION } from '../../base/index.ts'
import { formatDate, KeyValue, label, Section, TierChip } from '../../ui/index.ts'
import { RELATIONS } from '../relations.ts'
import type { Rec, RecOf, RelationType } from '../schema.ts'
import { isDoubted } from '../views/doubts.ts'
import { fieldName, instrumentName } from '../views/labels.ts'
import { leadingMoment, momentsOf } from '../views/moments.ts'
import { placeOf } from '../views/places.ts'
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
} from './parts.tsx'
import type { View } from './view.ts'

export const TheRecord: FC<{ v: View; rec: Rec }> = ({ v, rec }) => (
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
