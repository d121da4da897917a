#!/usr/bin/env node
// Checks what Tenth's audit log hands out. It shares no code with Tenth and needs only Node:
//   node audit-verifier.mjs proof proof.json   a file from `tenth audit prove N --json` or /api/v1/audit/events/N/proof
//   node audit-verifier.mjs heads heads.json   a file from `tenth audit consistency FROM --json` or /api/v1/audit/consistency
//   node audit-verifier.mjs log   log.jsonl    a file from `tenth audit export` or /api/v1/audit/events.jsonl
// It prints what it found and exits 0, or says what does not hold and exits 1.
import crypto from 'node:crypto'
import fs from 'node:fs'

function fail(why) {
  process.stderr.write('NOT VERIFIED: ' + why + '\n')
  process.exit(1)
}

function H(...parts) {
  const h = crypto.createHash('sha256')
  for (const p of parts) h.update(p)
  return h.digest()
}
const ZERO = Buffer.from([0])
const ONE = Buffer.from([1])

// Canonical JSON (RFC 8785): members in the order of their UTF-16 code units, no blanks.
function canonical(x) {
  if (x === null || typeof x !== 'object') return JSON.stringify(x)
  if (Array.isArray(x)) return '[' + x.map(canonical).join(',') + ']'
  return '{' + Object.keys(x).sort().map((k) => JSON.stringify(k) + ':' + canonical(x[k])).join(',') + '}'
}

// RFC 6962, section 2.1, as a recursion on how many leaves lie left of the split.
function split(n) {
  let k = 1
  while (2 * k < n) k *= 2
  return k
}
function rootOf(leaves, from, to) {
  if (to === from) return H('')
  if (to - from === 1) return leaves[from]
  const k = split(to - from)
  return H(ONE, rootOf(leaves, from, from + k), rootOf(leaves, from + k, to))
}
// Walks down to the leaf, then folds the path on the way up; the last hash of the path is the one nearest the root.
function rootFromPath(leaf, m, n, path) {
  if (n === 1) return path.length === 0 && m === 0 ? leaf : fail('the audit path is too long')
  if (path.length === 0) fail('the audit path is too short')
  const k = split(n)
  const nearest = path[path.length - 1]
  const rest = path.slice(0, -1)
  return m < k ? H(ONE, rootFromPath(leaf, m, k, rest), nearest) : H(ONE, nearest, rootFromPath(leaf, m - k, n - k, rest))
}
// SUBPROOF of RFC 6962, section 2.1.2, read backwards: both roots at once.
function rootsFromPath(m, n, path, whole, older) {
  if (m === n) {
    if (path.length !== (whole ? 0 : 1)) fail('the consistency proof has the wrong length')
    return whole ? [older, older] : [path[0], path[0]]
  }
  if (path.length === 0) fail('the consistency proof is too short')
  const k = split(n)
  const nearest = path[path.length - 1]
  const rest = path.slice(0, -1)
  if (m <= k) {
    const [a, b] = rootsFromPath(m, k, rest, whole, older)
    return [a, H(ONE, b, nearest)]
  }
  const [a, b] = rootsFromPath(m - k, n - k, rest, false, older)
  return [H(ONE, nearest, a), H(ONE, nearest, b)]
}

// C2SP signed-note with an Ed25519 key.
function openCheckpoint(note, vkey) {
  const [, name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? fail('the public key has another form')
  const typed = Buffer.from(key, 'base64')
  if (typed[0] !== 1 || typed.length !== 33) fail('the public key is not Ed25519')
  if (H(name, '\n', typed).toString('hex').slice(0, 8) !== id) fail('the id of the public key is wrong')
  const end = note.lastIndexOf('\n\n')
  const text = note.slice(0, end + 1)
  const line = note.slice(end + 2).split('\n').find((l) => l.startsWith('— ' + name + ' '))
  const blob = Buffer.from(line?.split(' ')[2] ?? '', 'base64')
  if (blob.subarray(0, 4).toString('hex') !== id) fail('the checkpoint is not signed by ' + vkey)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }
  const publicKey = crypto.createPublicKey({ key: jwk, format: 'jwk' })
  if (!crypto.verify(null, Buffer.from(text), publicKey, blob.subarray(4))) fail('the signature of the checkpoint is wrong')
  const [origin, size, root] = text.split('\n')
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') }
}

const bytes = (hex) => (/^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : fail('not a SHA-256: ' + hex))

const checks = {
  proof(text) {
    const p = JSON.parse(text)
    const leaf = JSON.parse(p.leaf)
    if (leaf.seq !== p.index) fail('the leaf has another number than the proof')
    if (H(canonical(p.event.payload)).toString('hex') !== leaf.payload_hash) fail('the payload is not the one in the leaf')
    for (const field of ['seq', 'at', 'actor', 'kind', 'subject'])
      if (leaf[field] !== p.event[field]) fail('the event’s ' + field + ' is not the one in the leaf')
    const head = openCheckpoint(p.checkpoint, p.vkey)
    if (!(p.index >= 0 && p.index < head.size)) fail('the event is not within the checkpoint')
    const root = rootFromPath(H(ZERO, p.leaf), p.index, head.size, p.audit_path.map(bytes))
    if (!root.equals(head.root)) fail('the path does not lead to the root that was signed')
    return 'event ' + p.index + ' is in the log of ' + head.size + ' events, ' + head.origin + ', root ' + root.toString('base64')
  },
  heads(text) {
    const p = JSON.parse(text)
    const older = bytes(p.from_root)
    const [a, b] = rootsFromPath(p.from, p.to, p.path.map(bytes), true, older)
    if (!a.equals(older) || !b.equals(bytes(p.to_root))) fail('the newer head does not begin with the older one')
    for (const [note, vkey, root] of [[p.from_checkpoint, p.from_vkey, older], [p.to_checkpoint, p.to_vkey, b]])
      if (note !== null && !openCheckpoint(note, vkey).root.equals(root)) fail('a checkpoint signs another root')
    return 'the first ' + p.from + ' of ' + p.to + ' events are unchanged'
  },
  log(text) {
    const leaves = text.trimEnd().split('\n').map((line, i) => {
      const { leaf_hash, payload, ...envelope } = JSON.parse(line)
      if (envelope.seq !== i) fail('event ' + i + ' is missing')
      if (H(canonical(payload)).toString('hex') !== envelope.payload_hash) fail('the payload of event ' + i + ' was changed')
      const leaf = H(ZERO, canonical(envelope))
      return leaf.toString('hex') === leaf_hash ? leaf : fail('event ' + i + ' was changed')
    })
    return leaves.length + ' events, root ' + rootOf(leaves, 0, leaves.length).toString('base64')
  },
}

const [what, file] = process.argv.slice(2)
if (!Object.hasOwn(checks, what ?? '') || file === undefined) fail('usage: audit-verifier.mjs proof|heads|log FILE')
process.stdout.write(checks[what](fs.readFileSync(file, 'utf8')) + '\n')
