import { expect, test } from 'vitest'
import { compareForce } from './matrix.tsx'
import { RECORD_KINDS, type RecordKind, STATUSES, statusOf } from './status.ts'

/** Every status that a record may have, by kind. */
const OF_RECORDS: Record<RecordKind, string> = {
  measure:
    'in-effect historic proposed challenged enjoined floated struck-down partly-enjoined passed-legislature planned announced superseded defeated ended not-in-force enacted vetoed repealed',
  'federal-action':
    'in-effect blocked ended contested partly-blocked announced withdrawn sustained reported repealed',
  lawsuit:
    'pending preliminary-relief-granted judgment-for-plaintiffs judgment-for-defendants settled-or-closed dismissed on-appeal preliminary-relief-denied stayed',
  alliance: 'active historic not-in-force',
  doctrine: 'good-law vacated contested untested on-appeal interim dissent concept',
  'playbook-type': 'type',
}

test.each(RECORD_KINDS)('%s: every status has its sign and word, and no other is listed', (kind) => {
  const known = OF_RECORDS[kind].split(' ')
  expect(Object.keys(STATUSES[kind]).sort()).toEqual([...known].sort())
  for (const status of known) expect(statusOf(kind, status, 'en').word).not.toBe('')
})

// The fill says how much has force now.
test.each([
  ['measure', 'in-effect', 'full', 'In effect'],
  ['measure', 'challenged', 'half', 'In effect, challenged'],
  ['measure', 'partly-enjoined', 'half-bar', 'Partly enjoined'],
  ['measure', 'enjoined', 'bar', 'Enjoined'],
  ['measure', 'proposed', 'dashed', 'Proposed'],
  ['measure', 'struck-down', 'cross', 'Struck down'],
  ['measure', 'historic', 'grey', 'Historic'],
  ['federal-action', 'blocked', 'bar', 'Blocked by a court'],
  ['federal-action', 'contested', 'half', 'Contested in court'],
  ['federal-action', 'sustained', 'full', 'Veto sustained'],
  ['lawsuit', 'pending', 'dashed', 'Pending'],
  ['lawsuit', 'judgment-for-plaintiffs', 'full', 'Judgment for plaintiffs'],
  ['lawsuit', 'preliminary-relief-denied', 'cross', 'Preliminary relief denied'],
] as const)('%s %s is a %s square: %s', (kind, status, sign, word) => {
  expect(statusOf(kind, status, 'en')).toEqual({ sign, word })
})

test.each(['repealed-in-part', 'constructor', ''])(
  'an unknown status %j keeps its word and a plain square',
  (status) => {
    const { sign, word } = statusOf('measure', status, 'es')
    expect(sign).toBe('plain')
    expect(word).not.toBe('')
  },
)

test('the most advanced status comes first', () => {
  const statuses = ['historic', 'proposed', 'struck-down', 'in-effect', 'enjoined', 'challenged']
  expect(statuses.sort((a, b) => compareForce('measure', a, b))).toEqual([
    'in-effect',
    'challenged',
    'enjoined',
    'proposed',
    'struck-down',
    'historic',
  ])
})
