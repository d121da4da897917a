export * from './actions.ts'
export * from './leave.ts'
