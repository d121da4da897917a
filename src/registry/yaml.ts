import { Document, visit } from 'yaml'
import { isEdtf } from '../base/index.ts'
import type { Rec } from './schema.ts'

/** A record as the files write it: dates and years in quotes, so that no reader takes them for numbers. */
function recordYaml(rec: Rec): string {
  const doc = new Document([rec])
  visit(doc, {
    Scalar: (key, node) => {
      if (key !== 'key' && typeof node.value === 'string' && isEdtf(node.value)) node.type = 'QUOTE_SINGLE'
    },
  })
  return doc.toString({ lineWidth: 110, singleQuote: true })
}

export const recordsYaml = (records: readonly Rec[], heading: string): string =>
  `# ${heading}\n\n${records.length === 0 ? '[]\n' : records.map(recordYaml).join('\n')}`
