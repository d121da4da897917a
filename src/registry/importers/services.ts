import { courtListener } from './courtlistener.ts'
import { federalRegister } from './federal-register.ts'
import { legiscan } from './legiscan.ts'
import { openStates } from './open-states.ts'
import type { Service } from './service.ts'
import { usaspending } from './usaspending.ts'

export const SERVICES: readonly Service[] = [
  openStates,
  legiscan,
  courtListener,
  federalRegister,
  usaspending,
]
