import { join } from 'node:path'
import { PACKAGE_ROOT } from './root.ts'

/** What the operator says through the environment about where the data is. */
export const dataSettings = (env: NodeJS.ProcessEnv) => ({
  dataFolder: env.TENTH_DATA || join(PACKAGE_ROOT, 'data'),
  databaseUrl: env.DATABASE_URL || undefined,
})
