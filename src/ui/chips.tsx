import type { FC, PropsWithChildren } from 'hono/jsx'
import type { Lang } from './lang.ts'
import { type Confidence, ConfidenceBars, Square, type Tier, TierCircle } from './signs.tsx'
import { type RecordKind, statusOf } from './status.ts'
import { label } from './words.ts'

/** Status: a square whose fill says how much has force now, and the word. `small`: a local measure only. */
export const StatusChip: FC<{ lang: Lang; kind: RecordKind; status: string; small?: boolean }> = (props) => {
  const { sign, word } = statusOf(props.kind, props.status, props.lang)
  return (
    <span class="chip">
      <Square sign={sign} small={props.small} />
      {word}
    </span>
  )
}

/** Legal tier: a circle and the word. */
export const TierChip: FC<{ lang: Lang; tier: Tier }> = ({ lang, tier }) => (
  <span class="chip">
    <TierCircle tier={tier} />
    {label(lang, 'tier', tier)}
  </span>
)

/** Confidence: three bars and the word. */
export const ConfidenceChip: FC<{ lang: Lang; confidence: Confidence }> = ({ lang, confidence }) => (
  <span class="chip light">
    <ConfidenceBars confidence={confidence} />
    {label(lang, 'confidence', confidence)}
  </span>
)

export type Condition =
  | { readonly stands: 'met' | 'missing' }
  | { readonly stands: 'part'; readonly have: number; readonly want: number }

/** A condition of a trust or a prerequisite: check, cross, or part of a circle with "2 of 3". */
export const ConditionChip: FC<{ lang: Lang; condition: Condition; word?: string }> = ({
  lang,
  condition,
  word,
}) => (
  <span class={condition.stands === 'met' ? 'chip' : 'chip lacking'}>
    <svg class="sign" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {condition.stands === 'met' && (
        <path d="m2 8.5 4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.5" />
      )}
      {condition.stands === 'missing' && (
        <path d="m3.5 3.5 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="2.5" />
      )}
      {condition.stands === 'part' && (
        <>
          <circle cx="8" cy="8" r="6" fill="#fff" stroke="currentColor" stroke-width="2" />
          <path d={slice(condition.have / condition.want)} fill="currentColor" />
        </>
      )}
    </svg>
    {word ??
      (condition.stands === 'part'
        ? `${condition.have} ${lang === 'en' ? 'of' : 'de'} ${condition.want}`
        : label(lang, 'condition', condition.stands))}
  </span>
)

/** A part of a disc of radius 6 around (8, 8), clockwise from the top. */
function slice(share: number): string {
  const angle = 2 * Math.PI * Math.min(Math.max(share, 0), 0.999)
  const [x, y] = [8 + 6 * Math.sin(angle), 8 - 6 * Math.cos(angle)]
  return `M8 8V2a6 6 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`
}

/** Chips side by side, wrapping. */
export const Chips: FC<PropsWithChildren> = ({ children }) => <div class="chips">{children}</div>

/**
 * The doubt marker, set in the line beside the figure or field it belongs to: "?" and two to four words.
 * @param id   unique on the page
 * @param note what is not certain and why; opens on the marker. Without a note the marker is plain text.
 */
export const Doubt: FC<PropsWithChildren<{ id: string; note?: string; noteLang?: Lang }>> = (props) =>
  props.note === undefined ? (
    <span class="doubt">
      <b aria-hidden="true">?</b> {props.children}
    </span>
  ) : (
    <>
      <button type="button" class="doubt" popovertarget={props.id}>
        <b aria-hidden="true">?</b> {props.children}
      </button>
      <span id={props.id} popover="auto" class="pop note" lang={props.noteLang}>
        {props.note}
      </span>
    </>
  )
