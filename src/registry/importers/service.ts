import type { IsoDate, Result, Usps } from '../../base/index.ts'
import type { Call } from '../../net/index.ts'
import type { Kind } from '../schema.ts'

/** What an operator asks a service for. */
export interface Question {
  readonly state?: Usps | undefined
  readonly since?: IsoDate | undefined
  readonly query?: string | undefined
}

/** A record as far as a service tells it. What a service cannot know stands in `needs` and is never guessed. */
export interface Draft {
  readonly id: string
  readonly kind: Kind
  readonly fields: Readonly<Record<string, unknown>>
  readonly needs: readonly string[]
}

export interface Page {
  readonly drafts: readonly Draft[]
  /** Entries left out, with the reason. */
  readonly skipped: readonly { readonly what: string; readonly why: string }[]
  /** Where the next page begins; null on the last. */
  readonly next: string | null
  /** Entries over all pages, where the service says so. */
  readonly total?: number | undefined
}

/** What a service's answer has that its documented shape has not. */
export interface ShapeFault {
  readonly path: string
  readonly wanted: string
}

export interface Service {
  readonly name: string
  readonly title: string
  readonly base: string
  /** Environment variable that holds the key; none where the service asks for none. */
  readonly keyVariable?: string
  /** Requests a minute that we allow ourselves, and where the figure is from. */
  readonly perMinute: number
  readonly limitSource: string
  /** What is missing in a question, in words; undefined when it can be asked. */
  readonly lacks: (question: Question) => string | undefined
  readonly call: (question: Question, cursor: string | null, key: string, today: IsoDate) => Call
  readonly read: (body: unknown, question: Question, cursor: string | null) => Result<Page, ShapeFault>
}

/** Lower-case letters, digits and single hyphens, as ids are made of. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

/** At most `most` characters, cut at a word, with an ellipsis where it was cut. */
export function shorten(text: string, most: number): string {
  const plain = text.replace(/\s+/g, ' ').trim()
  if (plain.length <= most) return plain
  return `${plain.slice(0, most - 1).replace(/\s+\S*$/, '')}…`
}
