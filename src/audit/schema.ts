import { z } from 'zod'
import type { Instant, Json } from '../base/index.ts'
import type { EventKind } from './events.ts'

/** An event on its way into the log. Personal or sealed content never goes into the payload, only its hash. */
export interface NewEvent {
  readonly at: Instant
  /** Who did it: a person's or program's name as the door knows it, such as `operator` or `tenth start`. */
  readonly actor: string
  readonly kind: EventKind
  /** What it happened to: a record's id, a file's name, a key's id. */
  readonly subject: string
  readonly payload: Json
}

export const Sha256Hex = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'wanted: a SHA-256 as 64 small hexadecimal digits')

/** The envelope that is hashed into the tree: everything of an event but the payload, which its hash stands for. */
export const Envelope = z.strictObject({
  actor: z.string(),
  at: z.iso.datetime(),
  kind: z.string(),
  payload_hash: Sha256Hex,
  seq: z.int().nonnegative(),
  subject: z.string(),
})
export type Envelope = z.infer<typeof Envelope>

/** A stored event as it is shown and exported. */
export interface LoggedEvent extends Envelope {
  readonly payload: Json
  readonly leaf_hash: string
}

/** What a check of the log found wrong: in which event (where one can be named) and what. */
export interface Finding {
  readonly check: string
  readonly seq: bigint | null
  readonly detail: string
}

/** One line or name: no control characters, nothing that is not Unicode text. */
export const isPlainText = (text: string): boolean => text !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)
