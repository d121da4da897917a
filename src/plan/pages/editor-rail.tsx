import type { FC } from 'hono/jsx'
import { ConditionChip, formatDate, stateName, TierChip } from '../../ui/index.ts'
import { monthText } from '../agenda/calendar.ts'
import { alike, type RailLine, type RailMeasure } from '../editor/rail.ts'
import { missingText } from '../results/missing-words.ts'
import type { EditorView } from './editor-fields.tsx'
import { English, Link } from './parts.tsx'

/** Beside the form: what must come first, who must act, and what the model knows of the members. */
export const EditorRail: FC<{ v: EditorView; status: string }> = ({ v, status }) => (
  <aside class="editor-rail" aria-label={v.w.rail.title}>
    <p class="live" role="status" data-live-status="">
      {status}
    </p>
    <div id="rail-body">
      <RailBody v={v} />
    </div>
  </aside>
)

const RailBody: FC<{ v: EditorView }> = ({ v }) => {
  const { w, rail, a } = v
  return (
    <>
      <h2>{w.rail.title}</h2>
      {rail.measures.length === 0 && <p class="muted">{w.rail.nothing}</p>}
      {rail.measures.map((measure) => (
        <First v={v} measure={measure} />
      ))}
      {rail.measures.length > 0 && rail.no_timetable !== undefined && (
        <p class="hint">{w.rail.noTimetable[rail.no_timetable]}</p>
      )}
      {rail.offices.length > 0 && (
        <>
          <h2>{w.rail.who}</h2>
          <p>
            <English a={a}>{rail.offices.join(', ')}.</English>
          </p>
        </>
      )}
      {rail.places.length > 0 && (
        <>
          <h2>{w.rail.inputs}</h2>
          <Inputs v={v} />
        </>
      )}
      <p class="hint">
        {w.rail.lead} {w.rail.advice}
      </p>
    </>
  )
}

const First: FC<{ v: EditorView; measure: RailMeasure }> = ({
  v,
  measure: { type, lines, in_force, last },
}) => {
  const { w, a } = v
  const late = last ? last.months_early : 0
  return (
    <div class="rail-measure">
      <h3>
        <Link a={a} to={`/records/${type.id}`} english>
          {type.title}
        </Link>
      </h3>
      <TierChip lang={a.lang} tier={type.legal_tier} />
      {in_force.length > 0 && <p>{w.rail.inForce(in_force.join(', '))}</p>}
      {lines.length > 0 && (
        <ul class="rail-lines">
          {lines.map((line) => (
            <Line v={v} line={line} />
          ))}
        </ul>
      )}
      {last && lines.length > 0 && (
        <p class={late > 0 ? 'late' : undefined}>
          {late > 0
            ? w.rail.soon(late, formatDate(monthText(last.ready), a.lang))
            : w.rail.fits(formatDate(monthText(last.ready), a.lang))}
          {v.rail.places.length > 1 && ` ${w.rail.last(stateName(last.usps, a.lang))}`}
        </p>
      )}
    </div>
  )
}

const Line: FC<{ v: EditorView; line: RailLine }> = ({
  v: { w, a, rail },
  line: { line, office, met, open },
}) => (
  <li>
    <English a={a}>{line}</English>
    <span class="note-line">
      {open.length === 0 ? (
        <ConditionChip lang={a.lang} condition={{ stands: 'met' }} word={w.rail.met} />
      ) : met.length === 0 ? (
        w.rail.noneRecorded(rail.places.length)
      ) : (
        w.rail.part(open.join(', '))
      )}
      {' · '}
      <English a={a}>{office}</English>
    </span>
  </li>
)

const Inputs: FC<{ v: EditorView }> = ({ v: { w, a, rail } }) => (
  <ul class="plain-list">
    {alike(rail.places).map((places) => {
      const names = places.map(({ usps }) => stateName(usps, a.lang)).join(', ')
      const missing = places[0]?.missing ?? []
      const symbols = (places[0]?.assumed ?? []).map((symbol) => w.rail.symbols[symbol] ?? symbol)
      return (
        <li>
          {missing.length === 0 ? (
            w.rail.inputsAll(names)
          ) : (
            <span class="late">{w.rail.inputsMissing(names, missingText(missing, a.lang))}</span>
          )}
          {symbols.length > 0 && <span class="note-line">{w.rail.assumed(symbols.join(', '))}</span>}
        </li>
      )
    })}
  </ul>
)
