import type { Child, FC } from 'hono/jsx'
import {
  Chips,
  ConfidenceChip,
  InPageNav,
  type NavKey,
  PageHead,
  Section,
  StatusKey,
  TierChip,
} from '../../ui/index.ts'
import { Confidence, LegalTier, STATUSES } from '../schema.ts'
import { ACCESSIBILITY, METHOD, type Part } from './about-words.ts'
import { Frame } from './frame.tsx'
import type { View } from './view.ts'

/** How records are coded: one rule, with the signs that it sets. */
export const MethodPage: FC<{ v: View }> = ({ v }) => (
  <TextPage v={v} words={METHOD[v.lang]} current="method" nav signs={(part) => <Signs v={v} part={part} />} />
)

export const AccessibilityPage: FC<{ v: View }> = ({ v }) => <TextPage v={v} words={ACCESSIBILITY[v.lang]} />

const TextPage: FC<{
  v: View
  words: { readonly title: string; readonly lede: string; readonly parts: readonly Part[] }
  current?: NavKey
  nav?: boolean
  signs?: (part: Part) => Child
}> = ({ v, words, current, nav, signs }) => (
  <Frame v={v} title={words.title} description={words.lede} {...(current && { current })}>
    <PageHead title={words.title} lede={words.lede} />
    {nav && (
      <InPageNav
        lang={v.lang}
        links={words.parts.map((part) => ({ label: part.title, href: `#${part.id}` }))}
      />
    )}
    {words.parts.map((part) => (
      <Section id={part.id} title={part.title} rail={<p>{part.rail}</p>}>
        <div class="prose">
          {part.text.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </div>
        {signs?.(part)}
      </Section>
    ))}
  </Frame>
)

/** The signs beside the words that define them. */
const Signs: FC<{ v: View; part: Part }> = ({ v, part }) => {
  if (part.id === 'status')
    return (
      <>
        {(['measure', 'federal-action', 'lawsuit'] as const).map((kind) => (
          <StatusKey lang={v.lang} kind={kind} statuses={STATUSES[kind]} />
        ))}
      </>
    )
  if (part.id === 'tier')
    return (
      <Chips>
        {LegalTier.options.map((tier) => (
          <TierChip lang={v.lang} tier={tier} />
        ))}
      </Chips>
    )
  if (part.id === 'confidence')
    return (
      <Chips>
        {Confidence.options.map((confidence) => (
          <ConfidenceChip lang={v.lang} confidence={confidence} />
        ))}
      </Chips>
    )
  return <></>
}
