import { err, ok, type Result } from '../../base/index.ts'

const LISTS: readonly string[] = ['jurisdictions', 'targets', 'plaintiffs', 'defendants']

/**
 * Reads `field=value` pairs: lists are joined by `|`, a value that begins with [ or { is JSON.
 * @returns on failure, the pair that cannot be read
 */
export function readSettings(pairs: readonly string[]): Result<Readonly<Record<string, unknown>>, string> {
  const settings: Record<string, unknown> = {}
  for (const pair of pairs) {
    const [, field, text] = /^([a-z_]+)=(.+)$/s.exec(pair) ?? []
    if (field === undefined || text === undefined || field === 'id' || field === 'kind') return err(pair)
    if (/^[[{]/.test(text)) {
      try {
        settings[field] = JSON.parse(text)
      } catch {
        return err(pair)
      }
    } else settings[field] = LISTS.includes(field) ? text.split('|').map((part) => part.trim()) : text
  }
  return ok(settings)
}
