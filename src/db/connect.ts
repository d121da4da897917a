import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'

/** Queries are written as SQL with kysely's `sql` tag; rows leave a store through a schema. */
export type Db = Kysely<unknown>
export type Tx = Transaction<unknown>

const { builtins, getTypeParser } = pg.types
const PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString()],
])

/** bigint columns arrive as `bigint`, dates as YYYY-MM-DD, instants as ISO 8601 in UTC, numeric as text. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS.get(oid) ?? getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig

/**
 * @param url a PostgreSQL connection string (version 15 or later), or where to ask for it: each new connection
 *   does, since the embedded server may have come back on another port
 */
export function connect(url: string | (() => string), max = 10): { readonly db: Db; readonly pool: pg.Pool } {
  const current = typeof url === 'string' ? () => url : url
  class Client extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: current() })
      // A connection that ends in the middle of a transaction fails the next query; that is enough.
      this.on('error', () => {})
    }
  }
  const pool = new pg.Pool({
    Client,
    max,
    types,
    application_name: 'tenth',
    connectionTimeoutMillis: 10_000,
  })
  // An idle connection that the server drops is replaced at the next query; it must not end the process.
  pool.on('error', () => {})
  return { db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }), pool }
}

/** The address of a database without its password, for people and logs. */
export function describeUrl(url: string): string {
  try {
    const { hostname, port, pathname, username } = new URL(url)
    return `${username ? `${decodeURIComponent(username)}@` : ''}${hostname || 'localhost'}:${port || 5432}${pathname}`
  } catch {
    return 'an address that cannot be read'
  }
}
