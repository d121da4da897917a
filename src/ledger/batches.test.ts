import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchesOf } from './batches.ts'

const line = (id: string, more: object = {}) =>
  JSON.stringify({
    op: 'transfer',
    id,
    debit: 'a',
    credit: 'b',
    amount: '1',
    kind: 'posted',
    date: '2026-03-10',
    ...more,
  })

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (const [i, from] of places.slice(0, -1).entries()) yield bytes.subarray(from, places[i + 1])
}

async function read(text: string, size: number, cuts: readonly number[] = [], most = 100) {
  const found = []
  for await (const batch of batchesOf(inPieces(Buffer.from(text), cuts), size, most))
    found.push(batch.ok ? batch.value.lines : batch.error)
  return found
}

const TEXT = [
  line('1', { why: 'ñandú €' }),
  '',
  line('2', { linked: true }),
  line('3'),
  `${line('4')}\r`,
  line('5'),
].join('\n')

test('lines keep their numbers, empty ones are passed over, and a chain stays whole', async () => {
  expect(await read(TEXT, 2)).toEqual([
    [1, 3, 4],
    [5, 6],
  ])
  expect(await read(TEXT, 1)).toEqual([[1], [3, 4], [5], [6]])
  expect(await read(`${TEXT}\n`, 100)).toEqual([[1, 3, 4, 5, 6]])
  expect(await read(`\uFEFF${TEXT}`, 100)).toEqual([[1, 3, 4, 5, 6]])
  expect(await read('', 100)).toEqual([])
})

test('law: how the bytes arrive changes nothing, also where they cut a letter in two', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      async (cuts, size) => {
        expect(await read(TEXT, size, cuts)).toEqual(await read(TEXT, size))
      },
    ),
  ))

test('after a bad line nothing more comes, and the batch that it is in does not come', async () => {
  const bad = [line('1'), line('2'), line('3'), 'x', line('4')].join('\n')
  expect(await read(bad, 2)).toEqual([
    [1, 2],
    { line: 4, from: 3, field: '', found: 'x', wanted: 'one JSON object' },
  ])
})

test('a chain that is too long and a line without an end are refused', async () => {
  const chain = Array.from({ length: 5 }, (_, i) => line(`${i}`, { linked: true })).join('\n')
  expect(await read(chain, 1, [], 4)).toMatchObject([
    { line: 5, field: 'linked', wanted: 'at most 4 in a chain' },
  ])
  const endless = 'x'.repeat(400_000)
  expect(await read(endless, 1, [150_000])).toMatchObject([
    { line: 1, found: /bytes that are no UTF-8, or more/ },
  ])
})
