import type { Command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { fundsCommands } from './funds-commands.ts'
import { fetchCommands } from './importers/commands.ts'
import { positionCommands } from './position-commands.ts'

export const commands: readonly Command<Shell>[] = [...positionCommands, ...fundsCommands, ...fetchCommands()]
