import { join, resolve } from 'node:path'
import { PACKAGE_ROOT } from './root.ts'

export interface DataSettings {
  /** Absolute: keys, uploads and the embedded database. */
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
}

/** What the operator says through the environment about where the data is. */
export const dataSettings = (env: NodeJS.ProcessEnv): DataSettings => ({
  dataFolder: resolve(env.TENTH_DATA || join(PACKAGE_ROOT, 'data')),
  databaseUrl: env.DATABASE_URL || undefined,
})
