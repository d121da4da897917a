import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../src/db/index.ts'

/**
 * Unpacks the browser once a run, before the journeys start side by side. The package unpacks into the temporary
 * folder, and its libraries only where it believes to be in the environment that it was made for.
 */
export async function setup(): Promise<void> {
  if (process.platform !== 'linux') return
  const folder = join(PACKAGE_ROOT, '.cache/chromium')
  mkdirSync(folder, { recursive: true })
  const { TMPDIR } = process.env
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x'
  process.env.TMPDIR = folder
  const { default: packed } = await import('@sparticuz/chromium')
  process.env.TENTH_TEST_BROWSER = await packed.executablePath()
  // Without a font configuration the browser draws no font that comes over the network.
  process.env.FONTCONFIG_PATH ??= existsSync('/etc/fonts') ? '/etc/fonts' : join(folder, 'fonts')
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
}
