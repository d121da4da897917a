// Makes a clone ready to run, with nothing but Node's own modules: packages as the lock file says, then the build.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { alone } from './mutex.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const NPM_CI = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--ignore-scripts',
  '--prefer-offline',
  '--no-audit',
  '--no-fund',
]

/** Ends the process with 3 and words when the clone cannot be made ready. */
export async function ensure() {
  try {
    await ensurePackages()
    const { build } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href)
    await build()
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`)
    process.exit(3)
  }
}

async function ensurePackages() {
  const stamp = join(root, 'node_modules/.tenth-stamp')
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex')
  const isReady = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isReady()) return
  const waiting = (pid) =>
    process.stderr.write(`Process ${pid} is installing packages here; waiting for it …\n`)
  const install = async () => {
    if (isReady()) return
    process.stderr.write('Installing packages (first start, or the lock file changed) …\n')
    const code = await runNpm(NPM_CI)
    if (code !== 0) throw new NotInstalled(code)
    writeFileSync(stamp, wanted)
  }
  await alone(join(root, '.tenth-install.lock'), install, waiting)
}

class NotInstalled extends Error {
  constructor(code) {
    super(`npm ci ended with code ${code}`)
  }
}

/** npm runs as a child; a signal to us ends it too, so that nothing goes on installing behind our back. */
function runNpm(args) {
  const npm = process.env.npm_execpath
  const isScript = npm !== undefined && /\.[cm]?js$/.test(npm)
  const [file, first] = isScript ? [process.execPath, [npm]] : ['npm', []]
  return new Promise((done, fail) => {
    const child = spawn(file, [...first, ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: !isScript && process.platform === 'win32',
    })
    const stop = (signal) => {
      child.kill(signal)
      process.exit(signal === 'SIGINT' ? 130 : 143)
    }
    process.once('SIGINT', stop).once('SIGTERM', stop)
    // The shell between an outer npm and us passes no signal on: its end is the only sign.
    const parent = process.ppid
    const watch = setInterval(() => process.ppid !== parent && stop('SIGTERM'), 250)
    const settled = (settle) => (value, signal) => {
      clearInterval(watch)
      process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop)
      settle(value ?? signal)
    }
    child.once('error', settled(fail))
    child.once('exit', settled(done))
  })
}

function wordsOf(error) {
  if (error instanceof NotInstalled)
    return `The packages could not be installed (${error.message}): see npm's words above. The first start needs a package registry, or npm's cache; later ones do not.`
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Tenth cannot write in its own folder ${root}: it is read-only or belongs to another user (${error.path ?? error.message}). Run \`npm start\` once as the user who owns it, or clone it to a folder of your own.`
    case 'ENOSPC':
      return `The disk that holds ${root} is full. Packages and build take about 600 MB.`
    case 'ENOENT':
      if (error.path === 'npm') return 'npm was not found; it comes with Node: https://nodejs.org.'
  }
  return `Tenth could not be built: ${error.stack ?? error}`
}
