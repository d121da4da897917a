import { z } from 'zod'
import { EVENT_KINDS } from './events.ts'

/** `docs/audit-events.md`, made from the list of kinds; a test holds the file equal to it. */
export function eventsPage(): string {
  const kinds = Object.entries(EVENT_KINDS).map(([kind, { en, es, payload }]) =>
    [`## \`${kind}\``, '', `- ${en}`, `- ${es}`, '', ...payloadTable(payload)].join('\n'),
  )
  return [
    '# Events of the audit log',
    '',
    'Made from `src/audit/events.ts`: `npx vitest run src/audit/events -u` writes it anew. Each kind, the sentence',
    'that tells it to a person (English and Spanish), and what its payload holds. In a sentence, `{subject}` is',
    'what it happened to, and other braces are fields of the payload. `docs/audit.md` says how to check the log.',
    '',
    ...kinds,
    '',
  ].join('\n')
}

/** Rows of the payload's JSON Schema, so that this page and the check of a payload cannot differ. */
function payloadTable(payload: z.ZodType): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(payload)
  const rows = Object.entries(properties).map(([name, schema]) => {
    const { description = '', type, enum: codes } = schema as Exclude<typeof schema, boolean>
    const values = codes ? codes.map((code) => `\`${code}\``).join(' or ') : type
    return `| \`${name}\` | ${values} | ${required.includes(name) ? 'always' : 'where known'} | ${description} |`
  })
  return ['| field | type | stands | meaning |', '|---|---|---|---|', ...rows, '']
}
