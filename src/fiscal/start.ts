import { sql } from 'kysely'
import { type DivisionId, divisionOfState, STATES } from '../base/index.ts'
import type { Shell, Tx } from '../db/index.ts'
import { saveInventory, writeAwardRows } from './awards-store.ts'
import { checksumOfFacts, readFunctionStrengths } from './facts.ts'
import { firstInventory } from './first-inventory.ts'
import type { Award } from './schema.ts'
import { loadFacts, loadFigures } from './store.ts'

export const FIRST_INVENTORY = 'first'

/** What the room needs before it serves: the figures, and a first list of federal funds for each state. */
export async function startFiscal(shell: Shell): Promise<{ readonly loaded: number }> {
  const loaded = await loadFacts(shell)
  if (loaded > 0) await writeFirstInventories(shell)
  return { loaded }
}

async function writeFirstInventories(shell: Shell): Promise<void> {
  const figures = await loadFigures(shell.db)
  const judged = readFunctionStrengths()
  const sha256 = checksumOfFacts()
  await shell.db.transaction().execute(async (tx) => {
    await sql`delete from fiscal_inventory where id = ${FIRST_INVENTORY}`.execute(tx)
    for (const state of STATES) {
      const place = divisionOfState(state.usps)
      const awards = firstInventory(figures, place, judged)
      if (awards.length > 0) await saveFirst(tx, shell, place, awards, sha256)
    }
  })
}

async function saveFirst(
  tx: Tx,
  shell: Shell,
  jurisdiction: DivisionId,
  awards: readonly Award[],
  sha256: string,
): Promise<void> {
  await saveInventory(tx, {
    jurisdiction,
    id: FIRST_INVENTORY,
    title: 'First list, from public tables',
    format: 'first',
    file_name: 'census_grants, usda_snap, irs_eitc, dod_contracts',
    sha256,
    award_count: awards.length,
    total_cents: awards.reduce((sum, award) => sum + award.amount_cents, 0n),
    grade: 'our-reconstruction',
    imported_at: shell.now(),
  })
  await writeAwardRows(tx, 'fiscal_award', jurisdiction, FIRST_INVENTORY, awards)
}
