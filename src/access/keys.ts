import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The file that holds the key: the operator's own, or `access.key` in the data folder. */
export const keyFileOf = (dataFolder: string, given: string | undefined): string =>
  given ?? join(dataFolder, 'access.key')

/**
 * The secret that signs cookies and encrypts the secrets of authenticators; made at its first use, readable by its
 * owner alone. Of two processes that make it at once, the first one's stays.
 */
export function openKey(file: string): string {
  if (!existsSync(file)) makeKey(file)
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`${file} can be read by others on this machine; run chmod 600 ${file}`)
  const secret = readFileSync(file, 'utf8').trim()
  if (!/^[\w-]{32,}$/.test(secret))
    throw new Error(`${file} holds no key; wanted: one line of at least 32 letters, figures, - or _`)
  return secret
}

function makeKey(file: string): void {
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** 80 bits of chance behind a letter that says what it names. */
export const newId = (kind: 'u' | 'g'): string =>
  `${kind}-${Array.from(randomBytes(16), (byte) => BASE32[byte & 31]).join('')}`

/** What stands in a one-time link: 256 bits of chance. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A mark that only this server can make. */
export const markOf = (secret: string, text: string): string =>
  createHmac('sha256', `device ${secret}`).update(text).digest('base64url')

export function isMark(secret: string, text: string, mark: string): boolean {
  const [wanted, found] = [Buffer.from(markOf(secret, text)), Buffer.from(mark)]
  return wanted.length === found.length && timingSafeEqual(wanted, found)
}
