import { expect, test } from 'vitest'
import { dictionary } from './dictionary.ts'

const HEAD = `# Fields of the registry

Made from the schemas in \`src/registry/schema.ts\` (\`npx vitest run src/registry/dictionary.test.ts -u\` writes it anew).
A date is as precise as its source: \`2025\`, \`2025-10\` or \`2025-10-15\`, in quotes.
`

test('docs/data/registry.md lists every field as the schemas have it', async () => {
  const rows = dictionary()
  const kinds = [...new Set(rows.map((row) => row.kind))]
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')
  const tables = kinds.map((kind) => {
    const fields = rows
      .filter((row) => row.kind === kind)
      .map(({ field, type, unit, required, values, meaning }) => {
        const allowed = values === undefined ? '' : `: ${values.map((value) => `\`${value}\``).join(', ')}`
        const kindOf = `${type}${unit === undefined ? '' : ` (${unit})`}${required ? ', required' : ''}`
        return `| \`${field}\` | ${kindOf} | ${cell(meaning)}${allowed} |`
      })
    return `## ${kind}\n\n| field | type | meaning |\n|---|---|---|\n${fields.join('\n')}\n`
  })
  await expect([HEAD, ...tables].join('\n')).toMatchFileSnapshot('../../docs/data/registry.md')
})
