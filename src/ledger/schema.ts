import { z } from 'zod'
import { type Cents, cents, type IsoDate } from '../base/index.ts'

export const ID = /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,63}$/
const WANTED_ID = 'wanted: 1 to 64 letters, digits or . _ : @ / -, beginning with a letter or digit'

/** An account's id in its book. Ids are compared as they are written, letter for letter. */
export const AccountId = z.string(WANTED_ID).regex(ID, WANTED_ID).brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>

/**
 * A transfer's id, made by the client before it sends, and sent again unchanged with every retry. Make it from 128 bits
 * that nobody else makes: a UUID, best version 7 (RFC 9562), whose ids of one time lie together in the index.
 */
export const TransferId = z.string(WANTED_ID).regex(ID, WANTED_ID).brand<'TransferId'>()
export type TransferId = z.infer<typeof TransferId>

export const BookId = z.string(WANTED_ID).regex(ID, WANTED_ID).brand<'BookId'>()
export type BookId = z.infer<typeof BookId>

/** Simulated and operating money never share a book: which of them a book holds is said once, for ever. */
export const BOOK_KINDS = ['simulation', 'operating'] as const
export type BookKind = (typeof BOOK_KINDS)[number]

export const SIDES = ['debit', 'credit'] as const
export type Side = (typeof SIDES)[number]

/** What may not exceed what, open holds counted on the side that is bounded. */
export const LIMITS = ['debits<=credits', 'credits<=debits'] as const
export type Limit = (typeof LIMITS)[number]

/**
 * `posted` moves money; `pending` holds it; `post` moves a held amount, all or part, and ends the hold; `void` ends it
 * without moving; `expire` does so after its last day.
 */
export const KINDS = ['posted', 'pending', 'post', 'void', 'expire'] as const
export type Kind = (typeof KINDS)[number]

/** How a hold ended; it ends once. */
export const ENDINGS = ['post', 'void', 'expire'] as const
export type Ending = (typeof ENDINGS)[number]

const WANTED_CENTS = 'wanted: whole cents as a decimal string, such as "125000"'
/** As large as anyone writes; one that no balance can hold is refused by name, and does not end the file. */
const Amount = z.string(WANTED_CENTS).regex(/^-?\d{1,39}$/, WANTED_CENTS)
const WANTED_UPPER = `${WANTED_CENTS}, not negative`
const Upper = z.string(WANTED_UPPER).regex(/^\d{1,18}$/, WANTED_UPPER)

const line = (most: number) => {
  const wanted = `wanted: one line of 1 to ${most} characters`
  return z
    .string(wanted)
    .min(1, wanted)
    .max(most, wanted)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text), wanted)
}
const Code = line(64)
/** A document that the transfer rests on: a registry record's id, an evidence id, an address. */
const DocumentLink = z.string().regex(/^[\x21-\x7e]{1,300}$/, 'wanted: 1 to 300 characters without spaces')
const WANTED_DATE = 'wanted: a date as YYYY-MM-DD, from 1900 to 2099'
/** A business date. Other ledgers read no other centuries, and a slip of the finger goes there. */
const Day = z.iso
  .date(WANTED_DATE)
  .regex(/^(19|20)/, WANTED_DATE)
  .brand<'IsoDate'>()
const choice = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `wanted: ${values.join(', ')}`)

/* A line as it is sent: texts, and what is left out. It is read field by field, and made a command at once. */

const AccountLine = z.strictObject({
  op: z.literal('account'),
  id: AccountId,
  code: Code,
  normal: choice(SIDES),
  limit: choice(LIMITS).nullish(),
  upper: Upper.nullish(),
})

const CloseLine = z.strictObject({ op: z.literal('close'), id: AccountId })

const TransferLine = z.strictObject({
  op: z.literal('transfer'),
  id: TransferId,
  debit: AccountId,
  credit: AccountId,
  amount: Amount.nullish(),
  kind: choice(KINDS),
  pending: TransferId.nullish(),
  linked: z.boolean('wanted: true or false').nullish(),
  expires: Day.nullish(),
  date: Day,
  code: Code.nullish(),
  reverses: TransferId.nullish(),
  why: line(500).nullish(),
  documents: z.array(DocumentLink, 'wanted: a list of texts').max(20, 'wanted: at most 20').nullish(),
})

export interface AccountCommand {
  readonly op: 'account'
  readonly id: AccountId
  /** Its place in the chart of accounts. */
  readonly code: string
  readonly normal: Side
  readonly limit: Limit | null
  /** The largest balance on its normal side, holds counted. */
  readonly upper: Cents | null
}

/** Ends an account for good: it must stand at zero and hold nothing. */
export type CloseCommand = Readonly<z.infer<typeof CloseLine>>

export interface TransferCommand {
  readonly op: 'transfer'
  readonly id: TransferId
  readonly debit: AccountId
  readonly credit: AccountId
  /** May be left out of `post`, `void` and `expire`, where it is the amount held. */
  readonly amount: Cents | null
  readonly kind: Kind
  readonly pending: TransferId | null
  /** True when it stands or falls with the command after it. */
  readonly linked: boolean
  /** The last business date on which a hold can be posted or voided. */
  readonly expires: IsoDate | null
  readonly date: IsoDate
  readonly code: string | null
  readonly reverses: TransferId | null
  readonly why: string | null
  readonly documents: readonly string[]
}

export type Command = AccountCommand | CloseCommand | TransferCommand

export const Command = z
  .discriminatedUnion('op', [AccountLine, CloseLine, TransferLine])
  .transform((sent): Command => {
    switch (sent.op) {
      case 'account':
        return { ...sent, limit: sent.limit ?? null, upper: centsOrNull(sent.upper) }
      case 'close':
        return sent
      case 'transfer':
        return transferOf(sent)
    }
  })

export type SentTransfer = z.infer<typeof TransferLine>

export const transferOf = (sent: SentTransfer): TransferCommand => ({
  op: 'transfer',
  id: sent.id,
  debit: sent.debit,
  credit: sent.credit,
  amount: centsOrNull(sent.amount),
  kind: sent.kind,
  pending: sent.pending ?? null,
  linked: sent.linked ?? false,
  expires: sent.expires ?? null,
  date: sent.date,
  code: sent.code ?? null,
  reverses: sent.reverses ?? null,
  why: sent.why ?? null,
  documents: sent.documents ?? NONE,
})

const NONE: readonly string[] = []
const centsOrNull = (text: string | null | undefined): Cents | null =>
  text === null || text === undefined ? null : cents(BigInt(text))

/** Cents on each side, held and moved; none is ever negative. */
export interface Balances {
  readonly debitsPending: Cents
  readonly debitsPosted: Cents
  readonly creditsPending: Cents
  readonly creditsPosted: Cents
}

/** An account with its balances; a new value after each change. */
export interface Account extends Balances {
  readonly id: AccountId
  readonly code: string
  readonly normal: Side
  readonly limit: Limit | null
  readonly upper: Cents | null
  readonly closed: boolean
}

/** A transfer as it stands in the book. It is never changed and never deleted. */
export interface Transfer {
  readonly id: TransferId
  readonly debit: AccountId
  readonly credit: AccountId
  /** Above zero; of `void` and `expire`, the amount that was held. */
  readonly amount: Cents
  readonly kind: Kind
  readonly pending: TransferId | null
  /** The hold that a `post`, `void` or `expire` ends, in full, whatever part is posted. */
  readonly released: Cents | null
  readonly expires: IsoDate | null
  readonly date: IsoDate
  readonly code: string | null
  readonly reverses: TransferId | null
  readonly why: string | null
  readonly documents: readonly string[]
}

/** What the account holds on its normal side, open holds left out. */
export const balanceOf = (account: Balances & { readonly normal: Side }): Cents =>
  cents((account.debitsPosted - account.creditsPosted) * (account.normal === 'debit' ? 1n : -1n))
