export { connect, type Db, type Tx } from './connect.ts'
export { migrate } from './migrate.ts'
export { PACKAGE_ROOT } from './root.ts'
export { type Shell, systemClock } from './shell.ts'
