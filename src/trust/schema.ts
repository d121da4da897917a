import { z } from 'zod'
import { Cents, IsoDate, UspsCode } from '../base/index.ts'

/** What may be done with money under an agreement. */
export const MONEY_ACTIONS = [
  'hold',
  'release-to-treasury',
  'return-to-depositor',
  'pay-member',
  'wind-up',
] as const
export const MoneyAction = z.enum(MONEY_ACTIONS)
export type MoneyAction = z.infer<typeof MoneyAction>

/** Acts that a person prepares and two others sign; a hold follows from the pay run and the conditions alone. */
export type SignedAction = Exclude<MoneyAction, 'hold'>

export const STATES_OF_AGREEMENT = ['in-force', 'suspended', 'winding-up', 'closed'] as const
export type AgreementState = (typeof STATES_OF_AGREEMENT)[number]

/** Money of a rehearsal and money of a law in force never share a book. */
export const BOOK_KINDS = ['simulation', 'operating'] as const
export type BookKind = (typeof BOOK_KINDS)[number]

const words = (wanted: string) => z.string(`wanted: ${wanted}`).min(1, `wanted: ${wanted}`)
const slug = (wanted: string) =>
  z.string(`wanted: ${wanted}`).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, `wanted: ${wanted}`)
const days = (wanted: string) =>
  z.int(`wanted: ${wanted}`).min(1, `wanted: ${wanted}`).max(366, `wanted: ${wanted}`)

/** An office as agreements name it: `comptroller`, or `tax-commissioner-ca` where each member has its own. */
export const Office = slug('an office in small letters, such as comptroller')

/** The law that turns a rehearsal into an operating trust. All three parts are on record before money is real. */
export const EnactedAuthority = z.strictObject({
  kind: z.literal('enacted', 'wanted: simulation or enacted'),
  citation: words('the citation of the enacted law'),
  effective: IsoDate.describe('first day on which the law is in effect'),
  opinion: z.strictObject({
    by: words('who gave the opinion of counsel'),
    date: IsoDate,
    title: words('the title of the opinion of counsel'),
  }),
})
export type EnactedAuthority = z.infer<typeof EnactedAuthority>
export const Authority = z.union([z.strictObject({ kind: z.literal('simulation') }), EnactedAuthority])
export type Authority = z.infer<typeof Authority>

/** What makes the daily run prepare something, and the words of an item's reason. */
export const CAUSES = [
  'ground-ended',
  'stay',
  'strike',
  'report-stale',
  'over-cap',
  'order-to-pay',
  'order-not-owed',
  'panel-release',
  'member-exit',
  'deposit-due',
  'wind-up',
  'asked',
] as const
export const Cause = z.enum(CAUSES)
export type Cause = z.infer<typeof Cause>

const Ordered = z.enum(
  ['release-to-treasury', 'return-to-depositor', 'keep'],
  'wanted: release-to-treasury, return-to-depositor or keep',
)
export type Ordered = z.infer<typeof Ordered>

/** Which of an employer's taxes a depositor class pays in: Form 941 lines 3, 5a–5d. */
export const TAXES = ['income-tax', 'employee-fica', 'employer-fica'] as const

export const AgreementDocument = z.strictObject({
  schema: z.literal(1, 'wanted: 1'),
  id: slug('a short name in small letters, such as ny-recourse'),
  title: words('a title'),
  title_es: words('the title in Spanish'),
  summary: words('two or three sentences'),
  summary_es: words('the summary in Spanish'),
  modelled_on: z.strictObject({
    name: words('the bill or law that it is modelled on'),
    year: z.int('wanted: a year'),
    status: words('what became of the bill, or that it is law'),
    status_as_of: words('the date of that status'),
    source: z.url('wanted: an address where the text or its summary can be read'),
    differs: words('in what this agreement differs from the bill'),
    differs_es: words('the same in Spanish'),
  }),
  members: z.array(UspsCode).min(1, 'wanted: at least one member'),
  depositor_classes: z
    .array(
      z.strictObject({
        id: slug('a short name, such as state-payroll'),
        what: words('who pays what into the trust'),
        what_es: words('the same in Spanish'),
        taxes: z.array(z.enum(TAXES, `wanted: one of ${TAXES.join(', ')}`)).min(1),
      }),
    )
    .min(1, 'wanted: at least one depositor class'),
  instrument: z.enum(['statute', 'compact'], 'wanted: statute or compact'),
  authority: Authority,
  share_per_mille: z
    .int('wanted: a whole number from 1 to 1000')
    .min(1, 'wanted: a whole number from 1 to 1000')
    .max(1000, 'wanted: a whole number from 1 to 1000')
    .describe('part of each deposit that is held, in thousandths; fractions of a cent go to the Treasury'),
  cap: z.union(
    [
      z.strictObject({ rule: z.literal('arrears') }),
      z.strictObject({ rule: z.literal('none') }),
      z.strictObject({ rule: z.literal('fixed'), cents: Cents }),
    ],
    'wanted: rule arrears, none, or fixed with cents',
  ),
  yield: z.strictObject({
    rule: z.enum(
      ['pooled', 'with-principal', 'to-treasury'],
      'wanted: pooled, with-principal or to-treasury',
    ),
    says: words('who gets what the money earns'),
    says_es: words('the same in Spanish'),
  }),
  exit: z.strictObject({
    notice_days: z.int().min(0).max(366),
    says: words('what happens when a member leaves'),
    says_es: words('the same in Spanish'),
  }),
  report: z
    .strictObject({ office: Office, stale_after_days: days('days after which the report is stale') })
    .optional(),
  retest: z
    .strictObject({ offices: z.array(Office).min(1), valid_days: days('days for which a sign-off holds') })
    .optional(),
  ordered: z
    .partialRecord(Cause, Ordered)
    .describe('what the law orders done with held money when something happens'),
  conditions: z.array(z.string()).min(1, 'wanted: at least one condition'),
})
export type AgreementDocument = z.infer<typeof AgreementDocument>

const Instant = z.iso.datetime()
const RecordId = slug('the id of a record of the registry')
const on = IsoDate.describe('the day on which it happened')
const source = words('the document: its name, number or address')

/**
 * What a decision may stand on, and nothing else: facts that someone recorded, each with its day and its document.
 * A later fact of the same matter replaces an earlier one from its day on; none is changed or deleted.
 */
export const Fact = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('federal-action'),
    on,
    record: RecordId,
    status: words('the status that the registry gives'),
    in_force: z.boolean(),
    unpaid_cents: Cents,
    source,
  }),
  z.strictObject({
    kind: z.literal('finding'),
    on,
    record: RecordId.describe('the lawsuit in the registry'),
    finding: z.enum(['contravenes', 'does-not-contravene', 'reversed', 'stayed', 'stay-lifted']),
    source,
  }),
  z.strictObject({
    kind: z.literal('report'),
    on,
    office: Office,
    arrears_cents: Cents,
    source,
  }),
  z.strictObject({
    kind: z.literal('order'),
    on,
    order: z.enum(['stay', 'stay-lifted', 'strike', 'pay-treasury', 'not-owed', 'freeze', 'freeze-lifted']),
    court: words('the court'),
    docket: words('the docket number'),
    member: UspsCode.optional(),
    source,
  }),
  z.strictObject({ kind: z.literal('sign-off'), on, office: Office, person: words('who signed'), source }),
  z.strictObject({
    kind: z.literal('panel'),
    on,
    act: z.enum(['finds-unconstitutional', 'withdraws-finding', 'releases']),
    cents: Cents.optional(),
    source,
  }),
  z.strictObject({ kind: z.literal('member-exit'), on, member: UspsCode, source }),
  z.strictObject({
    kind: z.literal('special-account-notice'),
    on,
    act: z.enum(['delivered', 'relieved']),
    source,
  }),
  z.strictObject({ kind: z.literal('earnings'), on, cents: Cents, source }),
  z.strictObject({ kind: z.literal('wind-up-decided'), on, source }),
])
export type Fact = z.infer<typeof Fact>
export type FactKind = Fact['kind']

/** Parts of a federal tax deposit as the Treasury asks for them. */
export const TaxPart = z.enum(['income_tax', 'social_security', 'medicare'])
export type TaxPart = z.infer<typeof TaxPart>

/** One deposit as it came into the trust: one tax of one depositor and payday. */
export const Deposit = z.strictObject({
  id: z.string().min(1),
  book: z.string().min(1),
  member: UspsCode,
  depositor_class: z.string(),
  /** Who paid it in, as the pay run names it. */
  agency: z.string().min(1),
  payday: IsoDate,
  tax: TaxPart,
  deposit_due: IsoDate.describe('day by which federal law wants it at the Treasury'),
  amount_cents: Cents,
  payroll_sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Deposit = z.infer<typeof Deposit>

/** One deposit that is held, and how much of it still is. */
export interface Holding {
  readonly id: string
  readonly member: string
  readonly depositor_class: string
  readonly payday: IsoDate
  /** Day by which federal law wants it at the Treasury. */
  readonly deposit_due: IsoDate
  readonly open_cents: bigint
}

/** What is proposed to be done with held money; its hash is what people sign. */
export const Item = z.strictObject({
  id: z.string().min(1),
  book: z.string().min(1),
  action: z.enum(['release-to-treasury', 'return-to-depositor', 'pay-member', 'wind-up']),
  member: UspsCode,
  amount_cents: Cents,
  holdings: z.array(z.strictObject({ id: z.string(), cents: Cents })),
  cause: Cause,
  prepared_on: IsoDate,
  prepared_by: z.string().min(1),
})
export type Item = z.infer<typeof Item>

export const Signature = z.strictObject({
  item_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  person: z.string().min(1),
  office: Office,
  at: Instant,
})
export type Signature = z.infer<typeof Signature>
