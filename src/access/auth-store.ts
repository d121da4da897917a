import { passkey } from '@better-auth/passkey'
import { type BetterAuthPlugin, betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import { z } from 'zod'
import type { Shell } from '../db/index.ts'
import { PASSWORD_CHARACTERS } from './password-rule.ts'
import type { AccessSettings, Method, ProviderSettings } from './schema.ts'
import { hasSecondFactor, logFactor, logSignIn, mayHaveSessions, plainDb, useCode } from './session-store.ts'
import { acceptInvite } from './store.ts'

/** Below this path of ours better-auth has its own; only what src/access/pages passes on reaches it. */
export const AUTH_PATH = '/sign-in'
export const PROVIDER_ID = 'openid'

/** A session ends an hour after its last use (NIST SP 800-63B-4, 2.2.3); its use is noted every five minutes. */
const IDLE_SECONDS = 3_600
const NOTE_SECONDS = 300
/** New ways to sign in are added only so soon after signing in. */
const FRESH_SECONDS = 900

export type Auth = ReturnType<typeof makeAuth>

/** Where people reach the workbench. Without a given origin that is the machine itself. */
export const originOf = (settings: AccessSettings): string =>
  settings.origin ?? settings.listensAt ?? 'http://localhost:4810'

/** The host that passkeys belong to. An address of numbers can have none, so the machine itself is `localhost`. */
export const passkeyHostOf = (settings: AccessSettings): string =>
  settings.origin === undefined ? 'localhost' : new URL(settings.origin).hostname

/**
 * better-auth on our database. It keeps sessions, passwords, codes, passkeys and the provider's answers; who is
 * invited, what each may do and every page are ours.
 */
export function makeAuth(shell: Shell, settings: AccessSettings, secret: string) {
  const origin = originOf(settings)
  return betterAuth({
    appName: 'Tenth',
    baseURL: origin,
    basePath: AUTH_PATH,
    secret,
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins:
      settings.origin === undefined
        ? ['http://localhost:*', 'http://127.0.0.1:*', 'http://[::1]:*']
        : [settings.origin],
    database: { db: plainDb(shell.db), type: 'postgres', transaction: true },
    // Ours counts before any work is done (src/access/guard.ts).
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS.least,
      maxPasswordLength: PASSWORD_CHARACTERS.most * 4,
    },
    user: { modelName: 'access_user', fields: { emailVerified: 'email_verified', ...TIMES } },
    session: {
      modelName: 'access_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...TIMES,
      },
      additionalFields: { method: { type: 'string', required: true, input: false } },
      expiresIn: IDLE_SECONDS,
      updateAge: NOTE_SECONDS,
      freshAge: FRESH_SECONDS,
    },
    account: {
      modelName: 'access_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...TIMES,
      },
      encryptOAuthTokens: true,
      updateAccountOnSignIn: false,
      storeStateStrategy: 'cookie',
      // A person who is signed in says which account is theirs; an address alone links nothing.
      accountLinking: {
        enabled: true,
        disableImplicitLinking: true,
        allowDifferentEmails: true,
        trustedProviders: [PROVIDER_ID],
      },
    },
    verification: { modelName: 'access_verification', fields: { expiresAt: 'expires_at', ...TIMES } },
    advanced: {
      cookiePrefix: 'tenth',
      useSecureCookies: origin.startsWith('https:'),
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      account: {
        create: {
          before: async ({ userId, providerId }) =>
            logFactor(shell, userId, 'added', providerId === PROVIDER_ID ? 'provider' : 'password'),
        },
      },
      session: {
        create: {
          before: async (session, ctx) => ({ data: { ...session, ...(await admit(shell, session, ctx)) } }),
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: 'Tenth',
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'access_two_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      passkey(passkeyOptions(shell, settings)),
      invitations(shell),
      ...(settings.provider ? [openId(settings.provider)] : []),
    ],
  })
}

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

interface EndpointContext {
  readonly path?: string | undefined
  readonly body?: unknown
  readonly context?: { readonly session?: { readonly session: Readonly<Record<string, unknown>> } | null }
}

const METHOD_AT: Readonly<Record<string, Method>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'password+code',
  '/two-factor/verify-backup-code': 'password+backup-code',
  '/two-factor/disable': 'password',
  '/passkey/verify-authentication': 'passkey',
  '/callback/:id': 'provider',
  '/invite/accept': 'invite',
}

/** Before each session: whether the person may have one, and how they proved who they are. Logged before it is made. */
async function admit(
  shell: Shell,
  session: { readonly userId: string } & Readonly<Record<string, unknown>>,
  ctx: EndpointContext | null,
): Promise<{ readonly method: Method }> {
  const path = ctx?.path ?? ''
  const earlier = ctx?.context?.session?.session.method as Method | undefined
  const method = path === '/change-password' ? earlier : METHOD_AT[path]
  if (method === undefined || !(await mayHaveSessions(shell.db, session.userId)))
    throw new APIError('UNAUTHORIZED', { code: 'NOT_ADMITTED' })
  if (path === '/two-factor/verify-totp') {
    const { code } = z.object({ code: z.string() }).parse(ctx?.body)
    if (!(await useCode(shell.db, session.userId, code, shell.now())))
      throw new APIError('UNAUTHORIZED', { code: 'CODE_USED' })
  }
  // A password alone is half of signing in for who has a second factor; a session that is replaced is none.
  const isHalf = path === '/sign-in/email' && (await hasSecondFactor(shell.db, session.userId))
  if (!isHalf && earlier === undefined) await logSignIn(shell, session.userId, method)
  return { method }
}

const passkeyOptions = (shell: Shell, settings: AccessSettings): Parameters<typeof passkey>[0] => ({
  rpID: passkeyHostOf(settings),
  rpName: 'Tenth',
  origin: settings.origin ?? null,
  authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
  registration: {
    afterVerification: async ({ verification, user }) => {
      if (!verification.registrationInfo?.userVerified) throw notVerified()
      await logFactor(shell, user.id, 'added', 'passkey')
    },
  },
  authentication: {
    // better-auth asks for user verification but does not insist; without it a passkey is one factor, not two.
    afterVerification: ({ verification }) => {
      if (!verification.authenticationInfo.userVerified) throw notVerified()
    },
  },
  schema: {
    passkey: {
      modelName: 'access_passkey',
      fields: {
        publicKey: 'public_key',
        userId: 'user_id',
        credentialID: 'credential_id',
        deviceType: 'device_type',
        backedUp: 'backed_up',
        createdAt: 'created_at',
      },
    },
  },
})

const notVerified = () => new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })

/** Turns a one-time link into a session that can do one thing: add a way to sign in. */
const invitations = (shell: Shell) =>
  ({
    id: 'tenth-invitations',
    endpoints: {
      acceptInvite: createAuthEndpoint(
        '/invite/accept',
        { method: 'POST', body: z.object({ token: z.string().max(100) }) },
        async (ctx) => {
          const person = await acceptInvite(shell, ctx.body.token)
          const user = person && (await ctx.context.internalAdapter.findUserById(person))
          if (!user) throw new APIError('UNAUTHORIZED', { code: 'NO_INVITATION' })
          const session = await ctx.context.internalAdapter.createSession(user.id, false)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ ok: true })
        },
      ),
    },
  }) satisfies BetterAuthPlugin

const openId = (provider: ProviderSettings) =>
  genericOAuth({
    config: [
      {
        providerId: PROVIDER_ID,
        name: provider.name,
        discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        requireIdTokenVerification: true,
        disableSignUp: true,
        disableImplicitSignUp: true,
        disableProviderLogout: true,
      },
    ],
  })
