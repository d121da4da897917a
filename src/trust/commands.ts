import type { Command } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { actCommands } from './act-commands.ts'
import { agreementCommands } from './agreement-commands.ts'
import { bookCommands } from './book-commands.ts'
import { penaltyCommands } from './penalty-commands.ts'
import { rehearseCommand } from './rehearse-command.ts'

export const commands: readonly Command<Shell>[] = [
  rehearseCommand,
  ...agreementCommands,
  ...bookCommands,
  ...actCommands,
  ...penaltyCommands,
]
