/** The registry's SQL, for its own shell and that of other rooms. */
export { type BookQuestion, loadBook, loadJurisdictions } from './book-store.ts'
export { syncFiles } from './sync-store.ts'
export { loadChanges, loadHistory, loadRevision } from './version-store.ts'
export { writeVersions } from './write-store.ts'
