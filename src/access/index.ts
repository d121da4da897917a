export * from './actions.ts'
export * from './leave.ts'
export * from './words.ts'
