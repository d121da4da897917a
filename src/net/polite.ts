import { err, ok, type Result } from '../base/index.ts'

export interface Call {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Given for a POST: sent as JSON. */
  readonly body?: unknown
  /** What is answered: JSON, or a file that is handed on as its bytes. */
  readonly as?: 'bytes'
}

/** The outside world of an importer, so that a test can hold it. */
export interface Outside {
  readonly fetch: typeof fetch
  readonly sleep: (ms: number) => Promise<void>
  /** Milliseconds, for spacing requests. */
  readonly now: () => number
}

export type FetchError =
  /** No answer at all: no network, no such host, connection cut. */
  | { readonly code: 'no_network'; readonly why: string }
  /** The service will not answer this, however often it is asked: a wrong key, a wrong question. */
  | { readonly code: 'refused'; readonly status: number; readonly why: string }
  | { readonly code: 'busy'; readonly status: number; readonly waitSeconds: number }
  | { readonly code: 'broken_answer'; readonly why: string }

const TRIES = 5
const FIRST_WAIT_MS = 1_000
/** A service that asks for a longer pause is left alone, and asked again by the operator. */
const LONGEST_WAIT_MS = 120_000
const TIMEOUT_MS = 60_000
const MOST_BYTES = 50_000_000

/**
 * A client that keeps to a service's pace: requests at least a minute divided by `perMinute` apart, a pause that the
 * service asks for (429 or 503 with Retry-After) obeyed, failures tried again after 1, 2, 4 and 8 seconds.
 */
export function politeClient(
  outside: Outside,
  base: string,
  perMinute: number,
  tell: (words: string) => void,
) {
  const apartMs = 60_000 / perMinute
  let last = Number.NEGATIVE_INFINITY
  return async (call: Call): Promise<Result<unknown, FetchError>> => {
    for (let attempt = 1; ; attempt++) {
      const early = last + apartMs - outside.now()
      if (early > 0) await outside.sleep(early)
      last = outside.now()
      const answer = await ask(outside.fetch, base, call)
      if (answer.ok || answer.error.code === 'refused') return answer
      const wait = waitOf(answer.error, attempt)
      if (attempt === TRIES || wait > LONGEST_WAIT_MS) return answer
      tell(
        `${describe(answer.error)}; trying again in ${Math.ceil(wait / 1000)} s (${attempt} of ${TRIES - 1})`,
      )
      await outside.sleep(wait)
    }
  }
}

const waitOf = (error: FetchError, attempt: number): number =>
  Math.max(error.code === 'busy' ? error.waitSeconds * 1000 : 0, FIRST_WAIT_MS * 2 ** (attempt - 1))

async function ask(send: typeof fetch, base: string, call: Call): Promise<Result<unknown, FetchError>> {
  const isPost = call.body !== undefined
  try {
    const response = await send(new URL(call.url, base), {
      method: isPost ? 'POST' : 'GET',
      headers: {
        Accept: call.as === 'bytes' ? '*/*' : 'application/json',
        'User-Agent': 'Tenth/0.1 (open workbench; import by an operator)',
        ...(isPost && { 'Content-Type': 'application/json' }),
        ...call.headers,
      },
      ...(isPost && { body: JSON.stringify(call.body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) return err(await refusalOf(response))
    // The Census Bureau answers so where it has no rows; asking again would not help.
    if (response.status === 204)
      return err({ code: 'refused', status: 204, why: 'it has nothing for this question' })
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length > MOST_BYTES) return err({ code: 'broken_answer', why: `${bytes.length} bytes` })
    return call.as === 'bytes' ? ok(bytes) : parse(new TextDecoder().decode(bytes))
  } catch (error) {
    return err({ code: 'no_network', why: reasonOf(error) })
  }
}

function parse(text: string): Result<unknown, FetchError> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return err({
      code: 'broken_answer',
      why: `no JSON: it begins "${text.slice(0, 60).replace(/\s+/g, ' ')}"`,
    })
  }
}

async function refusalOf(response: Response): Promise<FetchError> {
  const { status } = response
  const text = await response.text().catch(() => '')
  if (status === 429 || status >= 500)
    return {
      code: 'busy',
      status,
      waitSeconds: retryAfter(response.headers.get('Retry-After'), response.headers.get('Date')),
    }
  return { code: 'refused', status, why: text.slice(0, 200).replace(/\s+/g, ' ') }
}

/** Retry-After is seconds or a date (RFC 9110, section 10.2.3); the date is held against the service's own clock. */
export function retryAfter(value: string | null, serviceDate: string | null): number {
  if (value === null) return 0
  if (/^\d{1,9}$/.test(value.trim())) return Number(value)
  const [until, now] = [Date.parse(value), Date.parse(serviceDate ?? '')]
  return Number.isNaN(until) || Number.isNaN(now) ? 0 : Math.max(0, Math.ceil((until - now) / 1000))
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

export function describe(error: FetchError): string {
  switch (error.code) {
    case 'no_network':
      return `no answer (${error.why})`
    case 'refused':
      return `refused with status ${error.status}${error.why ? `: ${error.why}` : ''}`
    case 'busy':
      return `status ${error.status}${error.waitSeconds > 0 ? `, asks for ${error.waitSeconds} s of patience` : ''}`
    case 'broken_answer':
      return `an answer that cannot be read (${error.why})`
  }
}
