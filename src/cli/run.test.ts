import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Command, command, type Io } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { ROOMS } from './rooms.ts'
import { type Rooms, runCommandLine } from './run.ts'

const commands: readonly Command<Shell>[] = [
  command({
    name: 'echo say',
    summary: 'print the words',
    args: '<words...>',
    options: [
      ['--times <n>', 'how often'],
      ['--json', 'print JSON'],
    ],
    input: z.object({
      words: z.array(z.string()),
      times: z.string().regex(/^\d+$/, 'wanted: a whole number').default('1'),
      json: z.boolean().default(false),
    }),
    run: async ({ words, times }, io) => {
      for (let n = 0; n < Number(times); n++) io.out(words.join(' '))
      return 0
    },
  }),
  command({ name: 'echo refuse', summary: 'refuse', input: z.object({}), run: async () => 1 }),
  command({
    name: 'echo break',
    summary: 'fail by a mistake of ours',
    input: z.object({}),
    run: async () => {
      throw new Error('broken')
    },
  }),
  command({
    name: 'echo away',
    summary: 'fail by the database',
    input: z.object({}),
    run: async () => {
      throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    },
  }),
]
const rooms: Rooms = [{ title: 'Echo', words: ['echo'], load: async () => ({ commands }) }]

async function paper(words: string, given: Rooms = rooms) {
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = { out: (t) => out.push(t), err: (t) => err.push(t), isTerminal: false, cwd: '/' }
  const code = await runCommandLine(words === '' ? [] : words.split(' '), given, io)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test.each([
  { words: 'echo say a b --times 2', code: 0, out: 'a b\na b', err: '' },
  { words: 'echo refuse', code: 1, out: '', err: '' },
  {
    words: 'echo say a --times many',
    code: 2,
    out: '',
    err: '--times: found "many"; wanted: a whole number',
  },
  { words: 'echo say', code: 2, out: '', err: "missing required argument 'words'" },
  { words: 'echo say a --tims 3', code: 2, out: '', err: 'Did you mean --times?' },
  { words: 'echo sy', code: 2, out: '', err: 'Did you mean say?' },
  { words: 'ecko say', code: 2, out: '', err: 'Did you mean echo?' },
  { words: 'echo break', code: 3, out: '', err: 'Tenth made a mistake, and stopped: broken' },
  { words: 'echo away', code: 3, out: '', err: 'The database stopped answering' },
])('`$words` exits $code', async ({ words, code, out, err }) => {
  const found = await paper(words)
  expect([found.code, found.out]).toEqual([code, out])
  expect(found.err).toContain(err)
})

test.each([
  { words: 'echo say a --times many --json', code: 'bad_use', exit: 2 },
  { words: 'echo say --json', code: 'bad_use', exit: 2 },
])('with --json the error of `$words` is JSON too', async ({ words, code, exit }) => {
  const { err } = await paper(words)
  expect(JSON.parse(err)).toMatchObject({ error: { code, exit } })
})

test('help lists every command of every room under a heading, and one of its own shows the options', async () => {
  const { code, out } = await paper('--help', ROOMS)
  expect(code).toBe(0)
  for (const room of ROOMS) {
    expect(out).toContain(room.title)
    for (const { name } of (await room.load()).commands) {
      expect(out).toContain(name)
      expect(room.words).toContain(name.split(' ')[0])
    }
  }
  expect((await paper('')).out).toBe((await paper('--help')).out)
  expect((await paper('echo say --help')).out).toContain('--times <n>')
  expect((await paper('--version')).out).toMatch(/^\d+\.\d+\.\d+$/)
})

test('a room is loaded only when it is asked for', async () => {
  const other = { title: 'Other', words: ['other'], load: () => Promise.reject(new Error('loaded')) }
  expect((await paper('echo say a', [...rooms, other])).code).toBe(0)
})
