import { z } from 'zod'
import { type Grant, type Instant, ROLES, type Usps, UspsCode } from '../base/index.ts'

/** How a person proved who they are; a session keeps it. */
export const METHODS = [
  'invite',
  'password',
  'password+code',
  'password+backup-code',
  'passkey',
  'provider',
] as const
export type Method = (typeof METHODS)[number]

/** How sign-in is set up by the operator. */
export interface AccessSettings {
  /** Where people reach the workbench, `https://tenth.example`. Without it, only the machine itself signs in. */
  readonly origin?: string | undefined
  /** Where this server listens, for links when `origin` is not given. */
  readonly listensAt?: string | undefined
  /** The file of the key, where it is not `access.key` in the data folder. */
  readonly keyFile?: string | undefined
  readonly provider?: ProviderSettings | undefined
}

/** The operator's own OpenID provider. */
export interface ProviderSettings {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Whether the operator says that the provider asks for a second factor; only then its sessions have duties. */
  readonly hasSecondFactor: boolean
}

export type PersonState = 'invited' | 'active' | 'closed'

export interface HeldGrant extends Grant {
  readonly id: string
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly state: PersonState
  readonly ways: Ways
  readonly grants: readonly HeldGrant[]
}

/** How a person can sign in. */
export interface Ways {
  readonly password: boolean
  readonly code: boolean
  readonly passkeys: number
  readonly provider: boolean
}

export interface OwnSession {
  readonly id: string
  readonly method: Method
  readonly user_agent: string
  readonly created_at: Instant
  readonly seen_at: Instant
}

export interface OwnPasskey {
  readonly id: string
  readonly name: string
  readonly created_at: Instant
}

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'wanted: something')
    .max(most, `wanted: at most ${most} characters`)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text), 'wanted: one line of text')

export const PersonName = line(120)
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'wanted: at most 254 characters')
  .pipe(z.email('wanted: an address such as name@agency.example'))
export const RoleName = z.enum(ROLES, `wanted: one of ${ROLES.join(', ')}`)
export const Jurisdiction = z
  .string()
  .trim()
  .transform((text) => (text.toLowerCase() === 'all' ? 'all' : text.toUpperCase()))
  .refine(
    (text): text is Usps | 'all' => text === 'all' || UspsCode.safeParse(text).success,
    'wanted: the postal code of a state, DC or a territory, such as CO, or all',
  )
export const Office = z
  .string()
  .trim()
  .regex(/^[a-z0-9-]{1,60}$/, 'wanted: small letters, figures and hyphens, such as comptroller')

export const GrantInput = z.object({
  role: RoleName,
  jurisdiction: Jurisdiction,
  office: z.preprocess((text) => (text === '' ? undefined : text), Office.optional()),
})
export type GrantInput = z.infer<typeof GrantInput>

export const InviteInput = z.object({ name: PersonName, email: Email })
