import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Io, IsoDate } from '../base/index.ts'
import { changeCommands } from './change-commands.ts'
import { checkFiles, checkJurisdictions } from './check.ts'
import { DATA_FOLDER, readDataFiles, readJurisdictionsFile } from './files.ts'
import { readImport } from './import.ts'
import { faultText, MAX_FAULTS } from './read.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenth-check-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `tenth registry check`, which opens no database. */
async function check(files: readonly string[], json = false) {
  const paper = { out: [] as string[], err: [] as string[] }
  const io: Io = {
    out: (text) => void paper.out.push(text),
    err: (text) => void paper.err.push(text),
    isTerminal: false,
    cwd: folder,
  }
  const command = changeCommands.find((c) => c.name === 'registry check')
  const open = () => Promise.reject(new Error('a check opens no database'))
  const code = await command?.run({ files, json } as never, io, open)
  return { code, ...paper }
}

const textOf = (file: string) => readFileSync(join(DATA_FOLDER, file), 'utf8')
const bytes = (text: string) => new TextEncoder().encode(text)
const lineOf = (text: string, marker: string) => text.slice(0, text.indexOf(marker)).split('\n').length

const IL = 'measures/il.yaml'
const SUITS = 'lawsuits/2025.yaml'
const FED = 'federal-actions.yaml'
const ALLIANCES = 'alliances.yaml'
const PLAY = 'playbook-types.yaml'

/** Each row does one kind of damage to the text of a real file; `at` stands on the line that is to be named. */
const DAMAGE: readonly {
  readonly kind: string
  readonly file: string
  readonly from: string
  readonly to: string
  readonly at: string
  readonly field: string
  readonly found: string
}[] = [
  {
    kind: 'unknown field',
    file: IL,
    from: '  instrument: exec',
    to: '  instrumnt: exec',
    at: '  instrumnt',
    field: 'instrumnt',
    found: 'the unknown field instrumnt',
  },
  {
    kind: 'missing title',
    file: IL,
    from: '  title: Chicago "ICE Free Zone" executive order\n',
    to: '',
    at: '- id: m-chicago-ice-free-zone',
    field: 'title',
    found: 'nothing',
  },
  {
    kind: 'empty summary',
    file: SUITS,
    from: '  summary: Federal suit against the state civil remedy and courthouse zone law.',
    to: `  summary: ''`,
    at: `  summary: ''`,
    field: 'summary',
    found: '""',
  },
  {
    kind: 'bad date',
    file: IL,
    from: `enacted: '2025-10-06'`,
    to: `enacted: '2025-02-30'`,
    at: `enacted: '2025-02-30'`,
    field: 'dates.enacted',
    found: '"2025-02-30"',
  },
  {
    kind: 'date as a bare year',
    file: FED,
    from: `enacted: '2010-03'`,
    to: 'enacted: 2010',
    at: 'enacted: 2010\n',
    field: 'dates.enacted',
    found: '2010',
  },
  {
    kind: 'American date',
    file: IL,
    from: `enacted: '2026-01-31'`,
    to: `enacted: '01/31/2026'`,
    at: '01/31/2026',
    field: 'dates.enacted',
    found: '"01/31/2026"',
  },
  {
    kind: 'dangling relation',
    file: IL,
    from: '- fed-operation-midway-blitz',
    to: '- fed-operation-midway',
    at: '- fed-operation-midway\n',
    field: 'relations.answers[0]',
    found: 'fed-operation-midway, which is no record',
  },
  {
    kind: 'relation to a wrong kind',
    file: IL,
    from: '- fed-operation-midway-blitz',
    to: '- doc-printz-1997',
    at: '- doc-printz-1997',
    field: 'relations.answers[0]',
    found: 'doc-printz-1997, a doctrine',
  },
  {
    kind: 'self relation',
    file: IL,
    from: '- fed-operation-midway-blitz',
    to: '- m-chicago-ice-free-zone',
    at: '      - m-chicago-ice-free-zone',
    field: 'relations.answers[0]',
    found: 'the record itself',
  },
  {
    kind: 'relation twice',
    file: IL,
    from: '- fed-chicago-guard-2025',
    to: '- fed-operation-midway-blitz',
    at: 'blitz\n    relies',
    field: 'relations.answers[1]',
    found: 'fed-operation-midway-blitz a second time',
  },
  {
    kind: 'unknown type of relation',
    file: IL,
    from: '    answers:',
    to: '    replies:',
    at: '    replies:',
    field: 'relations.replies',
    found: 'the unknown field replies',
  },
  {
    kind: 'duplicate id',
    file: IL,
    from: '- id: m-chicago-ice-on-notice',
    to: '- id: m-chicago-ice-free-zone',
    at: '- id: m-chicago-ice-free-zone\n  kind: measure\n  title: Chicago "ICE On',
    field: 'id',
    found: 'already at',
  },
  {
    kind: 'id of another kind',
    file: IL,
    from: '- id: m-chicago-ice-on-notice',
    to: '- id: doc-chicago-ice-on-notice',
    at: '- id: doc-chicago',
    field: 'id',
    found: 'doc-chicago-ice-on-notice',
  },
  {
    kind: 'id with capitals',
    file: IL,
    from: '- id: m-chicago-ice-on-notice',
    to: '- id: m-Chicago',
    at: '- id: m-Chicago',
    field: 'id',
    found: '"m-Chicago"',
  },
  {
    kind: 'wrong kind',
    file: IL,
    from: '  kind: measure',
    to: '  kind: law',
    at: '  kind: law',
    field: 'kind',
    found: '"law"',
  },
  {
    kind: 'unsourced',
    file: SUITS,
    from: `  sources:
    - url: https://www.courtlistener.com/docket/72067117/united-states-v-state-of-illinois/
      publisher: CourtListener (RECAP)
    - url: https://pslc.org/cases/united-states-v-illinois-2
      publisher: Progressive State Leaders Committee`,
    to: '  sources: []',
    at: '  sources: []',
    field: 'sources',
    found: '[]',
  },
  {
    kind: 'bad address',
    file: IL,
    from: 'url: https://www.audacy.com',
    to: 'url: www.audacy.com',
    at: 'url: www.audacy',
    field: 'sources[0].url',
    found: '"www.audacy.com',
  },
  {
    kind: 'script as address',
    file: IL,
    from: 'url: https://en.wikipedia.org/wiki/ICE_On_Notice',
    to: 'url: javascript:alert(1)',
    at: 'url: javascript',
    field: 'sources[1].url',
    found: '"javascript:alert(1)"',
  },
  {
    kind: 'source twice',
    file: IL,
    from: 'url: https://en.wikipedia.org/wiki/ICE_On_Notice',
    to: 'url: https://www.cbsnews.com/chicago/news/johnson-signs-ice-on-notice-executive-order-chicago-police',
    at: 'url: https://www.cbsnews.com/chicago/news/johnson-signs-ice-on-notice-executive-order-chicago-police\n      publisher: Wikipedia',
    field: 'sources[1].url',
    found: 'a second time',
  },
  {
    kind: 'bad OCD id',
    file: IL,
    from: '- ocd-division/country:us/state:il/place:chicago',
    to: '- ocd-division/country:us/state:xx/place:chicago',
    at: 'state:xx',
    field: 'jurisdictions[0]',
    found: 'state:xx',
  },
  {
    kind: 'unknown place',
    file: IL,
    from: '- ocd-division/country:us/state:il/place:chicago',
    to: '- ocd-division/country:us/state:il/place:springfeld',
    at: 'springfeld',
    field: 'jurisdictions[0]',
    found: 'springfeld',
  },
  {
    kind: 'no jurisdiction',
    file: SUITS,
    from: `  jurisdictions:
    - ocd-division/country:us
    - ocd-division/country:us/state:il
  policy_area: policing`,
    to: '  jurisdictions: []\n  policy_area: policing',
    at: '  jurisdictions: []',
    field: 'jurisdictions',
    found: '[]',
  },
  {
    kind: 'plaintiff outside the jurisdictions',
    file: SUITS,
    from: `  plaintiffs:
    - ocd-division/country:us
  plaintiff_note: United States
  defendants:
    - ocd-division/country:us/state:il
  relations:
    challenges:
      - m-il-bivens-act`,
    to: `  plaintiffs:
    - ocd-division/country:us/state:tx
  plaintiff_note: United States
  defendants:
    - ocd-division/country:us/state:il
  relations:
    challenges:
      - m-il-bivens-act`,
    at: `    - ocd-division/country:us/state:tx
  plaintiff_note: United States
  defendants:
    - ocd-division/country:us/state:il
  relations`,
    field: 'plaintiffs[0]',
    found: 'state:tx',
  },
  {
    kind: 'bad status for the kind',
    file: SUITS,
    from: `  status: pending\n  status_as_of: '2025-12-22'`,
    to: `  status: in-effect\n  status_as_of: '2025-12-22'`,
    at: `  status: in-effect`,
    field: 'status',
    found: '"in-effect"',
  },
  {
    kind: 'bad confidence',
    file: IL,
    from: '  confidence: high',
    to: '  confidence: certain',
    at: '  confidence: certain',
    field: 'confidence',
    found: '"certain"',
  },
  {
    kind: 'bad party',
    file: IL,
    from: '  adopted_by_party: D',
    to: '  adopted_by_party: Democratic',
    at: 'Democratic',
    field: 'adopted_by_party',
    found: '"Democratic"',
  },
  {
    kind: 'bad legal tier',
    file: PLAY,
    from: '  legal_tier: settled',
    to: '  legal_tier: sure',
    at: '  legal_tier: sure',
    field: 'legal_tier',
    found: '"sure"',
  },
  {
    kind: 'unverified field that is none',
    file: FED,
    from: '  unverified_fields:\n    - ',
    to: '  unverified_fields:\n    - no_',
    at: '    - no_',
    field: 'unverified_fields[0]',
    found: 'no_',
  },
  {
    kind: 'effective before enacted',
    file: IL,
    from: `    effective: '2025-10-06'`,
    to: `    effective: '2025-09'`,
    at: `    effective: '2025-09'`,
    field: 'dates.effective',
    found: '2025-09, before enacted 2025-10-06',
  },
  {
    kind: 'left before joined',
    file: ALLIANCES,
    from: `      left: '2022-01'`,
    to: `      joined: '2023'\n      left: '2022-01'`,
    at: `      left: '2022-01'`,
    field: 'former_members[0].left',
    found: '2022-01, before joined 2023',
  },
  {
    kind: 'member outside the jurisdictions',
    file: ALLIANCES,
    from: '    - jurisdiction: ocd-division/country:us/territory:gu',
    to: '    - jurisdiction: ocd-division/country:us/state:tx',
    at: "    - jurisdiction: ocd-division/country:us/state:tx\n      joined: '2025-10-15'",
    field: '.jurisdiction',
    found: 'state:tx',
  },
  {
    kind: 'status yet to come',
    file: SUITS,
    from: `status_as_of: '2025-12-22'`,
    to: `status_as_of: '2999'`,
    at: `status_as_of: '2999'`,
    field: 'status_as_of',
    found: '2999, which is yet to come',
  },
  {
    kind: 'text as an amount',
    file: FED,
    from: '  amount_usd: ',
    to: '  amount_usd: about ',
    at: '  amount_usd: about',
    field: 'amount_usd',
    found: '"about ',
  },
  {
    kind: 'amount with cents',
    file: FED,
    from: '  amount_usd: ',
    to: '  amount_usd: 0.5',
    at: '  amount_usd: 0.5',
    field: 'amount_usd',
    found: '0.5',
  },
  {
    kind: 'text where a list belongs',
    file: PLAY,
    from: '  steps:\n    - ',
    to: '  steps: one\n  note:\n    - ',
    at: '  steps: one',
    field: 'steps',
    found: '"one"',
  },
  {
    kind: 'field twice',
    file: IL,
    from: '  confidence: high',
    to: '  confidence: high\n  confidence: low',
    at: '  confidence: low',
    field: 'confidence',
    found: 'the field twice',
  },
  {
    kind: 'tab',
    file: IL,
    from: '  status: in-effect',
    to: '\tstatus: in-effect',
    at: '\tstatus',
    field: 'status',
    found: 'a tab',
  },
  {
    kind: 'unclosed quote',
    file: IL,
    from: `    enacted: '2025-10-06'`,
    to: `    enacted: '2025-10-06`,
    at: `    enacted: '2025-10-06\n`,
    field: '',
    found: '',
  },
  {
    kind: 'wrong indentation',
    file: IL,
    from: '  instrument: exec',
    to: ' instrument: exec',
    at: ' instrument: exec',
    field: 'instrument',
    found: '',
  },
  {
    kind: 'second document',
    file: IL,
    from: '- id: m-chicago-ice-on-notice',
    to: '---\n- id: m-chicago-ice-on-notice',
    at: '---',
    field: 'file',
    found: 'a second document',
  },
  {
    kind: 'alias',
    file: IL,
    from: '  status: in-effect',
    to: '  status: *s',
    at: '*s',
    field: '',
    found: '',
  },
  {
    kind: 'anchor',
    file: IL,
    from: '  status: in-effect',
    to: '  status: &s in-effect',
    at: '&s',
    field: 'file',
    found: 'an anchor (&)',
  },
  {
    kind: 'tag',
    file: IL,
    from: '  status: in-effect',
    to: '  status: !!js/function in-effect',
    at: '!!js',
    field: '',
    found: '',
  },
  {
    kind: 'record that is text',
    file: IL,
    from: '- id: m-chicago-ice-free-zone',
    to: '- just some words\n- id: m-chicago-ice-free-zone',
    at: '- just some words',
    field: 'record',
    found: '"just some words"',
  },
  {
    kind: 'control character',
    file: IL,
    from: 'title: Chicago "ICE On Notice"',
    to: 'title: "Chicago\\u0007 \\"ICE On Notice\\"" #',
    at: 'title: "Chicago\\u0007',
    field: 'title',
    found: 'Chicago',
  },
]

const { rows: jurisdictions } = checkJurisdictions(readJurisdictionsFile())
const held = checkFiles(readDataFiles(), { jurisdictions }).records.map(({ rec }) => rec)
const today = '2026-11-22' as IsoDate

describe('damage to a file is named by file, line and field', () => {
  test.each(DAMAGE)('$kind', ({ file, from, to, at, field, found }) => {
    const whole = textOf(file)
    expect(whole).toContain(from)
    const damaged = whole.replace(from, () => to)
    const { faults } = readImport({ path: file, bytes: bytes(damaged) }, held, { jurisdictions, today })
    const told = faults.map(faultText)
    const named = told.filter((text) => text.startsWith(`${file}:${lineOf(damaged, at)}: `))
    expect(named, `line ${lineOf(damaged, at)} in:\n${told.join('\n')}`).not.toEqual([])
    expect(named.some((text) => text.includes(field) && text.includes(found))).toBe(true)
    expect(told.every((text) => /^[\w./-]+:\d+: \S+: found .+; wanted .+/.test(text))).toBe(true)
  })

  test.each(DAMAGE.filter((_, i) => i % 9 === 0))(
    '$kind: the command exits 1',
    async ({ file, from, to, at }) => {
      const damaged = textOf(file).replace(from, () => to)
      const path = join(folder, basename(file))
      writeFileSync(path, damaged)
      const { code, err, out } = await check([path])
      expect(code).toBe(1)
      expect(out.join()).toMatch(/ faults?$/)
      expect(err.join('\n')).toContain(`${path}:${lineOf(damaged, at)}: `)
    },
  )

  test('there are at least 25 kinds of it', () => expect(DAMAGE.length).toBeGreaterThanOrEqual(25))
})

describe('bytes that no text should have', () => {
  test('bytes that are not UTF-8 are named by their line', async () => {
    const good = bytes(textOf(IL))
    const at = bytes(textOf(IL).slice(0, textOf(IL).indexOf('ICE Free Zone'))).length
    const path = join(folder, 'latin1.yaml')
    writeFileSync(path, Buffer.concat([good.slice(0, at), Buffer.from([0xe9]), good.slice(at)]))
    const { code, err } = await check([path])
    expect([code, err]).toEqual([1, [`${path}:8: file: found bytes that are not UTF-8; wanted UTF-8 text`]])
  })

  test.each([
    ['ten megabytes', 'a: b\n'.repeat(2_000_000)],
    [
      'a billion laughs',
      `a: &a [x,x]\n${'bcdefghij'
        .split('')
        .map((c, i) => `${c}: &${c} [*${'abcdefghi'[i]},*${'abcdefghi'[i]}]`)
        .join('\n')}\n`,
    ],
    ['ten thousand brackets', '['.repeat(10_000)],
    ['ten thousand brackets on lines of their own', '[\n'.repeat(10_000)],
    [
      'ten thousand levels of indentation',
      Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    ],
    ['ten thousand dashes', '- '.repeat(10_000)],
    ['nothing', ''],
    ['a scalar', 'just words'],
    ['a table', 'id,kind,title\nm-x,measure,A measure\n'],
    ['records without end', '- id: x\n'.repeat(130_000)],
    ['anchors without end', '- &a x\n'.repeat(140_000)],
    ['entries without end', `- [${'x,'.repeat(500_000)}x]\n`],
    ['fields without end', `- ${Array.from({ length: 29_000 }, (_, i) => `k${i}: 1`).join('\n  ')}\n`],
    ['one field without end', `- {${'a: 1,'.repeat(29_000)}a: 1}\n`],
    ['many faulty records', '- id: x\n'.repeat(4_900)],
  ])('%s: a clear fault, and no fall', async (name, text) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.yaml`)
    writeFileSync(path, text)
    const { code, err } = await check([path])
    expect(code).toBe(1)
    expect(err[0]).toMatch(/:\d+: \w+: found .+; wanted .+/)
    expect(err.length).toBeLessThanOrEqual(MAX_FAULTS + 1)
  })

  test('anchors on lists and fields are found too, not on words alone', () => {
    const { faults } = checkFiles(
      [{ path: 'f', bytes: bytes('- &a [x]\n- &b {id: x}\n- c: &c\n    d: 1\n') }],
      {
        jurisdictions,
      },
    )
    expect(faults.map(({ line, found }) => [line, found])).toEqual([1, 2, 4].map((n) => [n, 'an anchor (&)']))
  })

  test('law: no bytes make the check fall, and every fault has a line of the file', () => {
    const whole = textOf('measures/gu.yaml')
    const anyDamage = fc.record({
      at: fc.nat(whole.length),
      cut: fc.nat(20),
      put: fc.string({ unit: 'binary', maxLength: 8 }),
    })
    fc.assert(
      fc.property(anyDamage, ({ at, cut, put }) => {
        const text = whole.slice(0, at) + put + whole.slice(at + cut)
        const { faults } = checkFiles([{ path: 'f', bytes: bytes(text) }], { jurisdictions })
        const lines = text.split('\n').length
        return faults.every((fault) => fault.line >= 1 && fault.line <= lines && fault.wanted !== '')
      }),
      { numRuns: 300 },
    )
  })
})

test('a file that cannot be read is bad use', async () => {
  const { code, err } = await check(['no-such-file.yaml'])
  expect(code).toBe(2)
  expect(err[0]).toContain('ENOENT')
})

test.each([
  ['a folder', DATA_FOLDER],
  ['a device without end', '/dev/zero'],
])('%s is bad use', async (_, path) => {
  const { code, err } = await check([path])
  expect([code, err[0]]).toEqual([2, expect.stringContaining('wanted: a readable file')])
})

test('the project’s own files pass, by name and all together; JSON says the same', async () => {
  expect(checkFiles(readDataFiles(), { jurisdictions, today }).faults).toEqual([])
  expect(await check([join(DATA_FOLDER, IL)])).toMatchObject({ code: 0 })
  const { code, out } = await check([], true)
  expect([code, JSON.parse(out.join())]).toEqual([0, { records: 482, faults: [] }])
})

test('a record added under an id that another file has is a fault', () => {
  const others = held.map((rec) => ({ rec, file: 'measures/there.yaml', line: 6 }))
  const copy = { path: 'measures/copy.yaml', bytes: bytes(textOf('measures/gu.yaml')) }
  expect(checkFiles([copy], { jurisdictions, others }).faults[0]).toMatchObject({
    field: 'id',
    found: expect.stringContaining('already at measures/there.yaml:6'),
  })
})
