import { readFileSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import type { AccessSettings } from '../access/schema.ts'
import { err, ok, type Result } from '../base/index.ts'
import type { Trouble } from '../db/messages.ts'

/** What the operator says through the environment about serving. */
export interface ServerSettings {
  readonly port: number
  readonly host: string
  readonly limits: Limits
  /** Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. */
  readonly trustedProxies: BlockList
  readonly access: AccessSettings
}

export interface Limits {
  /** Requests a minute from one address: reads (GET, HEAD, OPTIONS) and writes (all others). */
  readonly readsPerMinute: number
  readonly writesPerMinute: number
  readonly urlCharacters: number
  readonly bodyBytes: number
  /** Compressed pages kept in memory. */
  readonly cacheBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  readsPerMinute: 60_000,
  writesPerMinute: 60,
  urlCharacters: 4_096,
  bodyBytes: 1_000_000,
  cacheBytes: 64_000_000,
}

const NUMBERS = {
  TENTH_RATE_READS: 'readsPerMinute',
  TENTH_RATE_WRITES: 'writesPerMinute',
  TENTH_MAX_BODY: 'bodyBytes',
  TENTH_CACHE_BYTES: 'cacheBytes',
} as const

export function serverSettings(env: NodeJS.ProcessEnv): Result<ServerSettings, Trouble> {
  const value = env.PORT?.trim() || '4810'
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN
  if (!(port <= 65535)) return err({ code: 'port_not_a_number', value })
  const limits: Record<string, number> = { ...DEFAULT_LIMITS }
  for (const [name, key] of Object.entries(NUMBERS)) {
    const given = env[name]?.trim()
    if (!given) continue
    if (!/^\d{1,12}$/.test(given))
      return err({ code: 'setting_wrong', name, value: given, wanted: 'a whole number of 0 or more' })
    limits[key] = Number(given)
  }
  const proxies = readProxies(env.TENTH_TRUSTED_PROXY ?? '')
  if (!proxies.ok) return proxies
  const access = accessSettings(env)
  if (!access.ok) return access
  return ok({
    port,
    host: env.HOST?.trim() || '127.0.0.1',
    access: { ...access.value, listensAt: `http://localhost:${port}` },
    limits: limits as unknown as Limits,
    trustedProxies: proxies.value,
  })
}

/** @param text addresses or CIDR ranges, by commas: `127.0.0.1, 10.0.0.0/8, ::1` */
function readProxies(text: string): Result<BlockList, Trouble> {
  const list = new BlockList()
  for (const item of text.split(',').map((part) => part.trim())) {
    if (item === '') continue
    const [address = '', bits] = item.split('/')
    const version = isIP(address)
    const longest = version === 4 ? 32 : 128
    const length = bits === undefined ? longest : Number(bits)
    if (version === 0 || !Number.isInteger(length) || length < 0 || length > longest)
      return err({
        code: 'setting_wrong',
        name: 'TENTH_TRUSTED_PROXY',
        value: item,
        wanted: 'addresses or ranges by commas, such as 127.0.0.1, 10.0.0.0/8',
      })
    list.addSubnet(address, length, version === 4 ? 'ipv4' : 'ipv6')
  }
  return ok(list)
}

const PROVIDER = ['TENTH_OIDC_ISSUER', 'TENTH_OIDC_CLIENT_ID', 'TENTH_OIDC_CLIENT_SECRET_FILE'] as const

function accessSettings(env: NodeJS.ProcessEnv): Result<AccessSettings, Trouble> {
  const given = (name: string) => env[name]?.trim() || undefined
  const wrong = (name: string, wanted: string) =>
    err({ code: 'setting_wrong' as const, name, value: given(name) ?? '', wanted })
  const origin = given('TENTH_ORIGIN')
  if (origin !== undefined && !isOrigin(origin))
    return wrong('TENTH_ORIGIN', 'https:// and a host, without a path, such as https://tenth.example')
  const keyFile = given('TENTH_ACCESS_KEY')
  const [issuer, clientId, secretFile] = PROVIDER.map(given)
  if (issuer === undefined && clientId === undefined && secretFile === undefined)
    return ok({ origin, keyFile })
  const missing = PROVIDER.find((name) => given(name) === undefined)
  if (!issuer || !clientId || !secretFile || missing)
    return wrong(missing ?? PROVIDER[0], `a value, since ${PROVIDER.join(', ')} go together`)
  if (!URL.canParse(issuer) || !(issuer.startsWith('https://') || isMachine(issuer)))
    return wrong('TENTH_OIDC_ISSUER', 'the https:// address of the OpenID provider')
  const clientSecret = readSecret(secretFile)
  if (clientSecret === undefined) return wrong('TENTH_OIDC_CLIENT_SECRET_FILE', 'a file that can be read')
  return ok({
    origin,
    keyFile,
    provider: {
      name: given('TENTH_OIDC_NAME') ?? new URL(issuer).host,
      issuer,
      clientId,
      clientSecret,
      hasSecondFactor: given('TENTH_OIDC_SECOND_FACTOR') === 'yes',
    },
  })
}

/** TLS everywhere but on the machine itself: a cookie that anyone on the way can read is nobody's. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && (text.startsWith('https://') || isMachine(text))

const isMachine = (text: string): boolean =>
  /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$)/.test(text)

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
