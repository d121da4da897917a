import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeOf, newSession, openTestSite, someone, type TestSite } from '../src/access/site.testing.ts'
import { invite } from '../src/access/store.ts'
import { href, LANGS } from '../src/ui/index.ts'
import { launch } from './browser.ts'

const BY = { actor: 'operator at the machine' }
const OPERATOR = [{ role: 'operator', jurisdiction: 'all' }] as const
const PASSWORD = 'quiet lantern over the ridge'

let site: TestSite
let browser: Awaited<ReturnType<typeof launch>>
const contexts: BrowserContext[] = []
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openTestSite(), launch()])
})
afterAll(async () => {
  for (const context of contexts) await context.close()
  await browser.close()
  await site.close()
})

async function newContext(options: { readonly script: boolean; readonly bypassCSP?: boolean }) {
  const { script, bypassCSP = false } = options
  const context = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: script, bypassCSP })
  contexts.push(context)
  return context
}

const linkFor = async (email: string): Promise<string> => {
  const made = await invite(site.shell, { name: 'Ana Ruiz', email, grants: OPERATOR }, BY)
  if (!made.ok) throw new Error(made.error.code)
  return `/invite/${made.value.token}`
}

/** A passkey of the browser's own, unlocked by whoever sits there. */
async function giveAuthenticator(page: Page, isUserVerified: boolean) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setVerified: (is: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: is }),
  }
}

test('an invitation is accepted with a passkey, which then signs in', async () => {
  const page = await (await newContext({ script: true })).newPage()
  const key = await giveAuthenticator(page, true)
  await page.goto(await linkFor('passkey@agency.example'))
  await page.click('text=Accept the invitation')
  await page.fill('#passkey-name', 'My laptop')
  await page.click('text=Add a passkey')
  await page.waitForURL('**/sign-in?done=passkey')
  expect(await page.textContent('main')).toContain('The passkey was saved')
  await page.click('text=Use a passkey')
  await page.waitForURL('**/account')
  expect(await page.textContent('#passkeys')).toContain('My laptop')
  expect(await page.textContent('header')).toContain('Ana Ruiz')
  expect((await page.goto('/access'))?.status()).toBe(200)
  // A passkey that its owner did not unlock is half a proof.
  await page.click('header >> text=Sign out')
  await key.setVerified(false)
  await page.goto('/sign-in?next=/plans')
  await page.click('text=Use a passkey')
  await page.waitForSelector('[data-failed]:visible')
  await key.setVerified(true)
  await page.click('text=Use a passkey')
  await page.waitForURL('**/plans')
})

test('without script a password and an app’s code do, in Spanish', async () => {
  const page = await (await newContext({ script: false })).newPage()
  await page.goto(`/es${await linkFor('codigo@agency.example')}`)
  await page.click('text=Aceptar la invitación')
  await page.fill('#password-new', PASSWORD)
  await page.click('text=Guardar la contraseña')
  await page.fill('#code-password', PASSWORD)
  await page.click('text=Añadir una aplicación')
  const key = (await page.textContent('[data-key]')) ?? ''
  expect(await page.locator('.qr svg').count()).toBe(1)
  await page.fill('#code', codeOf(key, Date.now()))
  await page.click('text=Confirmar')
  expect(await page.textContent('main')).toContain('Guardado')
  await page.click('header >> text=Salir')
  expect(await page.textContent('main')).toContain('Usted salió de su cuenta')
  await page.fill('#email', 'codigo@agency.example')
  await page.fill('#password', PASSWORD)
  await page.click('main >> button:has-text("Entrar")')
  await page.fill('#code', codeOf(key, Date.now() + 30_000))
  await page.click('text=Continuar')
  expect(page.url()).toBe(`${site.origin}/es/account`)
  await page.goto('/es/access')
  await page.fill('#name', 'Bo Díaz')
  await page.fill('#email', 'bo@agency.example')
  await page.selectOption('#invite-role', 'analyst')
  await page.fill('#invite-jurisdiction', 'nm')
  await page.click('text=Crear el enlace')
  expect(await page.textContent('.one-time')).toContain(`${site.origin}/invite/`)
})

test.each(LANGS)('pages of an account have no fault that axe can see, in %s', async (lang) => {
  const her = await someone(site, [...OPERATOR, { role: 'analyst', jurisdiction: 'CO' }])
  const half = await someone(site, [], 'invite')
  await half.visitor.post('/account/password', { fresh: PASSWORD })
  const context = await newContext({ script: true, bypassCSP: true })
  const signIn = async (person: string) =>
    context.addCookies([
      { name: 'tenth.session_token', value: await newSession(site, person, 'passkey'), url: site.origin },
    ])
  const page = await context.newPage()
  const look = async (what: string) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const axe = new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } })
      const { violations } = await axe.analyze()
      expect(
        violations.map((v) => `${what} ${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).join(' | ')}`),
      ).toEqual([])
    }
    for (const width of [320, 768, 1024]) {
      await page.setViewportSize({ width, height: 900 })
      expect(
        await page.evaluate('document.documentElement.scrollWidth'),
        `${what} at ${width}`,
      ).toBeLessThanOrEqual(width)
    }
  }
  await page.goto(href(lang, await linkFor(`axe-${lang}@agency.example`)))
  await look('invitation')
  await page.goto(href(lang, '/sign-in/code'))
  await look('code')
  await signIn(half.id)
  await page.goto(href(lang, '/account'))
  await look('account with a password')
  await page.fill('#code-password', PASSWORD)
  await page.click('#second-factor button')
  await look('new code')
  await signIn(her.id)
  for (const path of ['/account?saved=1', '/access', '/registry']) {
    await page.goto(href(lang, path))
    await look(path)
  }
})
