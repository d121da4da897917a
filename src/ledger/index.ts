export { type Evaluation, evaluate, type Outcome } from './evaluate.ts'
export type { Lookup, View } from './judge.ts'
export { REFUSALS, type Refusal, type Status } from './refusals.ts'
export * from './schema.ts'
