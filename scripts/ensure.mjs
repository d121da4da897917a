// Makes a clone ready to run, with nothing but Node's own modules: packages as the lock file says, then the build.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export async function ensure() {
  ensurePackages()
  if (process.exitCode === 3) process.exit()
  const { build } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href)
  await build()
}

function ensurePackages() {
  const stamp = join(root, 'node_modules/.tenth-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex')
  const isReady = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isReady()) return
  locked(() => {
    if (isReady()) return
    process.stderr.write('Installing packages (first start, or the lock file changed) …\n')
    const npm = process.env.npm_execpath
    const [file, args] = npm
      ? [process.execPath, [npm]]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
    const done = spawnSync(
      file,
      [
        ...args,
        'ci',
        '--include=dev',
        '--include=optional',
        '--ignore-scripts',
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
      ],
      {
        cwd: root,
        stdio: ['ignore', 2, 2],
      },
    )
    if (done.status !== 0) {
      process.stderr.write(
        'npm ci failed: see its words above. The first start needs a package registry; later ones do not.\n',
      )
      process.exitCode = 3
      return
    }
    writeFileSync(stamp, wanted)
  })
}

/** One installer at a time: a folder is the lock, since making one is atomic everywhere. */
function locked(work) {
  const lock = join(root, '.tenth-install.lock')
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 600_000)
        rmSync(lock, { recursive: true, force: true })
      if (waited === 0) process.stderr.write('Another start is installing; waiting for it …\n')
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
  try {
    work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
