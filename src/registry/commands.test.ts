import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant, Io, IsoDate } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { testDatabase } from '../db/testing.ts'
import { onDay } from './asof.ts'
import { registryCheck } from './audit-store.ts'
import { commands } from './commands.ts'
import { csvText, readCsv, recordsCsv } from './csv.ts'
import { dictionary } from './dictionary.ts'
import { KINDS, type Rec, SCHEMAS } from './schema.ts'
import { loadBook, loadRevision } from './store.ts'
import { recordsYaml } from './yaml.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let folder: string
let clock = 0
beforeAll(async () => {
  database = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'tenth-commands-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await database.close()
})

async function tenth(name: string, input: Readonly<Record<string, unknown>> = {}) {
  const command = commands.find((c) => c.name === name)
  if (command === undefined) throw new Error(`no command ${name}`)
  const parsed = command.input.safeParse(input)
  if (!parsed.success) return { code: 2, out: '', err: parsed.error.issues.map((i) => i.message).join('\n') }
  const paper = { out: [] as string[], err: [] as string[] }
  const io: Io = {
    out: (text) => void paper.out.push(text),
    err: (text) => void paper.err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  clock += 1
  const now = () => new Date(Date.UTC(2026, 10, 23, 0, clock)).toISOString() as Instant
  const shell: Shell = { db: database.db, now, dataFolder: folder }
  const code = await command.run(parsed.data as never, io, () => Promise.resolve(shell))
  return { code, out: paper.out.join('\n'), err: paper.err.join('\n') }
}
const put = (file: string, text: string) => {
  writeFileSync(join(folder, file), text)
  return file
}
const book = () => loadBook(database.db)
/** What an import could change: the log, the versions, the search. */
const changes = async () => {
  const { rows } = await sql`select (select count(*) from audit_event) as events,
    (select count(*) from registry_version) as versions, (select sum(documents) from registry_word) as words`.execute(
    database.db,
  )
  return rows
}
const recordOf = async (id: string): Promise<Rec> => {
  const rec = (await book()).records.get(id)
  if (rec === undefined) throw new Error(`no ${id}`)
  return rec
}

describe('registry list', () => {
  test('every record, and as many as the book has', async () => {
    const { code, out } = await tenth('registry list', { json: true })
    expect([code, JSON.parse(out).count]).toEqual([0, 482])
  })

  // Counted in the files with another program.
  test.each([
    [{ kind: 'lawsuit', status: 'stayed' }, ['suit-nj-v-bondi-frt']],
    [{ state: 'GU', kind: 'measure' }, ['m-gu-joins-public-health-alliance']],
    [{ kind: 'doctrine', confidence: 'high', from: '1997', to: '1997' }, ['doc-printz-1997']],
    [{ kind: 'alliance', status: 'not-in-force' }, ['alliance-npvic']],
  ])('%j', async (filter, ids) => {
    const { out } = await tenth('registry list', { ...filter, json: true })
    const found = (JSON.parse(out).records as Rec[]).map((rec) => rec.id)
    expect(found).toEqual(ids)
  })

  // Counted in the first compiled set with another program.
  test.each([
    [{ kind: 'measure', state: 'co' }, 15],
    [{ kind: 'measure', party: 'R' }, 49],
    [{ kind: 'measure', stance: 'divestment' }, 6],
  ])('%j: %i records', async (filter, count) => {
    expect(JSON.parse((await tenth('registry list', { ...filter, json: true })).out).count).toBe(count)
  })

  test('law: each filter splits the records into parts that make up the whole', async () => {
    const all = [...(await book()).records.values()]
    const count = async (filter: object) =>
      JSON.parse((await tenth('registry list', { ...filter, json: true })).out).count as number
    const sum = async (name: string, values: readonly string[]) => {
      let total = 0
      for (const value of values) total += await count({ [name]: value })
      return total
    }
    expect(await sum('kind', Object.keys(KINDS))).toBe(all.length)
    expect(await sum('confidence', ['high', 'medium', 'low'])).toBe(all.length)
    expect(await sum('party', ['D', 'R', 'mixed', 'unknown'])).toBe(216)
    expect(await sum('area', [...new Set(all.map((rec) => rec.policy_area))])).toBe(all.length)
  })

  test('as of a day, it agrees with the fold of each record by itself', async () => {
    const { out } = await tenth('registry list', { asOf: '2025-06-01', json: true })
    const listed = JSON.parse(out) as { records: Rec[]; uncertain: { id: string; why: string }[] }
    const doubts = new Map(listed.uncertain.map(({ id, why }) => [id, why]))
    const folded = [...(await book()).records.values()].flatMap((rec) => {
      const at = onDay(rec, '2025-06-01' as IsoDate)
      return at.present ? [[rec.id, at.status, at.uncertain] as const] : []
    })
    const shown = listed.records.map((rec) => [rec.id, rec.status, doubts.get(rec.id)] as const)
    const byId = (a: readonly [string, ...unknown[]], b: readonly [string, ...unknown[]]) =>
      a[0] < b[0] ? -1 : 1
    expect([...shown].sort(byId)).toEqual([...folded].sort(byId))
    expect(shown.length).toBeLessThan(482)
  })

  test.each([
    [{ state: 'ZZ' }, /postal code/],
    [{ kind: 'law' }, /one of measure/],
    [{ kind: 'measure,law' }, /one of measure/],
    [{ asOf: '2025-02-30' }, /wanted: a day of the calendar/],
    [{ from: '2025-13' }, /wanted: a date/],
    [{ from: '2025', to: '2024' }, /wanted: a date not before 2025/],
    [{ knownAt: 'yesterday' }, /wanted: an instant/],
    [{ status: '; drop table' }, /wanted: one of/],
  ])('%j is bad use', async (input, reason) => {
    const { code, err } = await tenth('registry list', input)
    expect(code).toBe(2)
    expect(err).toMatch(reason)
  })
})

describe('registry show and history', () => {
  test('a measure shows what it answers and what challenges it', async () => {
    const { code, out } = await tenth('registry show', { id: 'm-il-bivens-act' })
    expect(code).toBe(0)
    expect(out).toContain('Challenged by:\n  suit-us-v-illinois-bivens  United States v. Illinois (HB 1312)')
    expect(out).toContain('Limited by:\n  doc-westfall-act')
  })

  test('an unknown id is found wanting, and so is one that did not exist on the day', async () => {
    expect((await tenth('registry show', { id: 'm-none' })).code).toBe(1)
    expect((await tenth('registry show', { id: 'm-il-bivens-act', asOf: '2020-01-01' })).code).toBe(1)
    expect((await tenth('registry history', { id: '<b>' })).code).toBe(1)
  })

  test('jurisdictions', async () => {
    const { out } = await tenth('registry jurisdictions', { csv: true })
    expect(parse(out, { columns: true }).length).toBe((await book()).jurisdictions.size)
  })
})

describe('exports come back as the records that they were made of', () => {
  test('as CSV: every kind, every field, and one row each', async () => {
    const { code } = await tenth('registry export', { format: 'csv', out: 'all.csv' })
    const again = await tenth('registry import', { file: 'all.csv', json: true })
    expect(code).toBe(0)
    expect(JSON.parse(again.out)).toMatchObject({ added: [], changed: [], same: 482 })
    expect(readFileSync(join(folder, 'all.dictionary.csv'), 'utf8')).toContain('lawsuit,dockets[].number,')
  })

  test('of a past day: with the doubts of that day, and not to be taken for today', async () => {
    await tenth('registry export', { format: 'csv', asOf: '2025-06-01', out: 'past.csv' })
    const [first] = parse(readFileSync(join(folder, 'past.csv')), { columns: true }) as Record<
      string,
      string
    >[]
    expect(Object.keys(first ?? {}).at(-1)).toBe('uncertain_on_2025-06-01')
    const { code, err } = await tenth('registry import', { file: 'past.csv', yes: true })
    expect([code, err]).toEqual([1, expect.stringContaining('the unknown column "uncertain_on_2025-06-01"')])
  })

  test('as YAML', async () => {
    await tenth('registry export', { format: 'yaml', out: 'all.yaml' })
    const again = await tenth('registry import', { file: 'all.yaml', json: true })
    expect(JSON.parse(again.out)).toMatchObject({ added: [], changed: [], same: 482 })
  })

  test('as JSON, with licence and dictionary', async () => {
    const { out } = await tenth('registry export', { kind: 'alliance' })
    const file = JSON.parse(out)
    expect(file.licence).toContain('CC BY 4.0')
    expect(file.records.every((rec: unknown) => SCHEMAS.alliance.safeParse(rec).success)).toBe(true)
    expect(file.dictionary.length).toBeGreaterThan(100)
  })

  test('every field of the dictionary has a meaning', () => {
    expect(dictionary().filter((row) => row.meaning === '')).toEqual([])
  })

  test('law: no cell of any text runs as a formula, and each comes back', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary-ascii' }),
      fc.string().map((text) => `=${text}`),
      fc.string().map((t) => `'-${t}`),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        const [, row] = parse(csvText(['a', 'b'], [[text, 'x']]), { relax_column_count: false }) as string[][]
        expect(row?.[0] ?? '').not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })

  test('a title that begins like a formula survives the round trip', async () => {
    const rec = { ...(await recordOf('m-il-bivens-act')), title: '=HYPERLINK("x")' } as Rec
    const csv = recordsCsv([rec])
    expect(csv).toContain(`"'=HYPERLINK`)
    const read = readCsv({ path: 'x.csv', bytes: new TextEncoder().encode(csv) })
    expect(read).toMatchObject({ value: [{ item: { title: '=HYPERLINK("x")' } }] })
  })
})

describe.sequential('registry import', () => {
  const edited = async (id: string, fields: object) =>
    put('edit.csv', recordsCsv([{ ...(await recordOf(id)), ...fields } as Rec]))

  test('without --yes it shows the difference, field by field, and changes nothing', async () => {
    const before = await loadRevision(database.db)
    const file = await edited('m-co-50-suits', { title: 'Colorado suits' })
    const { code, out } = await tenth('registry import', { file })
    expect(code).toBe(0)
    expect(out).toBe(`~ m-co-50-suits  Colorado suits
    title
      - "Colorado attorney general litigation program"
      + "Colorado suits"

0 new, 1 changed, 0 as they are
nothing is changed; --yes accepts this`)
    expect(await loadRevision(database.db)).toBe(before)
  })

  test('--dry-run wins over --yes', async () => {
    const before = await loadRevision(database.db)
    await tenth('registry import', { file: 'edit.csv', yes: true, dryRun: true })
    expect(await loadRevision(database.db)).toBe(before)
  })

  test('with --yes it is a new version by the operator, with its reason in the history and the log', async () => {
    const reason = 'The name in the sources is shorter'
    const { code } = await tenth('registry import', { file: 'edit.csv', yes: true, reason, correction: true })
    expect(code).toBe(0)
    const history = JSON.parse((await tenth('registry history', { id: 'm-co-50-suits', json: true })).out)
    expect(history[1]).toMatchObject({ version: 2, change: 'correction', origin: 'operator', reason })
    const events = await sql<{ payload: string; actor: string }>`
      select payload, actor from audit_event where subject = 'm-co-50-suits' order by seq desc limit 1`.execute(
      database.db,
    )
    expect(events.rows[0]?.actor).toBe('operator')
    expect(JSON.parse(events.rows[0]?.payload ?? '')).toMatchObject({
      change: 'correction',
      reason,
      version: 2,
    })
  })

  test('one bad row refuses them all, and names its line and field', async () => {
    const before = await loadRevision(database.db)
    const rows = [
      { ...(await recordOf('m-co-sb25-276')), title: 'Changed' },
      { ...(await recordOf('m-co-50-suits')), status: 'in force' },
    ] as Rec[]
    const { code, err } = await tenth('registry import', {
      file: put('bad.csv', recordsCsv(rows)),
      yes: true,
    })
    expect(code).toBe(1)
    expect(err).toContain('bad.csv:3: status: found "in force"; wanted one of floated')
    expect(await loadRevision(database.db)).toBe(before)
  })

  test('a new record may name another of the same file', async () => {
    const [suit, measure] = [await recordOf('suit-us-v-illinois-bivens'), await recordOf('m-il-bivens-act')]
    const rows = [
      { ...measure, id: 'm-il-new-act' },
      { ...suit, id: 'suit-us-v-new-act', relations: { challenges: ['m-il-new-act'] } },
    ] as Rec[]
    const { code, out } = await tenth('registry import', {
      file: put('two.csv', recordsCsv(rows)),
      yes: true,
    })
    expect([code, out]).toEqual([0, expect.stringContaining('recorded 2 new versions')])
    expect((await book()).relationsTo('m-il-new-act')).toEqual([
      { from: 'suit-us-v-new-act', type: 'challenges', to: 'm-il-new-act' },
    ])
  })

  test.each([
    [
      'an unknown column',
      'id,kind,colour\nm-x,measure,red\n',
      /bad\.csv:1: colour: found the unknown column/,
    ],
    ['a row with a cell too many', 'id,kind\nm-x,measure,red\n', /bad\.csv:2: file: found invalid CSV/],
    ['an unknown kind', 'id,kind\nm-x,law\n', /bad\.csv:2: kind: found "law"/],
    ['a field of another kind', 'id,kind,agency\nm-x,measure,EPA\n', /bad\.csv:2: agency: found "EPA"/],
    ['broken JSON in a cell', 'id,kind,sources\nm-x,measure,[{\n', /bad\.csv:2: sources: found \[\{/],
    [
      'the same id twice',
      'id,kind\nm-x,measure\nm-x,measure\n',
      /bad\.csv:3: id: found m-x, which is already on line 2/,
    ],
    ['an open quote', 'id,kind\n"m-x,measure\n', /invalid CSV/],
    ['nothing', '', /bad\.csv:1: file: found no row/],
    ['rows without end', `id,kind\n${'m-x,measure\n'.repeat(100_000)}`, /found more than 20000 rows/],
    ['a row without end', 'abcdefg,'.repeat(200_000), /bad\.csv:1: file: found invalid CSV/],
    ['columns that nobody knows', 'a,'.repeat(2_000), /found the unknown column "a"/],
  ])('%s is refused, and nothing is changed', async (_, text, told) => {
    const before = await changes()
    const { code, err } = await tenth('registry import', { file: put('bad.csv', text), yes: true })
    expect([code, err]).toEqual([1, expect.stringMatching(told)])
    expect(await changes()).toEqual(before)
  })

  test('the same of a YAML file with one faultless record and one that is not', async () => {
    const before = await changes()
    const good = recordsYaml([{ ...(await recordOf('doc-murphy-2018')), title: 'Another title' }], 'x')
    const file = put('bad.yaml', `${good}- id: m-x\n`)
    expect((await tenth('registry import', { file, yes: true })).code).toBe(1)
    expect(await changes()).toEqual(before)
  })

  test('a missing file is bad use', async () => {
    expect((await tenth('registry import', { file: 'none.csv' })).code).toBe(2)
  })
})

describe.sequential('the log and the table', () => {
  const findings = async () => {
    const found: string[] = []
    for await (const finding of registryCheck.run(database.db)) found.push(finding.detail)
    return found
  }

  test('agree after all of the above', async () => expect(await findings()).toEqual([]))

  test('a record altered behind the log is found', async () => {
    await sql`alter table registry_version disable trigger all`.execute(database.db)
    await sql`alter table registry_version drop constraint hash_is_of_record`.execute(database.db)
    await sql`update registry_version set record = replace(record, 'Printz', 'Prints') where id = 'doc-printz-1997'`.execute(
      database.db,
    )
    await sql`update registry_version set record = record || ' ', hash = sha256(convert_to(record || ' ', 'UTF8')) where id = 'doc-murphy-2018'`.execute(
      database.db,
    )
    await sql`delete from registry_version where id = 'm-gu-joins-public-health-alliance'`.execute(
      database.db,
    )
    expect((await findings()).sort()).toEqual([
      'doc-murphy-2018 version 1 is not the text whose hash was logged',
      'doc-printz-1997 version 1 does not have the hash that stands beside it',
      'm-gu-joins-public-health-alliance version 1 is in the log and not in the table',
    ])
  })
})
