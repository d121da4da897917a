import { createVitest } from 'vitest/node'

/** Runs every test once and closes with the line that machines read: `N passed, N failed`. */
export async function runTests(root, filters) {
  process.env.NODE_ENV = 'test'
  const vitest = await createVitest('test', { root, run: true, watch: false })
  await vitest.start(filters)
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const module of vitest.state.getTestModules()) {
    if (module.state() === 'failed' && [...module.children.allTests()].length === 0) counts.failed++
    for (const test of module.children.allTests()) counts[test.result().state]++
  }
  const broken = vitest.state.getUnhandledErrors().length
  await vitest.close()
  counts.failed += broken
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0
}
