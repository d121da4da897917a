import type { Command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { applyCommand } from './apply-commands.ts'
import { bookCommands } from './book-commands.ts'
import { reportCommands } from './report-commands.ts'

export const commands: readonly Command<Shell>[] = [applyCommand, ...reportCommands, ...bookCommands]
