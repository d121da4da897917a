import { badParameters, type problem } from '../../base/index.ts'

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Refuses a request for its parameters or its body, every fault named. */
export const badRequest = (issues: readonly Issue[]): Response =>
  problemAnswer(
    badParameters(
      issues.map(({ path, message }) => ({
        parameter: path.join('.') || 'body',
        found: '',
        wanted: message.replace(/^wanted: /, ''),
      })),
    ),
  )

/** What an operation answers before it begins, where the document's own schema is not met. */
export const BY_SCHEMA = {
  defaultHook: (
    result:
      | { readonly success: true }
      | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } },
  ) => (result.success ? undefined : badRequest(result.error.issues)),
}

export const problemAnswer = (what: ReturnType<typeof problem>): Response =>
  new Response(JSON.stringify(what), {
    status: what.status,
    headers: { 'content-type': 'application/problem+json' },
  })
