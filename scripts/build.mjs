// Compiles src/ to dist/ where anything changed since the last build: programs by esbuild, the look by build-look.mjs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './ensure.mjs'

/** Rooms that anyone may import as `tenth/<room>`. */
const DOORS = ['base', 'audit', 'registry', 'withholding']

export async function build() {
  const programs = fingerprint(
    [
      ['src', /\.tsx?$/],
      ['scripts', /\.mjs$/],
    ],
    ['package-lock.json'],
  )
  if (programs !== readStamp('programs')) {
    await buildPrograms()
    writeStamp('programs', programs)
  }
  const lookScript = join(root, 'scripts/build-look.mjs')
  if (!existsSync(lookScript)) return
  const look = fingerprint(
    [
      ['src/ui/look', /./],
      ['scripts', /build-look\.mjs$/],
    ],
    ['package-lock.json'],
  )
  if (look !== readStamp('look')) {
    const { buildLook } = await import(lookScript)
    await buildLook(root)
    writeStamp('look', look)
  }
}

async function buildPrograms() {
  const { build: bundle } = await import('esbuild')
  const doors = DOORS.filter((room) => existsSync(join(root, 'src', room, 'index.ts')))
  await bundle({
    absWorkingDir: root,
    entryPoints: ['src/server/main.ts', 'src/cli/main.ts', ...doors.map((room) => `src/${room}/index.ts`)],
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
