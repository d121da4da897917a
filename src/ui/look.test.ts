import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const copy = mkdtempSync(join(tmpdir(), 'tenth-look-'))
let sizes: Record<string, number>
let manifest: Record<string, string>

beforeAll(async () => {
  for (const folder of ['src', 'node_modules'])
    symlinkSync(join(root, folder), join(copy, folder), 'junction')
  const { buildLook } = await import(new URL('../../scripts/build-look.mjs', import.meta.url).href)
  sizes = await buildLook(copy)
  manifest = JSON.parse(readFileSync(join(copy, 'dist/public/manifest.json'), 'utf8'))
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

test('styles and fonts leave 20 kB of the promised 60 kB for the page', () => {
  expect(sizes['tenth.css']).toBeLessThanOrEqual(12_000)
  const loaded = Object.keys(sizes).filter((name) => !/hashes|work|brief|roboto|mark/.test(name))
  expect(loaded).toHaveLength(5)
  expect(loaded.reduce((sum, name) => sum + (sizes[name] ?? 0), 0)).toBeLessThanOrEqual(40_000)
})

test('every name in the list is a file, and names carry a hash of the content', () => {
  for (const [name, file] of Object.entries(manifest)) {
    expect(existsSync(join(copy, 'dist/public', file))).toBe(true)
    expect(file).toMatch(/\.[0-9a-f]{10}\.\w+$/)
    expect(file.replace(/\.[0-9a-f]{10}/, '')).toBe(name)
  }
})

test('the style sheet asks only for fonts that are there', () => {
  const css = readFileSync(join(copy, 'dist/public', manifest['tenth.css'] ?? ''), 'utf8')
  const asked = [...css.matchAll(/url\("([^"]+)"\)/g)].map(([, url]) => url)
  expect(asked.length).toBe(4)
  expect(asked.filter((url) => !Object.values(manifest).includes(url ?? ''))).toEqual([])
})
