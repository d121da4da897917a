import { randomUUID } from 'node:crypto'
import { createReadStream, realpathSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Io } from '../base/index.ts'

/** A file in pieces, and at last an empty one that says so. */
export async function* pieces(path: string, io: Io): AsyncGenerator<readonly [Uint8Array, boolean]> {
  const stream =
    path === '-' ? process.stdin : createReadStream(resolve(io.cwd, path), { highWaterMark: 1 << 20 })
  try {
    for await (const piece of stream) yield [piece as Uint8Array, false]
  } catch (error) {
    const { message } = error as Error
    throw Object.assign(error as Error, { message: message.includes(path) ? message : `${message}: ${path}` })
  }
  yield [new Uint8Array(0), true]
}

interface Output {
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Puts the whole file in its place. */
  readonly keep: () => Promise<void>
  /** Removes what is not kept. */
  readonly drop: () => Promise<void>
}

/** A file is written beside its place and moved there when it is whole; a terminal, pipe or device is written directly. */
export async function openOutput(path: string, io: Io): Promise<Output> {
  if (path === '-') return { write: writeTerminal, keep: async () => {}, drop: async () => {} }
  const asked = resolve(io.cwd, path)
  const existing = statSync(asked, { throwIfNoEntry: false })
  const place = existing ? realpathSync(asked) : asked
  const isDirect = existing !== undefined && !existing.isFile()
  const beside = isDirect ? place : `${place}.${randomUUID().slice(0, 8)}.partial`
  const file = await open(beside, isDirect ? 'w' : 'wx', existing?.mode)
  const remove = () => isDirect || rmSync(beside, { force: true })
  const interrupted = () => {
    remove()
    process.exit(130)
  }
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  let isOpen = true
  const close = async () => {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    write: async (bytes) => {
      for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
    },
    keep: async () => {
      if (!isDirect) await file.sync()
      await close()
      if (!isDirect) await rename(beside, place)
    },
    drop: async () => {
      await close()
      remove()
    },
  }
}

const writeTerminal = (bytes: Uint8Array): Promise<void> =>
  new Promise((done, failed) => {
    process.stdout.write(bytes, (error) => (error ? failed(error) : done()))
  })
