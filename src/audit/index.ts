export * from './events.ts'
export * from './schema.ts'
export * from './tree.ts'
