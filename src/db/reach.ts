import pg from 'pg'
import { err, ok, type Result } from '../base/index.ts'
import { describeUrl } from './connect.ts'

/** Why a database cannot be used; `where` never holds the password. */
export type ReachError =
  | { readonly code: 'database_url_malformed' }
  | { readonly code: 'database_unreachable'; readonly where: string; readonly reason: string }
  | { readonly code: 'database_refused'; readonly where: string; readonly reason: string }
  | { readonly code: 'database_missing'; readonly where: string }
  | { readonly code: 'postgres_too_old'; readonly where: string; readonly found: string }

const OLDEST = 150_000

/** Connects once and asks for the version. @returns the server's version in words, such as 18.4 */
export async function reach(url: string): Promise<Result<string, ReachError>> {
  if (!isDatabaseUrl(url)) return err({ code: 'database_url_malformed' })
  const where = describeUrl(url)
  try {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ number: number; words: string }>(
        `select current_setting('server_version_num')::int as number, current_setting('server_version') as words`,
      )
      const { number, words } = rows[0] ?? { number: 0, words: 'unknown' }
      return number < OLDEST ? err({ code: 'postgres_too_old', where, found: words }) : ok(words)
    } finally {
      await client.end().catch(() => {})
    }
  } catch (error) {
    return err(reachError(where, error))
  }
}

/** SQLSTATE 3D000: no such database; any other SQLSTATE: the server answered, and said no. */
function reachError(where: string, error: unknown): ReachError {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === '3D000') return { code: 'database_missing', where }
  const reason = message || code || 'no reason given'
  return { code: /^[0-9A-Z]{5}$/.test(code) ? 'database_refused' : 'database_unreachable', where, reason }
}

function isDatabaseUrl(url: string): boolean {
  try {
    return ['postgres:', 'postgresql:'].includes(new URL(url).protocol)
  } catch {
    return false
  }
}
