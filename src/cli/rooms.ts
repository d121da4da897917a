import type { Rooms } from './run.ts'

/** Loaded only when one of its first words is asked for, or help is, so that the command line starts at once. */
export const ROOMS: Rooms = [
  { title: 'Workbench', words: ['start'], load: () => import('./commands.ts') },
  { title: 'Registry', words: ['registry'], load: () => import('../registry/commands.ts') },
  {
    title: 'Audit log',
    words: ['audit'],
    load: async () => {
      const { auditCommands } = await import('../audit/commands.ts')
      const checks = async () => [
        (await import('../registry/audit-store.ts')).registryCheck,
        (await import('../fiscal/audit-store.ts')).fiscalCheck,
        (await import('../access/audit-store.ts')).accessCheck,
        (await import('../ledger/audit-store.ts')).ledgerCheck,
        (await import('../trust/audit-store.ts')).trustCheck,
        (await import('../plan/documents/audit-store.ts')).planDocumentsCheck,
      ]
      return { commands: auditCommands(checks) }
    },
  },
  {
    title: 'Position',
    words: ['position', 'balance', 'leverage', 'funds', 'fiscal'],
    load: () => import('../fiscal/commands.ts'),
  },
  { title: 'Access', words: ['access'], load: () => import('../access/commands.ts') },
  { title: 'Plan', words: ['plan'], load: () => import('../plan/commands.ts') },
  { title: 'Withholding', words: ['withholding'], load: () => import('../withholding/commands.ts') },
  { title: 'Ledger', words: ['ledger'], load: () => import('../ledger/commands.ts') },
  { title: 'Trust', words: ['trust'], load: () => import('../trust/commands.ts') },
  {
    title: 'Database',
    words: ['db'],
    load: async () => {
      const { databaseCommands } = await import('../db/commands.ts')
      return {
        commands: databaseCommands(async (db, act) => {
          const [{ append }, { systemClock }] = await Promise.all([
            import('../audit/store.ts'),
            import('../db/index.ts'),
          ])
          const event = { ...act, at: systemClock(), actor: 'tenth db' }
          await db.transaction().execute((tx) => append(tx, event))
        }),
      }
    },
  },
]
