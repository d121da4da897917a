export { type Call, describe, type FetchError, type Outside, politeClient, retryAfter } from './polite.ts'
