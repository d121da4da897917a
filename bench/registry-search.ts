import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { type DivisionId, divisionOfState, STATES, stateOfDivision } from '../src/base/index.ts'
import { holdCluster } from '../src/db/embedded.ts'
import { connect, type Db, migrate, PACKAGE_ROOT } from '../src/db/index.ts'
import { Rec } from '../src/registry/schema.ts'
import { parsePairs, parseSearch } from '../src/registry/search.ts'
import { clearIndex, indexRecords } from '../src/registry/search-index.ts'
import { searchRegistry } from '../src/registry/search-store.ts'

interface Line {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly note?: string
}

/** Words, expressions, numbers, typos, beginnings, filters and lists, as people type and click them. */
const SEARCHES = [
  'q=courthouse+arrest',
  'q=Sherril',
  'q=imigration',
  'q=287(g)',
  'q=SNAP',
  'q=ICE+detainers',
  'q=sanctuary+city',
  'q=national+guard+chicago',
  'q=medicaid',
  'q=voter+rolls',
  'q=cannabis+legalization&state=CO',
  'q=marijuana',
  'q=shield+law&area=abortion',
  'q=Trump',
  'q=birthright+citizenship',
  'q=1%3A25-cv-10139',
  'q=HB+1312',
  'q=executive+order&kind=measure',
  'q=funding+freeze&kind=lawsuit&status=pending',
  'q=vaccin',
  'q=west+coast+health',
  'q=Printz',
  'q=anti-commandeering',
  'q=climate+superfund',
  'q=masks+police',
  'q=Massachusets',
  'q=colorodo+courts',
  'q=orgeon',
  'q=firearm+sanctuary&party=R',
  'q=public+bank',
  'q=data+sharing&tier=settled',
  'q=education+grants&from=2025&to=2025-12',
  'q=real+id',
  'q=the',
  'q=state',
  'q=zzzzqqq',
  'state=CA',
  'kind=measure&party=R&confidence=high',
  'area=immigration&kind=measure&status=in-effect&sort=newest&page=2',
  '',
]
const ROUNDS = 12

/** Time of one search, at the given facts and at 100 times as many, over a list of searches. */
export async function bench(emit: (line: Line) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tenth-bench-'))
  const started = await holdCluster(folder, { role: 'command' }, { isThrowaway: true })
  if (!started.ok) throw new Error(JSON.stringify(started.error))
  try {
    const { db } = connect(started.value.url('postgres'), 4)
    await migrate(db)
    const records = givenRecords()
    for (const times of [1, 100]) {
      await clearIndex(db)
      await load(db, Array.from({ length: times }, (_, n) => records.map((record) => copy(record, n))).flat())
      await measure(db, records.length * times, times, emit)
    }
    await db.destroy()
  } finally {
    await started.value.release()
    rmSync(folder, { recursive: true, force: true })
  }
}

function givenRecords(): readonly Rec[] {
  const folder = join(PACKAGE_ROOT, 'src/registry/data')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => [parse(readFileSync(join(folder, file), 'utf8'))].flat())
    .flatMap((entry) => {
      const record = Rec.safeParse(entry)
      return record.success ? [record.data] : []
    })
}

/**
 * Another record of the same kind: own id, another state where it has one, and one word in six changed to a word of
 * its own family, so that the vocabulary and the combinations of filters grow with the number of records.
 */
function copy(record: Rec, n: number): Rec {
  if (n === 0) return record
  const change = (text: string) =>
    text.replace(/\p{L}{5,}/gu, (word) => (hash(`${word}${n % 40}`) % 6 === 0 ? `${word}${suffix(n)}` : word))
  return {
    ...record,
    id: `${record.id.slice(0, 70)}-${n}`,
    title: change(record.title),
    summary: change(record.summary),
    jurisdictions:
      record.jurisdictions.length > 1 ? record.jurisdictions : record.jurisdictions.map(elsewhere(n)),
  } as Rec
}
const elsewhere =
  (n: number) =>
  (id: DivisionId): DivisionId => {
    const at = STATES.findIndex((state) => state.usps === stateOfDivision(id)?.usps)
    const usps = STATES[(at + n) % STATES.length]?.usps
    return at < 0 || usps === undefined ? id : divisionOfState(usps)
  }
const suffix = (n: number): string => String.fromCharCode(97 + (n % 26), 97 + (Math.floor(n / 26) % 26))
const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)

async function load(db: Db, records: readonly Rec[]): Promise<void> {
  for (let at = 0; at < records.length; at += 2000)
    await db.transaction().execute((tx) => indexRecords(tx, records.slice(at, at + 2000)))
  await sql`vacuum analyze registry_search, registry_search_text, registry_search_group, registry_word`.execute(
    db,
  )
}

async function measure(db: Db, records: number, times: number, emit: (line: Line) => void): Promise<void> {
  const requests = SEARCHES.map((raw) => {
    const pairs = parsePairs(raw)
    const request = pairs.ok ? parseSearch(pairs.value) : pairs
    if (!request.ok) throw new Error(JSON.stringify(request.error))
    return request.value
  })
  const taken: { readonly raw: string; readonly ms: number; readonly total: number }[] = []
  for (let round = -2; round < ROUNDS; round++)
    for (const [at, request] of requests.entries()) {
      const start = performance.now()
      const { total } = await searchRegistry(db, request)
      if (round >= 0) taken.push({ raw: SEARCHES[at] ?? '', ms: performance.now() - start, total })
    }
  const sorted = taken.map(({ ms }) => ms).sort((a, b) => a - b)
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 100) / 100
  const note = `${records} records, ${SEARCHES.length} searches, ${ROUNDS} rounds`
  emit({ name: `registry search p50, facts x${times}`, value: at(0.5), unit: 'ms', note })
  emit({ name: `registry search p95, facts x${times}`, value: at(0.95), unit: 'ms', note })
  if (process.env.BENCH_SLOWEST)
    for (const raw of SEARCHES) {
      const own = taken
        .filter((t) => t.raw === raw)
        .map((t) => t.ms)
        .sort((a, b) => a - b)
      emit({
        name: raw,
        value: Math.round((own[ROUNDS >> 1] ?? 0) * 10) / 10,
        unit: 'ms',
        note: `${taken.find((t) => t.raw === raw)?.total} found`,
      })
    }
}
