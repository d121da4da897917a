import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkpointText, readCheckpoint } from './checkpoint.ts'
import { formatSigner, generateSigner, openNote, readSigner, readVerifier, signNote } from './note.ts'
import published from './vectors/signed-note.json' with { type: 'json' }

const value = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('published signed notes', () => {
  test('the example of the specification is verified', () => {
    const key = value(readVerifier(published.c2sp.vkey))
    expect(openNote(published.c2sp.note, [key])).toEqual({ ok: true, value: 'This is an example message.\n' })
  })
  test('the example of Go is signed to the same bytes', () => {
    const signer = value(readSigner(published.go.signer_key))
    expect(signer.vkey).toBe(published.go.vkey)
    expect(formatSigner(signer)).toBe(published.go.signer_key)
    expect(signNote(published.go.text, [signer])).toBe(published.go.note)
  })
})

describe('refused', () => {
  const key = value(readVerifier(published.go.vkey))
  test.each([
    {
      why: 'another text',
      note: published.go.note.replace('answer', 'Answer'),
      code: 'note_signature_wrong',
    },
    {
      why: 'another signature',
      note: published.go.note.replace('RyyBw', 'RyyBx'),
      code: 'note_signature_wrong',
    },
    { why: 'another key', note: published.c2sp.note, code: 'note_unsigned' },
    { why: 'no signature', note: published.go.text, code: 'note_malformed' },
    { why: 'a tab', note: published.go.note.replace('If you', 'If\tyou'), code: 'note_malformed' },
    { why: 'a line that is no signature', note: `${published.go.note}— x\n`, code: 'note_malformed' },
  ])('$why', ({ note, code }) => {
    const opened = openNote(note, [key])
    expect(opened.ok ? 'opened' : opened.error.code).toBe(code)
  })
  test.each([
    { why: 'an id that is not the key’s', vkey: published.go.vkey.replace('c74f20a3', 'c74f20a4') },
    { why: 'another algorithm', vkey: published.go.vkey.replace('+AR', '+BR') },
    { why: 'a key cut short', vkey: published.go.vkey.slice(0, -4) },
    { why: 'no name', vkey: published.go.vkey.replace('PeterNeumann', '') },
  ])('verifier key: $why', ({ vkey }) => expect(readVerifier(vkey).ok).toBe(false))
  test.each([
    'origin\n1\n',
    'origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n1\n47DEQpj8HBSa\n',
    '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n',
  ])('checkpoint %j', (text) => expect(readCheckpoint(text).ok).toBe(false))
})

test('law: what is signed opens, and a checkpoint survives its text', () => {
  const signers = [generateSigner('example.org/log'), generateSigner('example.org/log')]
  fc.assert(
    fc.property(fc.nat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
      const text = checkpointText({ origin: 'example.org/log', size, root })
      expect(openNote(signNote(text, signers), signers)).toEqual({ ok: true, value: text })
      const read = value(readCheckpoint(text))
      expect([read.origin, read.size, [...read.root]]).toEqual(['example.org/log', size, [...root]])
    }),
    { numRuns: 30 },
  )
})
