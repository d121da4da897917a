import type { Shell } from '../db/shell.ts'
import { refusalOfTrouble } from './refusal.ts'

/** The data, opened when a command first asks for it, and closed once: at its end, or when a person stops it. */
export class Opening {
  #opened: Promise<{ readonly shell: Shell; readonly close: () => Promise<void> }> | undefined
  #closed: Promise<void> | undefined

  readonly open = async (): Promise<Shell> => {
    this.#opened ??= this.#begin()
    return (await this.#opened).shell
  }

  async close(): Promise<void> {
    this.#closed ??= this.#end()
    await this.#closed
  }

  async #begin(): Promise<{ readonly shell: Shell; readonly close: () => Promise<void> }> {
    for (const [name, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)
      process.once(name, () => void this.close().finally(() => process.exit(code)))
    const [{ openShell }, { dataSettings }] = await Promise.all([
      import('../db/open.ts'),
      import('../db/settings.ts'),
    ])
    const opened = await openShell(dataSettings(process.env), { role: 'command' })
    if (!opened.ok) throw refusalOfTrouble(opened.error)
    return opened.value
  }

  async #end(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined)
    await opened?.close()
  }
}
