// `npm start` and `npm test`: make the clone ready, then do the thing. Only Node's own modules before that.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure, root } from './ensure.mjs'

const [task, ...rest] = process.argv.slice(2)
await ensure()
if (task === 'start') await import(pathToFileURL(join(root, 'dist/server/main.js')).href)
else if (task === 'test') {
  const { runTests } = await import(pathToFileURL(join(root, 'scripts/test.mjs')).href)
  process.exitCode = await runTests(root, rest)
} else if (task === 'bench') {
  const child = spawn(process.execPath, [join(root, 'scripts/bench.mjs'), ...rest], { stdio: 'inherit' })
  child.once('exit', (code) => {
    process.exitCode = code ?? 3
  })
} else if (task !== 'build') {
  process.stderr.write(`unknown task ${task}; wanted start, test, bench or build\n`)
  process.exitCode = 2
}
