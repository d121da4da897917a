/*
 * Asks the browser for a passkey: to sign in with one, or to add one. The forms say where the challenge is and where
 * the answer goes.
 */

const bytesOf = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
    .buffer

const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

interface Described {
  readonly id: string
  readonly type: 'public-key'
  readonly transports?: AuthenticatorTransport[]
}
const known = (list: readonly Described[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }))

async function create(options: never): Promise<unknown> {
  const given = options as PublicKeyCredentialCreationOptionsJSON
  const made = (await navigator.credentials.create({
    publicKey: {
      ...(given as unknown as PublicKeyCredentialCreationOptions),
      challenge: bytesOf(given.challenge),
      user: { ...given.user, id: bytesOf(given.user.id) },
      excludeCredentials: known(given.excludeCredentials as Described[] | undefined),
    },
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return {
    ...shared(made),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports(),
    },
  }
}

async function get(options: never): Promise<unknown> {
  const given = options as PublicKeyCredentialRequestOptionsJSON
  const used = (await navigator.credentials.get({
    publicKey: {
      ...(given as unknown as PublicKeyCredentialRequestOptions),
      challenge: bytesOf(given.challenge),
      allowCredentials: known(given.allowCredentials as Described[] | undefined),
    },
  })) as PublicKeyCredential
  const response = used.response as AuthenticatorAssertionResponse
  return {
    ...shared(used),
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      ...(response.userHandle && { userHandle: textOf(response.userHandle) }),
    },
  }
}

const shared = (credential: PublicKeyCredential) => ({
  id: credential.id,
  rawId: textOf(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  clientExtensionResults: credential.getClientExtensionResults(),
})

async function post(address: string, body: unknown): Promise<{ readonly next?: string }> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

async function run(form: HTMLFormElement): Promise<void> {
  const { passkey, options = '', verify = '', next = '/' } = form.dataset
  const asked = (await post(options, {})) as never
  const credential = passkey === 'add' ? await create(asked) : await get(asked)
  const name = new FormData(form).get('name')
  const answer = await post(verify, passkey === 'add' ? { response: credential, name } : credential)
  location.assign(answer.next ?? next)
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  const elsewhere = form.parentElement?.querySelector<HTMLElement>('.passkey-elsewhere')
  if (location.hostname !== form.dataset.host || !('PublicKeyCredential' in window)) {
    if (elsewhere) elsewhere.hidden = false
    continue
  }
  form.hidden = false
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const failed = form.querySelector<HTMLElement>('[data-failed]')
    if (failed) failed.hidden = true
    run(form).catch(() => {
      if (failed) failed.hidden = false
    })
  })
}
