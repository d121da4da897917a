import { expect, test } from 'vitest'
import { STATES } from '../base/index.ts'
import { PARTS_WORDS } from './parts.words.ts'
import { RECORD_KINDS, STATUSES } from './status.ts'
import { label, stateName, WORDS } from './words.ts'

/** Words that are the same in both languages on purpose. */
const SAME = ['API', 'Cannabis', 'Veto']

type Tree = { readonly [key: string]: Tree | string | ((n: number) => string) }

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const at = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') return [[at, value]]
    if (typeof value === 'function') return [[at, value(2)]]
    return leaves(value, at)
  })
}

test.each([
  ['the interface', WORDS],
  ['the gallery', PARTS_WORDS],
])('%s has every word in both languages', (_, both: { en: Tree; es: Tree }) => {
  const [en, es] = [leaves(both.en), leaves(both.es)]
  expect(es.map(([key]) => key).sort()).toEqual(en.map(([key]) => key).sort())
  const spanish = new Map(es)
  const left = en.filter(([key, word]) => spanish.get(key) === word && !SAME.includes(word))
  expect(left).toEqual([])
  expect([...en, ...es].filter(([, word]) => word.trim() === '')).toEqual([])
})

test('a billion is never a billón', () => {
  const all = [...leaves(WORDS.es), ...leaves(PARTS_WORDS.es)].map(([, word]) => word)
  expect(all.filter((word) => /bill[oó]n/i.test(word))).toEqual([])
})

test('every status has a word of its own in Spanish', () => {
  const same = RECORD_KINDS.flatMap((kind) =>
    Object.values(STATUSES[kind] as Record<string, { en: string; es: string }>).filter(
      (row) => row.en === row.es,
    ),
  )
  expect(same).toEqual([])
})

test('a code without a written word is shown spaced', () => {
  expect(label('es', 'area', 'water-rights')).toBe('Water rights')
  expect(label('en', 'area', 'cannabis')).toBe('Cannabis')
  expect(label('en', 'area', 'toString')).toBe('ToString')
})

test('places have names in both languages', () => {
  expect(STATES.map((state) => stateName(state.usps, 'en'))).toEqual(STATES.map((state) => state.name))
  expect(stateName('NM', 'es')).toBe('Nuevo México')
  expect(stateName('CO', 'es')).toBe('Colorado')
})
