// Compiles src/ to dist/ where anything changed since the last build: programs by esbuild, the look by build-look.mjs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './ensure.mjs'
import { alone } from './mutex.mjs'

/** Rooms that anyone may import as `tenth/<room>`. */
const DOORS = ['base', 'audit', 'registry', 'withholding', 'ledger', 'scenario']

/** Programs that a worker thread runs, found by their file (`src/scenario/run-workers.ts`). */
const THREADS = ['src/scenario/worker.ts']

export async function build() {
  if (isCurrent()) return
  const waiting = (pid) => process.stderr.write(`Process ${pid} is building here; waiting for it …\n`)
  await alone(join(root, '.tenth-build.lock'), buildWhatChanged, waiting)
}

const isCurrent = () =>
  programsNow() === readStamp('programs') && (!hasLook() || lookNow() === readStamp('look'))

const LOOK_SCRIPT = join(root, 'scripts/build-look.mjs')
const hasLook = () => existsSync(LOOK_SCRIPT)

const programsNow = () =>
  fingerprint(
    [
      ['src', /\.tsx?$/],
      ['scripts', /\.mjs$/],
    ],
    ['package-lock.json'],
  )

const lookNow = () =>
  fingerprint(
    [
      ['src/ui/look', /./],
      ['scripts', /build-look\.mjs$/],
    ],
    ['package-lock.json'],
  )

async function buildWhatChanged() {
  const programs = programsNow()
  if (programs !== readStamp('programs')) {
    await buildPrograms()
    await (await import('./build-islands.mjs')).buildIslands(root)
    writeStamp('programs', programs)
  }
  if (!hasLook()) return
  const look = lookNow()
  if (look !== readStamp('look')) {
    const { buildLook } = await import(pathToFileURL(LOOK_SCRIPT).href)
    await buildLook(root)
    writeStamp('look', look)
  }
}

async function buildPrograms() {
  const { build: bundle, stop } = await import('esbuild')
  const doors = DOORS.filter((room) => existsSync(join(root, 'src', room, 'index.ts')))
  const { metafile } = await bundle({
    metafile: true,
    absWorkingDir: root,
    entryPoints: [
      'src/server/main.ts',
      'src/cli/main.ts',
      ...THREADS,
      ...doors.map((room) => `src/${room}/index.ts`),
    ],
    outdir: 'dist',
    outbase: 'src',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'linked',
    logLevel: 'warning',
  })
  await stop()
  removeOld(new Set(Object.keys(metafile.outputs)))
}

/** A program that runs may still load its own pieces: those that are of no build now go after a day. */
function removeOld(outputs) {
  const dayAgo = Date.now() - 86_400_000
  for (const name of readdirSync(join(root, 'dist'))) {
    const file = join(root, 'dist', name)
    if (!/\.js(\.map)?$/.test(name) || outputs.has(`dist/${name}`)) continue
    if (statSync(file).mtimeMs < dayAgo) rmSync(file, { force: true })
  }
}

const stampFile = (name) => join(root, 'dist', `.${name}-stamp`)
const readStamp = (name) => (existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : undefined)
function writeStamp(name, value) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stampFile(name), value)
}

/** Names, sizes and times of the files: enough to see a change, and a few milliseconds for a few hundred files. */
function fingerprint(folders, files) {
  const hash = createHash('sha256').update(process.versions.node)
  const add = (path) => {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  for (const [folder, pattern] of folders) {
    const path = join(root, folder)
    if (!existsSync(path)) continue
    for (const file of readdirSync(path, { recursive: true }).sort()) {
      if (pattern.test(file) && statSync(join(path, file)).isFile()) add(join(path, file))
    }
  }
  for (const file of files) add(join(root, file))
  return hash.digest('hex')
}
