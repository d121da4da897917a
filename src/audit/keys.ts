import { randomBytes } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { assert, err, ok, type Result } from '../base/index.ts'
import type { Db, Shell, Tx } from '../db/index.ts'
import {
  formatSigner,
  generateSigner,
  isKeyName,
  readSigner,
  readVerifier,
  renamed,
  type SignerKey,
  signNote,
  type VerifierKey,
} from './note.ts'
import { append, loadCheckpoints, loadKeyEvents, lockLog } from './store.ts'

export type KeyError =
  /** The log names a key, and its file is not there. */
  | { readonly code: 'key_missing'; readonly file: string; readonly vkey: string }
  /** The file holds a key that the log does not name as its present one. */
  | { readonly code: 'key_unknown'; readonly file: string; readonly found: string; readonly wanted: string }
  | { readonly code: 'key_unreadable'; readonly file: string; readonly detail: string }
  /** Others on this machine can read the key. */
  | { readonly code: 'key_exposed'; readonly file: string; readonly mode: string }
  | { readonly code: 'origin_invalid'; readonly origin: string }
  /** Checkpoints were signed, but the event that named their key is gone: the log was cut. */
  | { readonly code: 'key_event_gone' }

interface KeySettings {
  readonly file: string
  /** Whether the operator keeps the key, under rights of their own choosing. */
  readonly isOperators: boolean
  readonly origin: string | undefined
}

/** `TENTH_AUDIT_KEY` is the file of the signing key; `TENTH_AUDIT_ORIGIN` names the log when its key is made. */
const keySettings = (dataFolder: string, env: NodeJS.ProcessEnv = process.env): KeySettings => ({
  file: env.TENTH_AUDIT_KEY || join(dataFolder, 'audit.key'),
  isOperators: Boolean(env.TENTH_AUDIT_KEY),
  origin: env.TENTH_AUDIT_ORIGIN || undefined,
})

/** @param size of the log for whose head the key is asked; without it, the log of now */
export async function loadVerifier(db: Db, size = Number.MAX_SAFE_INTEGER): Promise<VerifierKey | undefined> {
  const last = (await loadKeyEvents(db)).findLast((event) => event.seq < size)
  if (last === undefined) return undefined
  const read = readVerifier((last.payload as { vkey: string }).vkey)
  assert(read.ok, `event ${last.seq} names a key that can be read`)
  return read.value
}

/**
 * The key that signs. The first time, it is made (mode 0600) or taken from the operator's file, and logged;
 * after that, the file must hold the key that the log names.
 */
export async function openSigner(
  shell: Shell,
  settings = keySettings(shell.dataFolder),
): Promise<Result<SignerKey, KeyError>> {
  const named = await loadVerifier(shell.db)
  if (named === undefined) return shell.db.transaction().execute((tx) => nameFirstKey(tx, shell, settings))
  finishRotation(settings.file, named)
  return readNamed(settings, named)
}

/** The key in the file under the name of the log; it must be the one that the log names. */
function readNamed(settings: KeySettings, named: VerifierKey): Result<SignerKey, KeyError> {
  const { file } = settings
  if (!existsSync(file)) return err({ code: 'key_missing', file, vkey: named.vkey })
  const read = readKeyFile(settings)
  if (!read.ok) return read
  const signer = renamed(read.value, named.name)
  if (signer.vkey === named.vkey) return ok(signer)
  return err({ code: 'key_unknown', file, found: read.value.vkey, wanted: named.vkey })
}

async function nameFirstKey(
  tx: Tx,
  shell: Shell,
  settings: KeySettings,
): Promise<Result<SignerKey, KeyError>> {
  await lockLog(tx)
  const named = await loadVerifier(tx)
  if (named !== undefined) return readNamed(settings, named)
  if ((await loadCheckpoints(tx, { limit: 1 })).length > 0) return err({ code: 'key_event_gone' })
  const origin = settings.origin ?? `tenth.local/${randomBytes(4).toString('hex')}`
  if (!isKeyName(origin)) return err({ code: 'origin_invalid', origin })
  if (!existsSync(settings.file)) {
    const written = writeKeyFile(settings.file, generateSigner(origin))
    if (!written.ok) return written
  }
  const read = readKeyFile(settings)
  if (!read.ok) return read
  // A file that lay there already may sign another log: this one gets a name of its own, so that the two are
  // never taken for two histories of one. An operator's key says its name itself.
  const signer = settings.isOperators && !settings.origin ? read.value : renamed(read.value, origin)
  const { id, vkey } = signer
  await append(tx, {
    at: shell.now(),
    actor: 'tenth',
    kind: 'audit.key.created',
    subject: id,
    payload: { vkey },
  })
  return ok(signer)
}

export interface Rotation {
  readonly actor: string
  /** Given when the old key is lost and cannot sign: how that came about. */
  readonly lostBecause?: string | undefined
}

/** Makes a new key of the same name; the event carries a statement signed by the old key and the new. */
export async function rotateKey(
  shell: Shell,
  { actor, lostBecause }: Rotation,
  settings = keySettings(shell.dataFolder),
): Promise<Result<SignerKey, KeyError>> {
  const old = lostBecause === undefined ? await openSigner(shell, settings) : await lostKey(shell, settings)
  if (!old.ok) return old
  const signer = generateSigner(old.value.name)
  const signers = isSigner(old.value) ? [old.value, signer] : [signer]
  const note = signNote(`Tenth audit log: new signing key\n${old.value.vkey}\n${signer.vkey}\n`, signers)
  const keys = { old_vkey: old.value.vkey, vkey: signer.vkey, note }
  const base = { at: shell.now(), actor, subject: signer.id }
  const logged = await shell.db.transaction().execute(async (tx): Promise<Result<boolean, KeyError>> => {
    await lockLog(tx)
    if ((await loadVerifier(tx))?.vkey !== keys.old_vkey) return ok(false)
    const written = writeKeyFile(`${settings.file}.new`, signer)
    if (!written.ok) return written
    if (lostBecause === undefined) await append(tx, { ...base, kind: 'audit.key.rotated', payload: keys })
    else await append(tx, { ...base, kind: 'audit.key.replaced', payload: { ...keys, reason: lostBecause } })
    return ok(true)
  })
  if (!logged.ok) return logged
  // Someone else replaced the key meanwhile: theirs stands.
  if (!logged.value) return openSigner(shell, settings)
  finishRotation(settings.file, signer)
  return ok(signer)
}

const isSigner = (key: VerifierKey | SignerKey): key is SignerKey => 'secret' in key

async function lostKey(shell: Shell, settings: KeySettings): Promise<Result<VerifierKey, KeyError>> {
  const named = await loadVerifier(shell.db)
  return named === undefined ? openSigner(shell, settings) : ok(named)
}

/** After the event is in the log, the waiting key takes the old one's place; a crash between is made up for here. */
function finishRotation(file: string, named: VerifierKey): void {
  const waiting = `${file}.new`
  if (!existsSync(waiting)) return
  const signer = readSigner(readFileSync(waiting, 'utf8').trim())
  if (signer.ok && signer.value.vkey === named.vkey) renameSync(waiting, file)
}

/** Written whole, then given its name: a reader never meets half a key. Of two at once, the first stays. */
function writeKeyFile(file: string, signer: SignerKey): Result<true, KeyError> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, `${formatSigner(signer)}\n`, { mode: 0o600, flag: 'wx' })
    if (file.endsWith('.new')) renameSync(draft, file)
    else if (!existsSync(file)) linkSync(draft, file)
    return ok(true)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return ok(true)
    return err({ code: 'key_unreadable', file, detail: (error as Error).message })
  } finally {
    rmSync(draft, { force: true })
  }
}

function readKeyFile({ file, isOperators }: KeySettings): Result<SignerKey, KeyError> {
  try {
    const { mode } = statSync(file)
    if (!isOperators && process.platform !== 'win32' && (mode & 0o077) !== 0)
      return err({ code: 'key_exposed', file, mode: (mode & 0o777).toString(8) })
    const signer = readSigner(readFileSync(file, 'utf8').trim())
    if (signer.ok) return signer
    const detail = 'detail' in signer.error ? signer.error.detail : signer.error.code
    return err({ code: 'key_unreadable', file, detail })
  } catch (error) {
    return err({ code: 'key_unreadable', file, detail: (error as Error).message })
  }
}
