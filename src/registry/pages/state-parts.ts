import type { Child } from 'hono/jsx'
import type { StateRow } from '../../base/index.ts'
import type { StateFacts } from '../views/state.ts'
import type { StateSection } from './slots.ts'
import type { View } from './view.ts'

export interface StatePageProps {
  readonly v: View
  readonly state: StateRow
  readonly peers: { readonly chosen: boolean; readonly peers: readonly StateRow[] }
  /** From floors above; undefined where there is none. */
  readonly sentence?: string | undefined
  readonly note?: string | undefined
  readonly figures?: Child
  readonly sections: readonly StateSection[]
}

export interface Drawn extends StatePageProps {
  readonly facts: StateFacts
  readonly name: string
  readonly code: string
}

export const IN_FORCE = ['in-effect', 'challenged', 'partly-enjoined']

export const codes = (states: readonly StateRow[]): string => states.map((state) => state.usps).join(', ')
