import { PARAMETER_NAMES } from '../../scenario/index.ts'
import type { Plan } from '../schema.ts'
import type { Brief, BriefInput } from './brief.ts'
import { inThree } from './scale.ts'
import type { BriefWords } from './words.ts'

/** One text: inputs with their years, assumptions and who is left out in the page's words, then sources in the plan's. */
export interface SourcesText {
  readonly text: string
  /** Where the words of the plan begin. */
  readonly planFrom: number
}

export function sourcesOf(brief: Brief, w: BriefWords): SourcesText {
  const { plan, inputs, replaced, left_out } = brief
  const own = [
    `${w.inputs} ${inputs.map((input) => inputText(input, w)).join('; ')}.`,
    replaced.length === 0
      ? w.assumptions(0, PARAMETER_NAMES.length)
      : `${w.assumptions(replaced.length, PARAMETER_NAMES.length)} ${replaced.join(', ')}.`,
    ...(left_out.length === 0 ? [] : [`${w.leftOut} ${left_out.map(({ usps }) => usps).join(', ')}.`]),
    w.sourcesAre,
  ].join(' ')
  return { text: `${own} ${plan.sources.map(sourceText).join('; ')}.`, planFrom: own.length }
}

function inputText(input: BriefInput, w: BriefWords): string {
  const name = w.input[input.symbol] ?? input.symbol
  const doubt = input.basis === 'figures' ? [] : [input.basis === 'estimate' ? w.estimate : w.assumption]
  const notes = [yearsText(input, w), ...doubt]
  return `${name} ${inThree(input.value / 1e9)} (${notes.join(', ')})`
}

function yearsText({ first_year, last_year }: BriefInput, w: BriefWords): string {
  if (first_year === undefined || last_year === undefined) return w.noYear
  return first_year === last_year ? String(last_year) : `${first_year}–${last_year}`
}

/** A record of the registry is found by its title. */
function sourceText({ title, publisher, url, record, date }: Plan['sources'][number]): string {
  if (record !== undefined) return title
  const address = url?.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  return [title, publisher, address, date].filter((part) => part !== undefined).join(', ')
}
