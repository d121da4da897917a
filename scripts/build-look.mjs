// Makes dist/public: the style sheet, the fonts cut to the characters in use, and the list of their hashed names.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** ASCII, the letters of Spanish, and the signs that the pages print. */
const CHARACTERS = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  ...'áéíóúüñÁÉÍÓÚÜÑ¿¡ªº«»',
  ...'\u00a0§·×÷±−–—‘’“”…•©°€¢½¼¾→←▲▼ʻ',
].join('')

const FONTS = [
  { name: 'fonts/public-sans-400.woff2', from: 'public-sans/PublicSans-Regular.ttf' },
  { name: 'fonts/public-sans-700.woff2', from: 'public-sans/PublicSans-Bold.ttf' },
  { name: 'fonts/figures-800.woff2', from: 'public-sans/PublicSans-ExtraBold.ttf', only: '$%0123456789' },
  {
    name: 'fonts/merriweather-900.woff2',
    from: 'merriweather/Latin-Merriweather-Black.ttf',
    only: withoutFigures(),
  },
  { name: 'fonts/roboto-mono-400.woff2', from: 'roboto-mono/roboto-mono-v5-latin-regular.ttf' },
]

/** Merriweather's figures dance (it has no lining ones), so headings borrow Public Sans ones. */
function withoutFigures() {
  return CHARACTERS.replaceAll(/[0-9$%]/g, '')
}

/** What a first visit loads besides the page itself; the promise is 60 kB with it. */
const FIRST_LOAD = ['tenth.css', ...FONTS.slice(0, 4).map((font) => font.name)]

const MARK =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M1 7h13v7H1z" fill="#c2850c"/>' +
  '<path d="M16 18h15v7H16z" fill="#0f6460"/><path d="M14 2h3v28h-3z" fill="#171716"/></svg>\n'

/**
 * @param root the package's folder
 * @returns bytes of each file as it travels, by its plain name
 */
export async function buildLook(root) {
  const out = join(root, 'dist/public')
  mkdirSync(join(out, 'fonts'), { recursive: true })
  const manifest = {}
  const sizes = {}
  const write = (name, content) => {
    const bytes = Buffer.from(content)
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
    manifest[name] = name.replace(/(\.\w+)$/, `.${hash}$1`)
    writeFileSync(join(out, manifest[name]), bytes)
    sizes[name] = name.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length
    if (name.endsWith('.woff2')) return
    writeFileSync(join(out, `${manifest[name]}.gz`), gzipSync(bytes, { level: 9 }))
    writeFileSync(join(out, `${manifest[name]}.br`), brotliCompressSync(bytes))
  }
  for (const font of FONTS) write(font.name, await cut(root, font))
  for (const name of ['tenth', 'hashes', 'work', 'brief'])
    write(`${name}.css`, await styles(root, name, manifest))
  write('mark.svg', MARK)
  writeFileSync(join(out, 'manifest.json.new'), `${JSON.stringify(manifest, null, 2)}\n`)
  renameSync(join(out, 'manifest.json.new'), join(out, 'manifest.json'))
  removeStale(out, manifest)
  return sizes
}

/** Files of earlier builds go last, so that a page made meanwhile never names a file that is not there. */
function removeStale(out, manifest) {
  const kept = new Set(['manifest.json', ...Object.values(manifest)])
  for (const file of readdirSync(out, { recursive: true })) {
    const name = file.replaceAll('\\', '/').replace(/\.(gz|br)$/, '')
    const isOther = name === 'fonts' || /^islands(\/|$)/.test(name)
    if (!kept.has(name) && !isOther) rmSync(join(out, file), { force: true })
  }
}

async function cut(root, { from, only }) {
  const { default: subsetFont } = await import('subset-font')
  const font = readFileSync(join(root, 'node_modules/@uswds/uswds/dist/fonts', from))
  return subsetFont(font, only ?? CHARACTERS, {
    targetFormat: 'woff2',
    keepFeatures: ['kern', 'liga', 'tnum', 'lnum'],
    noHinting: true,
  })
}

async function styles(root, name, manifest) {
  const { compileAsync } = await import('sass-embedded')
  const { css } = await compileAsync(join(root, `src/ui/look/${name}.scss`), {
    style: 'compressed',
    loadPaths: [join(root, 'node_modules/@uswds/uswds/packages')],
  })
  return css.replaceAll(/fonts\/[\w-]+\.woff2/g, (font) => manifest[font] ?? font)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildLook(dirname(dirname(fileURLToPath(import.meta.url))))
  for (const [name, bytes] of Object.entries(sizes)) console.log(`${String(bytes).padStart(7)} ${name}`)
  const total = FIRST_LOAD.reduce((sum, name) => sum + sizes[name], 0)
  console.log(`${String(total).padStart(7)} first load without the page, of 60000`)
}
