/** RFC 9457 problem details: how every refusal of the API reads. `code` is stable; programs switch on it. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly [extension: string]: unknown
}

export const problem = (
  status: number,
  code: string,
  title: string,
  detail: string,
  extensions: Record<string, unknown> = {},
): Problem => ({ type: `/api/problems#${code}`, title, status, detail, code, ...extensions })

/** A parameter that cannot be used: its name, the value found (cut short) and what is wanted. */
export interface ParameterFault {
  readonly parameter: string
  readonly found: string
  readonly wanted: string
}

/** Refuses a request for its parameters. All stand in `errors`; the first also at the top, for who reads one only. */
export function badParameters(faults: readonly ParameterFault[]): Problem {
  const errors = faults.map(({ parameter, found, wanted }) => ({ parameter, found, wanted }))
  const detail = errors.map(
    ({ parameter, found, wanted }) =>
      `${parameter}: found ${found === '' ? 'nothing' : JSON.stringify(found)}; wanted: ${wanted}.`,
  )
  const title = 'A parameter is not what is wanted'
  return problem(400, 'bad_parameter', title, detail.join(' '), { ...errors[0], errors })
}
