import { err, ok, type Result } from '../base/index.ts'
import type { Hash } from './tree.ts'

/** A tree head as C2SP tlog-checkpoint writes it; the text is then signed as a note. */
export interface Checkpoint {
  /** Which log this is; the same as the name of the key that signs. */
  readonly origin: string
  readonly size: number
  readonly root: Hash
}

export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

export interface CheckpointError {
  readonly code: 'checkpoint_malformed'
  readonly detail: string
}

/** Reads the text of a checkpoint; extension lines are not ours, and refused. */
export function readCheckpoint(text: string): Result<Checkpoint, CheckpointError> {
  const malformed = (detail: string) => err({ code: 'checkpoint_malformed', detail } as const)
  const [origin = '', size = '', encoded = '', end, ...more] = text.split('\n')
  if (end !== '' || more.length > 0) return malformed('wanted: three lines (origin, tree size, root hash)')
  if (origin === '') return malformed('the first line, the origin, is empty')
  if (!/^(0|[1-9]\d{0,15})$/.test(size)) return malformed(`the tree size is not a decimal number: ${size}`)
  const root = Buffer.from(encoded, 'base64')
  if (root.length !== 32 || root.toString('base64') !== encoded)
    return malformed('the root hash is not 32 bytes in base64')
  return ok({ origin, size: Number(size), root })
}
