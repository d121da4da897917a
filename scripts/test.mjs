import { createVitest } from 'vitest/node'

/** Runs every test once, or those whose path holds a filter, and closes with the line that machines read. */
export async function runTests(root, filters) {
  process.env.NODE_ENV = 'test'
  const counts = { passed: 0, failed: 0, skipped: 0 }
  try {
    const vitest = await createVitest('test', { root, run: true, watch: false, passWithNoTests: true })
    await vitest.start(filters)
    for (const module of vitest.state.getTestModules()) count(module, counts)
    counts.failed += vitest.state.getUnhandledErrors().length
    await vitest.close()
  } catch (error) {
    process.stderr.write(`${error.stack ?? error}\n`)
    counts.failed++
  }
  if (counts.skipped > 0) process.stdout.write(`\n${counts.skipped} skipped\n`)
  if (counts.passed + counts.failed === 0) process.stdout.write('\nNo test was found.\n')
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`)
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0
}

/** A file that broke before or outside of its tests counts as a failure, so that none is lost. */
function count(module, counts) {
  const tests = [...module.children.allTests()]
  let failed = 0
  for (const test of tests) {
    const { state } = test.result()
    if (state === 'failed') failed++
    if (state === 'passed') counts.passed++
    // A test that never ran is no success: it was waited for in vain.
    else if (state === 'skipped' && module.state() !== 'failed') counts.skipped++
    else if (state === 'pending') failed++
  }
  counts.failed += failed === 0 && module.state() === 'failed' ? 1 : failed
}
