import { err, ok, type Result } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { leafText } from './envelope.ts'
import { loadVerifier } from './keys.ts'
import { type PublishError, publish } from './publish.ts'
import type { LoggedEvent } from './schema.ts'
import { loadCheckpoints, loadEvent, loadHead, loadRoot, loadRoots } from './store.ts'
import { consistencyRanges, type Hash, inclusionRanges } from './tree.ts'

export type ProveError =
  | PublishError
  | { readonly code: 'unknown_event'; readonly seq: number; readonly size: number }
  | { readonly code: 'no_checkpoint'; readonly size: number }
  | { readonly code: 'size_out_of_range'; readonly asked: number; readonly size: number }

/** All that a stranger needs to check one event without this software. Hashes are in hexadecimal. */
export interface EventProof {
  readonly event: LoggedEvent
  /** The bytes of the leaf, as text in UTF-8. */
  readonly leaf: string
  readonly leaf_hash: string
  readonly index: number
  readonly tree_size: number
  /** From the leaf's sibling up to the root's child. */
  readonly audit_path: readonly string[]
  readonly root: string
  /** The signed note of this size; null if no head of this size was ever signed. */
  readonly checkpoint: string | null
  /** The public key that signs heads of this size; null before the first key. */
  readonly vkey: string | null
}

const hex = (hash: Hash) => Buffer.from(hash).toString('hex')

/** @param size of the tree to prove in; without it, the signed head of now */
export async function prove(
  shell: Shell,
  seq: number,
  size?: number,
): Promise<Result<EventProof, ProveError>> {
  const sized = await sizeToProve(shell, size)
  if (!sized.ok) return sized
  const tree_size = sized.value
  const event = await loadEvent(shell.db, seq)
  if (event === undefined) return err({ code: 'unknown_event', seq, size: (await loadHead(shell.db)).size })
  if (tree_size <= seq) return err({ code: 'size_out_of_range', asked: tree_size, size: tree_size })
  const [path, root, [checkpoint], verifier] = await Promise.all([
    loadRoots(shell.db, inclusionRanges(seq, tree_size)),
    loadRoot(shell.db, tree_size),
    loadCheckpoints(shell.db, { size: tree_size }),
    loadVerifier(shell.db, tree_size),
  ])
  return ok({
    event,
    leaf: leafText(event),
    leaf_hash: event.leaf_hash,
    index: seq,
    tree_size,
    audit_path: path.map(hex),
    root: hex(root),
    checkpoint: checkpoint?.note ?? null,
    vkey: verifier?.vkey ?? null,
  })
}

async function sizeToProve(shell: Shell, size: number | undefined): Promise<Result<number, ProveError>> {
  if (size === undefined) {
    const head = await publish(shell)
    return head.ok ? ok(head.value.size) : head
  }
  const head = await loadHead(shell.db)
  return size <= head.size ? ok(size) : err({ code: 'size_out_of_range', asked: size, size: head.size })
}

/** Proof that the first `from` events of the first `to` are unchanged. */
export interface HeadProof {
  readonly from: number
  readonly to: number
  readonly from_root: string
  readonly to_root: string
  readonly path: readonly string[]
  readonly from_checkpoint: string | null
  readonly to_checkpoint: string | null
  /** The keys that sign heads of these sizes: they differ where the key was replaced in between. */
  readonly from_vkey: string | null
  readonly to_vkey: string | null
}

/** @param to without it, the signed head of now */
export async function proveConsistency(
  shell: Shell,
  from: number,
  to?: number,
): Promise<Result<HeadProof, ProveError>> {
  const sized = await sizeToProve(shell, to)
  if (!sized.ok) return sized
  if (from > sized.value) return err({ code: 'size_out_of_range', asked: from, size: sized.value })
  const [path, fromRoot, toRoot, [older], [newer], olderKey, newerKey] = await Promise.all([
    loadRoots(shell.db, consistencyRanges(from, sized.value)),
    loadRoot(shell.db, from),
    loadRoot(shell.db, sized.value),
    loadCheckpoints(shell.db, { size: from }),
    loadCheckpoints(shell.db, { size: sized.value }),
    loadVerifier(shell.db, from),
    loadVerifier(shell.db, sized.value),
  ])
  return ok({
    from,
    to: sized.value,
    from_root: hex(fromRoot),
    to_root: hex(toRoot),
    path: path.map(hex),
    from_checkpoint: older?.note ?? null,
    to_checkpoint: newer?.note ?? null,
    from_vkey: olderKey?.vkey ?? null,
    to_vkey: newerKey?.vkey ?? null,
  })
}

/** On which side each hash of the audit path is joined, from the leaf up. */
export const sidesOf = ({ index, tree_size }: EventProof): readonly ('left' | 'right')[] =>
  inclusionRanges(index, tree_size).map((range) => (range.to <= index ? 'left' : 'right'))

/** The same proof in the format of C2SP tlog-proof, for tools that read it. */
export const tlogProof = (proof: EventProof): string =>
  [
    'c2sp.org/tlog-proof@v1',
    `index ${proof.index}`,
    ...proof.audit_path.map((hash) => Buffer.from(hash, 'hex').toString('base64')),
    '',
    proof.checkpoint ?? '',
  ].join('\n')
