import type { z } from 'zod'
import { err, ok, type Result } from '../base/index.ts'
import { usualTransfer } from './read-usual.ts'
import { Command } from './schema.ts'

/** Why a line is no command: the field, what it holds (cut short) and what is wanted. */
export interface LineFault {
  /** Empty when it is the line as a whole. */
  readonly field: string
  readonly found: string
  readonly wanted: string
}

const WANTED_OP = 'account, transfer or close'

/** Reads one line of JSON as a command. */
export function readLine(text: string): Result<Command, LineFault> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  const usual = usualTransfer(parsed.value)
  if (usual !== undefined) return ok(usual)
  const command = Command.safeParse(parsed.value)
  return command.success ? ok(command.data) : err(faultOf(command.error, parsed.value))
}

function parseJson(text: string): Result<object, LineFault> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value)
  } catch {
    // Named below: it is no object either.
  }
  return err({ field: '', found: short(text), wanted: 'one JSON object' })
}

function faultOf(error: z.ZodError, value: unknown): LineFault {
  const [issue] = error.issues
  if (issue === undefined) return { field: '', found: '', wanted: 'a command' }
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? ''
    return { field: key, found: shown(value, [key]), wanted: 'no such field' }
  }
  const field = issue.path.join('.')
  const wanted = field === 'op' ? WANTED_OP : issue.message.replace(/^wanted: /, '')
  return { field, found: shown(value, issue.path), wanted }
}

function shown(value: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = value
  for (const key of path) at = (at as Record<PropertyKey, unknown> | null)?.[key]
  return at === undefined ? 'nothing' : short(JSON.stringify(at))
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text)
