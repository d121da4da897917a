import type { Command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { changeCommands } from './change-commands.ts'
import { importerCommands } from './importers/commands.ts'
import { listCommands } from './list-commands.ts'
import { searchCommands } from './search-commands.ts'

export const commands: readonly Command<Shell>[] = [
  ...searchCommands,
  ...listCommands,
  ...changeCommands,
  ...importerCommands(),
]
