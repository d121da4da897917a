import type { Json } from '../../base/index.ts'
import { problem } from '../../base/index.ts'

/** Codes that only this room gives. */
export const TRUST_PROBLEMS = [
  {
    code: 'unknown_agreement',
    status: 404,
    title: 'No such agreement',
    advice: 'See /api/v1/trust/agreements.',
  },
  { code: 'unknown_book', status: 404, title: 'No such book', advice: 'See /api/v1/trust/books.' },
  {
    code: 'question_refused',
    status: 400,
    title: 'The question is not understood',
    advice: 'Give action, and where wanted member, class, amount_cents and on.',
  },
  {
    code: 'act_refused',
    status: 409,
    title: 'The act is refused; nothing moved',
    advice: '`reason` names why; docs/agreements.md lists the reasons.',
  },
] as const

const TITLES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(TRUST_PROBLEMS.map(({ code, title }) => [code, title])),
  sign_in_first: 'Sign in first',
  not_allowed: 'Not allowed',
  bad_request: 'Bad request',
}

export const refuse = (
  status: number,
  code: string,
  detail: string,
  extensions: Record<string, unknown> = {},
): Response =>
  Response.json(problem(status, code, TITLES[code] ?? code, detail, extensions), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  })

/** Every amount as a decimal string. */
export const plain = (value: unknown): Json =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))) as Json

interface BadInput {
  readonly success: false
  readonly error: {
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
  }
}

/** What an operation answers before it begins, where its own schema is not met. */
export const BY_SCHEMA = {
  defaultHook: (read: { readonly success: true } | BadInput) =>
    read.success
      ? undefined
      : refuse(
          400,
          'bad_request',
          read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
        ),
}
