import type { Command as Program } from 'commander'
import type { z } from 'zod'

/** Names the option or argument as it is typed, the value found and what is wanted. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  found: Readonly<Record<string, unknown>>,
  leaf: Program,
): string {
  const key = String(issue.path[0] ?? '')
  const option = leaf.options.find((o) => o.attributeName() === key)
  const name = option?.long ?? (key === '' ? '' : `<${key}>`)
  const value = found[key]
  const shown = value === undefined ? 'nothing' : JSON.stringify(value)
  return name === '' ? issue.message : `${name}: found ${shown}; ${issue.message}`
}
