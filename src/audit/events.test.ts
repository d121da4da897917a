import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { PACKAGE_ROOT } from '../db/index.ts'
import { EVENT_KINDS, EventKind } from './events.ts'
import { eventsPage } from './events-page.ts'
import { sentenceOf } from './sentence.ts'

test('docs/audit-events.md is the list', () =>
  expect(eventsPage()).toMatchFileSnapshot(join(PACKAGE_ROOT, 'docs/audit-events.md')))

test.each(EventKind.options)('%s: both sentences use only what every such event has', (kind) => {
  const { en, es, payload } = EVENT_KINDS[kind]
  const { required = [] } = z.toJSONSchema(payload)
  for (const sentence of [en, es])
    for (const [, name] of sentence.matchAll(/\{(\w+)\}/g))
      expect(['subject', 'actor', ...required]).toContain(name)
  expect(en).toContain('{subject}')
  expect(es).toContain('{subject}')
})

test('a sentence says codes as people do, and an unknown kind by its name', () => {
  const event = { actor: 'operator', subject: 'co-hb-1', kind: 'registry.record.changed' }
  const payload = { record_kind: 'measure', version: 2, sha256: '', change: 'correction' }
  expect(sentenceOf({ ...event, payload }, 'en')).toBe(
    'The record co-hb-1 was changed: version 2 (a correction).',
  )
  expect(sentenceOf({ ...event, payload }, 'es')).toBe(
    'Se modificó la ficha co-hb-1: versión 2 (una corrección).',
  )
  expect(sentenceOf({ ...event, kind: 'later.kind', payload: null }, 'es')).toBe('later.kind: co-hb-1')
})
