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
