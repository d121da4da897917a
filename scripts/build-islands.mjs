// Bundles each `src/<room>/islands/<name>.ts` for the browser as `islands/<room>-<name>.js`, with a hash in its name.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = 'islands'

/**
 * @param root the package's folder
 * @returns the address of each island under `dist/public`, by its plain name
 */
export async function buildIslands(root) {
  const out = join(root, 'dist/public', FOLDER)
  mkdirSync(out, { recursive: true })
  const { build: bundle } = await import('esbuild')
  const manifest = {}
  for (const { name, file } of findIslands(root)) {
    const { outputFiles } = await bundle({
      absWorkingDir: root,
      entryPoints: [file],
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: ['es2022'],
      legalComments: 'none',
      logLevel: 'warning',
    })
    const [{ contents }] = outputFiles
    const hash = createHash('sha256').update(contents).digest('hex').slice(0, 10)
    manifest[`${FOLDER}/${name}.js`] = `${FOLDER}/${name}.${hash}.js`
    writeFileSync(join(out, `${name}.${hash}.js`), contents)
  }
  writeFileSync(join(out, 'manifest.json.new'), `${JSON.stringify(manifest, null, 2)}\n`)
  renameSync(join(out, 'manifest.json.new'), join(out, 'manifest.json'))
  const kept = new Set(['manifest.json', ...Object.values(manifest).map((path) => path.split('/').at(-1))])
  for (const file of readdirSync(out)) if (!kept.has(file)) rmSync(join(out, file), { force: true })
  return manifest
}

/** Files directly in a room's folder `islands` are islands; what they share lies beside it. */
function findIslands(root) {
  return readdirSync(join(root, 'src'), { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .flatMap((path) => {
      const [, room, name] = /^([a-z]+)\/islands\/([a-z-]+)\.ts$/.exec(path) ?? []
      return room === undefined ? [] : [{ name: `${room}-${name}`, file: `src/${path}` }]
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
