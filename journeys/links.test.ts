import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Shell, systemClock } from '../src/db/index.ts'
import { testDatabase } from '../src/db/testing.ts'
import { createApp } from '../src/server/app.tsx'
import { FAMILIES } from './families.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  database = await testDatabase()
  const shell: Shell = {
    db: database.db,
    now: systemClock,
    dataFolder: mkdtempSync(join(tmpdir(), 'tenth-links-')),
  }
  app = createApp(shell)
})
afterAll(() => database.close())

const linksOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action)="([^"]*)"/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  )

/** Every page reached in two steps from the families: some thousands of links, each asked for once. */
test('no link inside the site is dead', async () => {
  const asked = new Map<string, string>(
    [...FAMILIES, ...FAMILIES.map((path) => `/es${path === '/' ? '' : path}`)].map((p) => [p, 'families.ts']),
  )
  const dead: string[] = []
  let wave = [...asked.keys()]
  for (let step = 0; step < 2; step++) {
    const next: string[] = []
    for (const path of wave) {
      const answer = await app.request(path)
      if (answer.status >= 400) dead.push(`${answer.status} ${path} (linked from ${asked.get(path)})`)
      if (!(answer.headers.get('content-type') ?? '').startsWith('text/html')) {
        await answer.arrayBuffer()
        continue
      }
      for (const link of linksOf(await answer.text())) {
        if (!link.startsWith('/') || link.startsWith('//')) continue
        const target = link.replace(/#.*$/, '')
        if (target === '' || asked.has(target) || isVariation(target, step)) continue
        asked.set(target, path)
        next.push(target)
      }
    }
    wave = next
  }
  expect(dead).toEqual([])
  expect(asked.size).toBeGreaterThan(1000)
}, 240_000)

/** On the second step a list with other filters is the same page again. */
const isVariation = (target: string, step: number): boolean => step > 0 && target.includes('?')
