import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure, root } from './ensure.mjs'

const load = (path) => import(pathToFileURL(join(root, path)).href)

const TASKS = {
  start: async () => void (await load('dist/server/main.js')),
  test: async (filters) => {
    process.exitCode = await (await load('scripts/test.mjs')).runTests(root, filters)
  },
  bench: async (filters) => {
    process.exitCode = await (await load('scripts/bench.mjs')).runBenches(root, filters)
  },
  build: async () => {},
}

export async function runTask([name, ...rest]) {
  const task = TASKS[name]
  if (task === undefined) {
    process.stderr.write(`There is no task "${name}"; wanted: ${Object.keys(TASKS).join(', ')}.\n`)
    process.exitCode = 2
    return
  }
  await ensure()
  await task(rest)
}
