import { canonicalJson } from '../base/index.ts'
import { readCheckpoint } from './checkpoint.ts'
import { leafText } from './envelope.ts'
import { openNote, readVerifier, type VerifierKey } from './note.ts'
import type { Finding } from './schema.ts'
import { hasher, sha256 } from './sha256.ts'
import type { StoredCheckpoint, StoredEvent } from './store.ts'
import { addLeaf, type Hash, joinSubtrees } from './tree.ts'

/** A signed head that the log must agree with, and where it came from. */
export interface WantedHead {
  readonly from: 'table' | 'file'
  readonly checkpoint: Pick<StoredCheckpoint, 'size' | 'root' | 'note'>
}

/**
 * Follows the log event by event and reports what does not hold. Each stored hash is checked against its
 * parts as stored, so that one wrong byte is named once and not again in everything above it.
 */
export class LogCheck {
  size = 0
  private readonly peaks: Hash[] = []
  /** After a gap the tree cannot be followed; events are still checked one by one. */
  private isWhole = true
  private key: VerifierKey | undefined
  private lastAgreed = 0

  private readonly heads: ReadonlyMap<number, readonly WantedHead[]>
  private readonly report: (finding: Finding) => void

  constructor(heads: ReadonlyMap<number, readonly WantedHead[]>, report: (finding: Finding) => void) {
    this.heads = heads
    this.report = report
    this.checkHeads()
  }

  get root(): Hash | undefined {
    return this.isWhole ? joinSubtrees(hasher, this.peaks) : undefined
  }

  add(row: StoredEvent): void {
    const seq = Number(row.seq)
    if (seq !== this.size) this.skipTo(seq)
    this.checkPayload(row)
    this.checkLeaf(row, seq)
    if (this.isWhole) this.checkSubtrees(row, seq)
    this.size = seq + 1
    if (row.kind.startsWith('audit.key.')) this.checkKey(row)
    this.checkHeads()
  }

  /** Signed heads that lie beyond the end: what they covered is gone. */
  end(): void {
    for (const [size, heads] of this.heads)
      if (size > this.size)
        for (const { from } of heads)
          this.found(
            'checkpoint',
            this.size,
            `cut off: ${where(from)} signed ${size} events, the log holds ${this.size}`,
          )
  }

  private found(check: string, seq: number, detail: string): void {
    this.report({ check, seq: BigInt(seq), detail })
  }

  private skipTo(seq: number): void {
    const gap =
      seq - this.size === 1
        ? `event ${this.size} is missing`
        : `events ${this.size} to ${seq - 1} are missing`
    this.found('sequence', this.size, gap)
    this.isWhole = false
  }

  private checkPayload({ seq, payload, payload_hash }: StoredEvent): void {
    if (!sha256(payload).equals(payload_hash))
      this.found('payload', Number(seq), 'the payload does not have the hash that was logged')
    else if (!isCanonical(payload))
      this.found('payload', Number(seq), 'the payload is not canonical JSON (RFC 8785)')
  }

  private checkLeaf(row: StoredEvent, seq: number): void {
    const { actor, at, kind, subject } = row
    const text = leafText({ actor, at, kind, subject, seq, payload_hash: row.payload_hash.toString('hex') })
    if (!row.leaf_hash.equals(hasher.leaf(Buffer.from(text))))
      this.found('leaf', seq, 'number, time, actor, kind, subject or payload hash is not what was logged')
  }

  private checkSubtrees(row: StoredEvent, seq: number): void {
    const completed = addLeaf(hasher, this.peaks, seq, row.leaf_hash)
    const stored = row.subtrees
    if (stored.equals(Buffer.concat(completed))) return
    this.found('tree', seq, 'a node of the tree above this event is not what its leaves make')
    // Going on with the stored nodes keeps one damage from being named again; they are the right length here.
    if (stored.length === completed.length * 32 && completed.length > 0)
      this.peaks[this.peaks.length - 1] = stored.subarray(-32)
  }

  private checkHeads(): void {
    for (const { from, checkpoint } of this.heads.get(this.size) ?? []) {
      const detail = this.disagreement(checkpoint)
      if (detail === undefined) this.lastAgreed = this.size
      else this.found('checkpoint', this.lastAgreed, `${where(from)} of ${this.size} events: ${detail}`)
    }
  }

  private disagreement({ size, root, note }: WantedHead['checkpoint']): string | undefined {
    if (this.key === undefined) return 'the log names no key that could have signed it'
    const opened = openNote(note, [this.key])
    if (!opened.ok) return `it is not signed by the key of its time, ${this.key.vkey}`
    const read = readCheckpoint(opened.value)
    if (!read.ok) return read.error.detail
    const { value } = read
    if (value.origin !== this.key.name || value.size !== size || !Buffer.from(value.root).equals(root))
      return 'its note says another origin, size or root than its row'
    const own = this.root
    if (own === undefined) return undefined
    if (Buffer.from(own).equals(value.root)) return undefined
    return `an event from ${this.lastAgreed} to ${size - 1} is not the one that was signed`
  }

  private checkKey(row: StoredEvent): void {
    const detail = this.followKey(row)
    if (detail !== undefined) this.found('key', Number(row.seq), detail)
  }

  private followKey({ kind, payload }: StoredEvent): string | undefined {
    const { vkey, old_vkey, note } = parseKeyEvent(payload)
    const next = readVerifier(vkey)
    if (!next.ok) return 'the event names a key that cannot be read'
    const old = this.key
    this.key = next.value
    if (kind === 'audit.key.created')
      return old === undefined ? undefined : 'a first key, where the log has one'
    if (old === undefined || old_vkey !== old.vkey)
      return 'the event replaces a key that the log did not have'
    const signers = kind === 'audit.key.rotated' ? [old, next.value] : [next.value]
    const opened = openNote(note, signers)
    if (!opened.ok) return 'the change of key is not signed by the keys that must sign it'
    return opened.value.includes(`${old.vkey}\n${vkey}\n`) ? undefined : 'the signed change names other keys'
  }
}

const where = (from: WantedHead['from']) =>
  from === 'table' ? 'the published checkpoint' : 'the checkpoint that you gave'

function isCanonical(payload: string): boolean {
  try {
    return canonicalJson(JSON.parse(payload)) === payload
  } catch {
    return false
  }
}

function parseKeyEvent(payload: string): { vkey: string; old_vkey: string; note: string } {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  try {
    const { vkey, old_vkey, note } = JSON.parse(payload)
    return { vkey: text(vkey), old_vkey: text(old_vkey), note: text(note) }
  } catch {
    return { vkey: '', old_vkey: '', note: '' }
  }
}
