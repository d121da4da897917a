import type { Command } from '../base/index.ts'
import type { Shell } from './shell.ts'

export const commands: readonly Command<Shell>[] = []
