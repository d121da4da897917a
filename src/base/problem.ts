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
