import { assert, err, ok, type Result } from '../base/index.ts'
import type { Db, Shell } from '../db/index.ts'
import { checkpointText } from './checkpoint.ts'
import { type KeyError, loadVerifier, openSigner } from './keys.ts'
import { signNote } from './note.ts'
import { isConsistent } from './proof.ts'
import { hasher } from './sha256.ts'
import {
  type Head,
  insertCheckpoint,
  loadCheckpoints,
  loadHead,
  loadRoots,
  type StoredCheckpoint,
} from './store.ts'
import { consistencyRanges } from './tree.ts'

export type PublishError =
  | KeyError
  /** Events that were signed for are no longer there. */
  | { readonly code: 'log_shorter'; readonly size: number; readonly signed: number }
  /** The log no longer begins with what was signed. */
  | { readonly code: 'log_forked'; readonly size: number; readonly signed: number }

/**
 * The signed head of the log: the last one if nothing was logged since, or a new one, signed now and kept.
 * Nothing is signed that does not extend the last head (C2SP tlog-checkpoint, "Signatures").
 */
export async function publish(shell: Shell): Promise<Result<StoredCheckpoint, PublishError>> {
  const [last] = await loadCheckpoints(shell.db, { limit: 1 })
  if (last !== undefined) {
    const now = await loadHead(shell.db)
    const extended = await extendsLast(shell.db, last, now)
    if (!extended.ok) return extended
    if (last.size === now.size) return ok(last)
  }
  const signer = await openSigner(shell)
  if (!signer.ok) return signer
  // Read again: opening may have logged the key's own event.
  const head = await loadHead(shell.db)
  const named = await loadVerifier(shell.db, head.size)
  // The key was replaced while this was under way.
  if (named?.vkey !== signer.value.vkey) return publish(shell)
  const note = signNote(checkpointText({ origin: signer.value.name, ...head }), [signer.value])
  await insertCheckpoint(shell.db, { ...head, note, at: shell.now() }, signer.value.id)
  const [kept] = await loadCheckpoints(shell.db, { size: head.size })
  assert(kept, 'a checkpoint that was kept is found')
  return ok(kept)
}

async function extendsLast(db: Db, last: Head, head: Head): Promise<Result<true, PublishError>> {
  const sizes = { size: head.size, signed: last.size }
  if (head.size < last.size) return err({ code: 'log_shorter', ...sizes })
  const path = await loadRoots(db, consistencyRanges(last.size, head.size))
  const proof = { from: last.size, to: head.size, path }
  return isConsistent(hasher, proof, last.root, head.root) ? ok(true) : err({ code: 'log_forked', ...sizes })
}
