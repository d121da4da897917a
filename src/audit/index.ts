export * from './events.ts'
export * from './proof.ts'
export * from './schema.ts'
export * from './tree.ts'
