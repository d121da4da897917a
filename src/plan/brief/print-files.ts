import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PDFArray, PDFDict, PDFDocument, type PDFObject, PDFString } from 'pdf-lib'
import type { Browser, LaunchOptions } from 'playwright-core'
import { err, type Instant, ok, type Result } from '../../base/index.ts'
import { PACKAGE_ROOT } from '../../db/index.ts'

/** Why no PDF was made. */
export type PrintError =
  /** No package, or no browser, that prints; the HTML is the brief. */
  | { readonly code: 'no_browser'; readonly reason: string }
  | { readonly code: 'too_busy' }
  | { readonly code: 'print_failed'; readonly reason: string }
  | { readonly code: 'not_two_pages'; readonly pages: number }

export interface Sheet {
  /** The document with `less` lines a page taken out besides. */
  readonly html: (less: number) => string
  readonly title: string
  readonly lang: string
  /** When its figures were made. */
  readonly at: Instant
}

export type Print = (sheet: Sheet) => Promise<Result<Uint8Array, PrintError>>

const PAGES = 2
/** Lines that each page gives up, one try after the other, where the browser sets the text on more pages. */
const TRIES = [0, 2, 4, 8]
const TIMEOUT_MS = 30_000

/** Browsers at work at once, and requests that may wait for one. */
const MOST_BROWSERS = 2
const MOST_WAITING = 8
let working = 0
const waiting: (() => void)[] = []

/** Opens a browser for some prints and closes it in every case. */
export async function withPress<T>(
  work: (print: Print) => Promise<Result<T, PrintError>>,
): Promise<Result<T, PrintError>> {
  if (working >= MOST_BROWSERS && waiting.length >= MOST_WAITING) return err({ code: 'too_busy' })
  if (working >= MOST_BROWSERS) await new Promise<void>((resolve) => waiting.push(resolve))
  else working++
  try {
    const browser = await launch()
    if (!browser.ok) return browser
    try {
      return await work((sheet) => print(browser.value, sheet))
    } finally {
      await browser.value.close().catch(() => {})
    }
  } finally {
    // The place goes to who waits longest, or is free.
    const next = waiting.shift()
    if (next) next()
    else working--
  }
}

async function print(browser: Browser, sheet: Sheet): Promise<Result<Uint8Array, PrintError>> {
  let pages = 0
  try {
    for (const less of TRIES) {
      const pdf = await PDFDocument.load(await paperOf(browser, sheet.html(less)), { updateMetadata: false })
      pages = pdf.getPageCount()
      if (pages === PAGES) return ok(await sealed(pdf, sheet))
    }
  } catch (error) {
    return err({ code: 'print_failed', reason: reasonOf(error) })
  }
  return err({ code: 'not_two_pages', pages })
}

/** Prints a document that stands alone: without scripts and without a network. */
async function paperOf(browser: Browser, html: string): Promise<Uint8Array> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    offline: true,
    serviceWorkers: 'block',
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(TIMEOUT_MS)
    await page.route('**/*', (route) => route.abort())
    await page.setContent(html, { waitUntil: 'load', timeout: TIMEOUT_MS })
    await page.evaluate('document.fonts.ready.then(() => true)')
    return await within(
      page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true }),
      TIMEOUT_MS,
    )
  } finally {
    await context.close()
  }
}

/** Nothing in the file comes from the clock of the machine: the same brief gives the same bytes. */
async function sealed(pdf: PDFDocument, { title, lang, at }: Sheet): Promise<Uint8Array> {
  const made = new Date(at)
  pdf.setTitle(title, { showInWindowTitleBar: true })
  pdf.setLanguage(lang)
  pdf.setCreator('Tenth')
  pdf.setProducer('Chromium, pdf-lib')
  pdf.setCreationDate(made)
  pdf.setModificationDate(made)
  nameNodes(pdf)
  return pdf.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false })
}

const NODE = /^node\d+$/

/** The browser numbers the parts of a tagged document as it goes, each time from elsewhere: here they count from 1. */
function nameNodes(pdf: PDFDocument): void {
  const found = new Set<string>()
  for (const [, object] of pdf.context.enumerateIndirectObjects())
    everyName(object, (name) => {
      found.add(name)
      return name
    })
  // In their order, since the tree that leads to them is sorted.
  const names = new Map([...found].sort().map((name, i) => [name, `node${String(i + 1).padStart(8, '0')}`]))
  for (const [, object] of pdf.context.enumerateIndirectObjects())
    everyName(object, (name) => names.get(name) ?? name)
}

function everyName(object: PDFObject, rename: (name: string) => string): void {
  const renamed = (value: PDFObject): PDFObject => {
    if (value instanceof PDFString && NODE.test(value.asString()))
      return PDFString.of(rename(value.asString()))
    everyName(value, rename)
    return value
  }
  if (object instanceof PDFDict) for (const [key, value] of object.entries()) object.set(key, renamed(value))
  else if (object instanceof PDFArray)
    for (let i = 0; i < object.size(); i++) object.set(i, renamed(object.get(i)))
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''

/** The packages that print are not needed to run the workbench: they are looked for when a brief is printed. */
async function launch(): Promise<Result<Browser, PrintError>> {
  try {
    const { chromium } = await import('playwright-core')
    return ok(await chromium.launch({ ...(await whichBrowser()), timeout: TIMEOUT_MS }))
  } catch (error) {
    return err({ code: 'no_browser', reason: reasonOf(error) })
  }
}

/** The browser that the operator names; else, on Linux, the packed one; else an installed Chrome. */
async function whichBrowser(): Promise<LaunchOptions> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--font-render-hinting=none',
  ]
  const named = process.env.TENTH_BROWSER
  if (named) return { executablePath: named, args }
  if (process.platform !== 'linux') return { channel: 'chrome' }
  const folder = await unpacked()
  return {
    executablePath: join(folder, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      // Without a font configuration the browser draws no font that a document brings.
      FONTCONFIG_PATH: existsSync('/etc/fonts') ? '/etc/fonts' : join(folder, 'fonts'),
    },
  }
}

let unpacking: Promise<string> | undefined
const unpacked = (): Promise<string> => {
  unpacking ??= unpack().finally(() => (unpacking = undefined))
  return unpacking
}

/**
 * Unpacks the browser once, in a folder that then takes its name, so that another process never sees half of it. The
 * package unpacks into the temporary folder, and its libraries only where it believes to be where it was made for.
 */
async function unpack(): Promise<string> {
  const folder = join(PACKAGE_ROOT, '.cache/chromium')
  if (existsSync(join(folder, 'chromium'))) return folder
  const making = `${folder}.${process.pid}`
  mkdirSync(making, { recursive: true })
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME } = process.env
  Object.assign(process.env, { TMPDIR: making, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' })
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
    if (!existsSync(folder)) renameSync(making, folder)
    return folder
  } finally {
    restore({ TMPDIR, AWS_LAMBDA_JS_RUNTIME })
    rmSync(making, { recursive: true, force: true })
  }
}

function restore(before: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
}
