const GONE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'])

/**
 * Whether a failed query failed because the database is not there, for now: it was stopped, killed or is starting.
 * SQLSTATE class 08: connection; 57P01 to 57P05: shut down, crashed, not yet up; 53300: no connection free.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && (GONE.has(code) || /^(08...|57P0[1-5]|53300)$/.test(code))) return true
  return (
    typeof message === 'string' &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|not queryable/.test(
      message,
    )
  )
}
