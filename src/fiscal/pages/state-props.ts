import type { Usps } from '../../base/index.ts'
import type { MoneyAction } from '../money-actions.ts'
import type { Position } from '../position.ts'
import type { Ratio } from '../ratios.ts'
import type { RecordedDisruption } from '../schema.ts'
import type { View } from '../view.ts'
import type { Asked } from './parts.tsx'

export interface StatePageProps {
  readonly a: Asked
  readonly position: Position
  readonly view: View
  readonly actions: readonly MoneyAction[]
  readonly disruptions: readonly RecordedDisruption[]
  readonly today: string
  readonly ranks: ReadonlyMap<Ratio['id'], { readonly rank: number; readonly of: number }>
  readonly peers: readonly { readonly usps: Usps; readonly position: Position }[]
  readonly peersAsked: string
}

export type Named = StatePageProps & { readonly name: string }
