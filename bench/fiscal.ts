import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { holdCluster } from '../src/db/embedded.ts'
import { connect, migrate, type Shell, systemClock } from '../src/db/index.ts'
import { importAwards } from '../src/fiscal/import.ts'
import { loadLeverageTable, loadPosition } from '../src/fiscal/position-store.ts'
import { startFiscal } from '../src/fiscal/start.ts'
import { openTable } from '../src/fiscal/tabular.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

const AWARDS = 500_000

/** Load of the facts, an import of half a million awards with its memory, and a state's position. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  const started = await holdCluster(folder, { role: 'command' }, { isThrowaway: true })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  try {
    const { db } = connect(started.value.url('postgres'), 4)
    await migrate(db)
    await measure({ db, dataFolder: folder, now: systemClock }, folder, emit)
    await db.destroy()
  } finally {
    await started.value.release()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(shell: Shell, folder: string, emit: (line: Line) => void): Promise<void> {
  emit({
    name: 'fiscal facts into the database',
    value: await seconds(() => startFiscal(shell)),
    unit: 's',
    note: '30,724 values',
  })
  const cold = await seconds(() => loadLeverageTable(shell.db))
  emit({ name: 'leverage of 51 states', value: cold, unit: 's', note: '102 payrolls at 32 points each' })
  const position = await seconds(async () => {
    for (let i = 0; i < 100; i++) await loadPosition(shell, 'CO')
  })
  emit({ name: 'position of one state', value: rounded(position * 10), unit: 'ms' })
  await measureImport(shell, folder, emit)
}

/** Beside a plain loop that only reads the cells: the limit of what an import can reach. */
async function measureImport(shell: Shell, folder: string, emit: (line: Line) => void): Promise<void> {
  const path = join(folder, 'awards.csv')
  await writeAwards(path)
  const limit = await seconds(async () => {
    let cells = 0
    for await (const row of openTable(path).rows) cells += row.cells.length
    if (cells === 0) throw new Error('assertion failed: the file has cells')
  })
  global.gc?.()
  const before = process.memoryUsage().rss
  let most = before
  const request = { path, usps: 'CO', format: 'template', actor: 'bench' } as const
  const took = await seconds(async () => {
    const done = await importAwards(shell, request, {
      onProgress: () => {
        most = Math.max(most, process.memoryUsage().rss)
      },
    })
    if (!done.ok) throw new Error(JSON.stringify(done.error))
  })
  const note = `${AWARDS} awards, ${Math.round(statSync(path).size / 1e6)} MB`
  emit({ name: 'import of awards', value: Math.round(AWARDS / took), unit: 'awards/s', note })
  emit({ name: 'reading the same file only', value: Math.round(AWARDS / limit), unit: 'awards/s' })
  emit({ name: 'memory added by the import', value: Math.round((most - before) / 1e6), unit: 'MB' })
}

async function writeAwards(path: string): Promise<void> {
  const out = createWriteStream(path)
  out.write(
    'year,year_kind,agency,aln,programme,strength,state_agency,award_id,amount,match,maintenance_of_effort\n',
  )
  for (let i = 0; i < AWARDS; i++) {
    const line = `2025,state-fiscal,Department of Education,84.010,Programme ${i % 300},formula,Agency ${i % 20},A${i},${1000 + i}.25,,\n`
    if (!out.write(line)) await new Promise<void>((done) => out.once('drain', () => done()))
  }
  out.end()
  await finished(out)
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return rounded((performance.now() - start) / 1000)
}

const rounded = (n: number): number => Number(n.toPrecision(3))
