import { bea } from './bea.ts'
import { census } from './census.ts'
import { irs } from './irs.ts'
import type { Source } from './source.ts'
import { treasury } from './treasury.ts'
import { usaspending } from './usaspending.ts'

export const SOURCES: readonly Source[] = [bea, census, usaspending, treasury, irs]
