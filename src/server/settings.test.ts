import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { serverSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenth-settings-'))
const secretFile = join(folder, 'secret')
writeFileSync(secretFile, 'a secret of the two\n')
afterAll(() => rmSync(folder, { recursive: true }))

const PROVIDER = {
  TENTH_OIDC_ISSUER: 'https://id.agency.example/realm',
  TENTH_OIDC_CLIENT_ID: 'tenth',
  TENTH_OIDC_CLIENT_SECRET_FILE: secretFile,
}

describe('how people sign in', () => {
  test('without a word of the operator: on the machine alone', () =>
    expect(serverSettings({ PORT: '4900' })).toMatchObject({
      ok: true,
      value: { access: { origin: undefined, listensAt: 'http://localhost:4900' } },
    }))

  test('with an origin and a provider, whose second factor is believed only when it is said', () => {
    const env = { TENTH_ORIGIN: 'https://tenth.example', ...PROVIDER }
    const provider = {
      name: 'id.agency.example',
      issuer: PROVIDER.TENTH_OIDC_ISSUER,
      clientId: 'tenth',
      clientSecret: 'a secret of the two',
      hasSecondFactor: false,
    }
    expect(serverSettings(env)).toMatchObject({
      value: { access: { origin: 'https://tenth.example', provider } },
    })
    expect(serverSettings({ ...env, TENTH_OIDC_SECOND_FACTOR: 'yes' })).toMatchObject({
      value: { access: { provider: { hasSecondFactor: true } } },
    })
  })

  test.each([
    ['TENTH_ORIGIN', { TENTH_ORIGIN: 'http://tenth.example' }],
    ['TENTH_ORIGIN', { TENTH_ORIGIN: 'https://tenth.example/path' }],
    ['TENTH_ORIGIN', { TENTH_ORIGIN: 'tenth.example' }],
    ['TENTH_OIDC_ISSUER', { ...PROVIDER, TENTH_OIDC_ISSUER: 'http://id.agency.example' }],
    ['TENTH_OIDC_ISSUER', { ...PROVIDER, TENTH_OIDC_ISSUER: 'not an address' }],
    ['TENTH_OIDC_CLIENT_ID', { ...PROVIDER, TENTH_OIDC_CLIENT_ID: '' }],
    ['TENTH_OIDC_CLIENT_SECRET_FILE', { ...PROVIDER, TENTH_OIDC_CLIENT_SECRET_FILE: join(folder, 'none') }],
  ])('%s that is wrong is named', (name, env) =>
    expect(serverSettings(env)).toMatchObject({ ok: false, error: { code: 'setting_wrong', name } }),
  )
})
