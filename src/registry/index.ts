export * from './asof.ts'
export * from './book.ts'
export * from './relations.ts'
export * from './schema.ts'
