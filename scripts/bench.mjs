// Runs every bench/*.ts, or those whose name holds a filter: each exports `bench(emit)`. One JSON line per figure.
import { mkdirSync, readdirSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

export async function runBenches(root, filters) {
  const names = readdirSync(join(root, 'bench'))
    .filter((name) => /^[\w-]+\.ts$/.test(name))
    .filter((name) => filters.length === 0 || filters.some((filter) => name.includes(filter)))
    .sort()
  if (names.length === 0) {
    process.stderr.write(`No benchmark is named ${filters.join(' or ')}.\n`)
    return 2
  }
  const outdir = join(root, 'dist/bench')
  mkdirSync(outdir, { recursive: true })
  await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `bench/${name}`),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
  })
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  }
  let failed = 0
  for (const name of names) {
    const emit = (figure) =>
      process.stdout.write(`${JSON.stringify({ bench: name.slice(0, -3), ...figure, ...machine })}\n`)
    try {
      const { bench } = await import(pathToFileURL(join(outdir, name.replace(/\.ts$/, '.js'))).href)
      await bench(emit)
    } catch (error) {
      failed++
      process.stderr.write(`bench/${name}: ${error.stack ?? error}\n`)
    }
  }
  return failed > 0 ? 3 : 0
}
