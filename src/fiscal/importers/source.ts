import type { DivisionId, Result, Usps } from '../../base/index.ts'
import type { Call } from '../../net/index.ts'
import type { Category, Grade, Series } from '../schema.ts'
import type { ShapeFault } from './shape.ts'

/** What an operator asks a source for. */
export interface Question {
  readonly year: number
  readonly state?: Usps | undefined
}

/** One figure, exactly as answered. */
export interface Value {
  readonly jurisdiction: DivisionId
  readonly category: string
  readonly year: number
  readonly value: string
}

export interface Part {
  readonly values: readonly Value[]
  /** What the source keeps back or has not, with its reason. */
  readonly skipped: readonly { readonly what: string; readonly why: string }[]
  /** Where the next part begins; null on the last. */
  readonly next: string | null
  /** The issue, where the source names it. */
  readonly vintage?: string | undefined
}

export type TableCategory = Omit<Category, 'series'>

/** One table of a source, and how it becomes a series of ours. */
export interface Table {
  readonly name: string
  readonly about: Pick<
    Series,
    'title' | 'short' | 'publisher' | 'basis' | 'year_kind' | 'allocation' | 'left_out'
  > & { readonly grade: Grade }
  /** Where a person reads the table. */
  readonly url: string
  /** Whether the table has states, or the nation alone. */
  readonly hasStates: boolean
  /** Whether it is a file, which may be given as one instead of being fetched. */
  readonly isFile?: boolean
  readonly categories: () => readonly TableCategory[]
  /** The first request has no cursor. */
  readonly call: (question: Question, cursor: string | null, key: string) => Call
  readonly read: (
    body: unknown,
    question: Question,
    cursor: string | null,
  ) => Result<Part, ShapeFault> | Promise<Result<Part, ShapeFault>>
}

export interface Source {
  readonly name: string
  readonly title: string
  readonly base: string
  /** Environment variable that holds the key; none where the source asks for none. */
  readonly keyVariable?: string
  /** Requests a minute that we allow ourselves, and where the figure is from. */
  readonly perMinute: number
  readonly limitSource: string
  readonly tables: readonly Table[]
}
