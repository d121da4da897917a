import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Shell, systemClock } from '../src/db/index.ts'
import { testDatabase } from '../src/db/testing.ts'
import { createApp } from '../src/server/app.tsx'

export interface Site {
  readonly origin: string
  readonly browser: Browser
  readonly shell: Shell
  /** A page of the site in a browser of its own, with scripts on or off. */
  readonly visit: (path: string, options?: VisitOptions) => Promise<Page>
  readonly close: () => Promise<void>
}

export interface VisitOptions {
  readonly width?: number
  readonly script?: boolean
}

/**
 * The whole workbench on a database of its own with the facts loaded, and a browser to walk through it.
 */
export async function openSite(): Promise<Site> {
  const database = await testDatabase()
  const shell: Shell = {
    db: database.db,
    now: systemClock,
    dataFolder: mkdtempSync(join(tmpdir(), 'tenth-journey-')),
  }
  const server = serve({ fetch: createApp(shell).fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as { port: number }
  const origin = `http://127.0.0.1:${port}`
  const browser = await launch()
  const contexts: BrowserContext[] = []
  return {
    origin,
    browser,
    shell,
    visit: async (path, { width = 1280, script = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        javaScriptEnabled: script,
        baseURL: origin,
      })
      contexts.push(context)
      const page = await context.newPage()
      await page.goto(path)
      return page
    },
    close: async () => {
      for (const context of contexts) await context.close()
      await browser.close()
      await new Promise((done) => server.close(done))
      await database.close()
    },
  }
}

/** `setup.ts` unpacked it; elsewhere than on Linux an installed Chrome is used. */
export const launch = (): Promise<Browser> =>
  process.env.TENTH_TEST_BROWSER === undefined
    ? chromium.launch({ channel: 'chrome' })
    : chromium.launch({
        executablePath: process.env.TENTH_TEST_BROWSER,
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      })
