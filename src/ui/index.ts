export * from './lang.ts'
