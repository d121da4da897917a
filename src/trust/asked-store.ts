import type { ExitCode, Io, IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { tell } from './asked.ts'
import { type Loaded, loadTrust } from './book-store.ts'

export const ACTOR = 'tenth trust'
export const today = (shell: Shell): IsoDate => shell.now().slice(0, 10) as IsoDate
export const print = (io: Io, value: unknown): void =>
  io.out(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one), 2))

/** On the command line only a simulation is acted on: who signs for real money has signed in. */
export async function simulation(
  shell: Shell,
  io: Io,
  name: string,
  isJson: boolean,
): Promise<Loaded | ExitCode> {
  const trust = await loadTrust(shell.db, name)
  if (trust === undefined) return tell(io, isJson, { code: 'no_such_book', book: name })
  if (trust.kind === 'simulation') return trust
  const detail = `${name} holds real money. Sign in and act in the browser: this command is for simulations.`
  return tell(io, isJson, { code: 'sign_in_wanted', detail })
}
