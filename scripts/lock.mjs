// After a change of packages, run `npm install --package-lock-only && node scripts/lock.mjs`:
// 1. takes download addresses out of the lock file, so that any registry serves a clone;
// 2. lists the variants for other systems that a registry did not offer (npm leaves them out, and `npm ci` then
//    refuses the file), with the systems that their names tell.
import { readFileSync, writeFileSync } from 'node:fs'

const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'windows',
  'wasm',
  'unknown',
]
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
for (const [path, entry] of Object.entries(lock.packages)) {
  delete entry.resolved
  if (path === '') continue
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${path}/node_modules/${name}`]) continue
    lock.packages[`node_modules/${name}`] = variant(name, version, entry.dev === true)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)

function variant(name, version, dev) {
  const words = name.split('/').at(-1).split('-')
  const at = words.findIndex((word) => OS.includes(word))
  const os = words[at] === 'windows' ? 'win32' : words[at]
  const rest = words.slice(at + 1)
  const libc = rest.some((word) => word.startsWith('musl'))
    ? ['musl']
    : rest.includes('gnu')
      ? ['glibc']
      : undefined
  const cpu = rest.find((word) => /^(arm|ia32|x64|ppc|s390|riscv|loong|mips)/.test(word))
  return {
    version,
    optional: true,
    ...(dev && { dev }),
    os: [os ?? 'unknown'],
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc }),
  }
}
