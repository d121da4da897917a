/** A refusal that the API can give: its stable code, its status, and what to do about it. */
export interface ProblemKind {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly advice: string
}

/** What any address of the API can answer. Rooms add their own where they are joined (`rooms.ts`). */
export const SERVER_PROBLEMS: readonly ProblemKind[] = [
  {
    code: 'url_not_text',
    status: 400,
    title: 'Address is not text',
    advice: 'Percent-encode the address as UTF-8. NUL (%00) is never allowed.',
  },
  {
    code: 'not_text',
    status: 400,
    title: 'Not text',
    advice: 'Take the characters out that are not text, such as NUL.',
  },
  {
    code: 'bad_request',
    status: 400,
    title: 'Bad request',
    advice: 'Read `detail`: it names the part that cannot be read.',
  },
  {
    code: 'bad_parameter',
    status: 400,
    title: 'A parameter is not what is wanted',
    advice: '`errors` names each parameter, what was found in it and what is wanted.',
  },
  { code: 'not_http', status: 400, title: 'Not HTTP', advice: 'Send a request as HTTP/1.1.' },
  {
    code: 'sign_in_first',
    status: 401,
    title: 'Sign in first',
    advice: 'This needs a right that a stranger does not have.',
  },
  {
    code: 'not_allowed',
    status: 403,
    title: 'Not allowed',
    advice: 'This needs a right that you do not have.',
  },
  { code: 'not_found', status: 404, title: 'Not found', advice: 'Look the address up at /api.' },
  {
    code: 'method_not_allowed',
    status: 405,
    title: 'Method not allowed',
    advice: 'Use a method that the Allow header names.',
  },
  {
    code: 'request_too_slow',
    status: 408,
    title: 'Request too slow',
    advice: 'Send the whole request within a minute, its headers within ten seconds.',
  },
  { code: 'body_too_large', status: 413, title: 'Request too large', advice: 'Send less at once.' },
  { code: 'url_too_long', status: 414, title: 'Address too long', advice: 'Use fewer or shorter filters.' },
  {
    code: 'media_type',
    status: 415,
    title: 'Media type not supported',
    advice: 'Send JSON, with Content-Type: application/json.',
  },
  {
    code: 'too_many_requests',
    status: 429,
    title: 'Too many requests',
    advice: 'Wait as many seconds as the Retry-After header says. For all records, take a download.',
  },
  {
    code: 'headers_too_large',
    status: 431,
    title: 'Headers too large',
    advice: 'Send less than 16 kB of headers.',
  },
  { code: 'internal_error', status: 500, title: 'Our mistake', advice: 'Nothing was half saved. Report it.' },
  { code: 'starting', status: 503, title: 'Starting', advice: 'Try again in a second.' },
  {
    code: 'database_away',
    status: 503,
    title: 'The database does not answer',
    advice: 'Try again in a few seconds. After a change, look first whether it is there.',
  },
  {
    code: 'disk_full',
    status: 503,
    title: 'The disk is full',
    advice: 'The operator must make room. Nothing saved before is lost.',
  },
  { code: 'took_too_long', status: 503, title: 'This took too long', advice: 'Narrow the question.' },
]
