import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify as verifySignature,
} from 'node:crypto'
import { assert, err, ok, type Result } from '../base/index.ts'
import { sha256 } from './sha256.ts'

/** A public key in the sense of C2SP signed-note: a name, a short id and 32 bytes of Ed25519. */
export interface VerifierKey {
  readonly name: string
  /** Eight small hexadecimal digits. */
  readonly id: string
  readonly key: KeyObject
  /** `name+id+base64(0x01 || public key)`, as signed-note tools read it. */
  readonly vkey: string
}

export interface SignerKey extends VerifierKey {
  readonly secret: KeyObject
}

export type NoteError =
  | { readonly code: 'note_malformed'; readonly detail: string }
  | { readonly code: 'note_unsigned'; readonly wanted: readonly string[] }
  | { readonly code: 'note_signature_wrong'; readonly key: string }

const ED25519 = 0x01
/** DER before the 32 bytes of a key: RFC 8410, section 4 (SubjectPublicKeyInfo) and section 7 (PKCS #8). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

const rawPublic = (key: KeyObject) => key.export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
const rawSecret = (key: KeyObject) => key.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length)
const typed = (raw: Uint8Array) => Buffer.concat([Buffer.of(ED25519), raw]).toString('base64')

/** Key names have no spaces and no plus (C2SP signed-note, "Format"). */
export const isKeyName = (name: string): boolean => /^[^\s+\p{Cc}\p{Cs}\p{Z}]+$/u.test(name)

/** SHA-256(key name || 0x0A || signature type || public key)[:4] (C2SP signed-note, "Signatures"). */
const keyId = (name: string, raw: Uint8Array) =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), raw])).toString('hex', 0, 4)

function verifierOf(name: string, key: KeyObject): VerifierKey {
  const raw = rawPublic(key)
  const id = keyId(name, raw)
  return { name, id, key, vkey: `${name}+${id}+${typed(raw)}` }
}

const signerOf = (name: string, secret: KeyObject): SignerKey => ({
  ...verifierOf(name, createPublicKey(secret)),
  secret,
})

export function generateSigner(name: string): SignerKey {
  assert(isKeyName(name), `a key name has no spaces and no plus: ${name}`)
  return signerOf(name, generateKeyPairSync('ed25519').privateKey)
}

/** The same secret under another name: another key id, and so another key to whoever verifies. */
export const renamed = (signer: SignerKey, name: string): SignerKey => signerOf(name, signer.secret)

/** The text form that Go's sumdb/note and its relatives keep signing keys in. */
export const formatSigner = (signer: SignerKey): string =>
  `PRIVATE+KEY+${signer.name}+${signer.id}+${typed(rawSecret(signer.secret))}`

const malformed = (detail: string) => err({ code: 'note_malformed', detail } as const)

/** The 32 bytes of a key and its name, from `name+id+base64`; base64 itself may hold a plus. */
function readKeyParts(text: string): Result<{ name: string; id: string; raw: Buffer }, NoteError> {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text)
  const [, name = '', id = '', encoded = ''] = match ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (!match || !isKeyName(name)) return malformed('wanted: name+id+key, the id as 8 hexadecimal digits')
  if (bytes.length !== 33 || bytes[0] !== ED25519)
    return malformed('wanted: an Ed25519 key (type 0x01) of 32 bytes')
  return ok({ name, id, raw: bytes.subarray(1) })
}

export function readVerifier(vkey: string): Result<VerifierKey, NoteError> {
  const parts = readKeyParts(vkey)
  if (!parts.ok) return parts
  const { name, id, raw } = parts.value
  const der = Buffer.concat([SPKI, raw])
  const verifier = verifierOf(name, createPublicKey({ key: der, format: 'der', type: 'spki' }))
  return verifier.id === id ? ok(verifier) : malformed(`the id ${id} is not that of the key, ${verifier.id}`)
}

export function readSigner(text: string): Result<SignerKey, NoteError> {
  if (!text.startsWith('PRIVATE+KEY+')) return malformed('wanted: a text that starts with PRIVATE+KEY+')
  const parts = readKeyParts(text.slice('PRIVATE+KEY+'.length))
  if (!parts.ok) return parts
  const { name, id, raw } = parts.value
  const der = Buffer.concat([PKCS8, raw])
  const signer = signerOf(name, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return signer.id === id ? ok(signer) : malformed(`the id ${id} is not that of the key, ${signer.id}`)
}

/** @param text ends with a newline; the signatures follow it after an empty line */
export function signNote(text: string, signers: readonly SignerKey[]): string {
  assert(text.endsWith('\n'), 'the text of a note ends with a newline')
  const lines = signers.map((signer) => {
    const signature = sign(null, Buffer.from(text), signer.secret)
    return `— ${signer.name} ${Buffer.concat([Buffer.from(signer.id, 'hex'), signature]).toString('base64')}\n`
  })
  return `${text}\n${lines.join('')}`
}

/**
 * Reads a note that every one of `keys` must have signed. Signatures of other keys are passed over.
 * @returns the text, with its last newline
 */
export function openNote(note: string, keys: readonly VerifierKey[]): Result<string, NoteError> {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return malformed('wanted: a text, an empty line and signature lines')
  if (/[^\P{Cc}\n]/u.test(note)) return malformed('a note holds no control characters but newlines')
  const text = note.slice(0, end + 1)
  const lines = note.slice(end + 2, -1).split('\n')
  const signatures = lines.map((line) => /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/u.exec(line))
  if (signatures.some((match) => match === null)) return malformed('wanted: signature lines as — name base64')
  for (const key of keys) {
    const own = signatures.flatMap((match) => {
      const bytes = Buffer.from(match?.[2] ?? '', 'base64')
      return match?.[1] === key.name && bytes.toString('hex', 0, 4) === key.id ? [bytes.subarray(4)] : []
    })
    if (own.length === 0) return err({ code: 'note_unsigned', wanted: keys.map((k) => k.vkey) })
    const isSigned = own.every((signature) => verifySignature(null, Buffer.from(text), key.key, signature))
    if (!isSigned) return err({ code: 'note_signature_wrong', key: key.vkey })
  }
  return ok(text)
}
