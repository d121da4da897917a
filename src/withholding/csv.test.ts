import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CsvFault, CsvReader, textAt } from './csv.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Rows as text, the file cut into pieces of `size` bytes. */
function read(
  file: Uint8Array,
  size = file.length || 1,
): { rows: string[][]; lines: number[]; fault?: CsvFault } {
  const reader = new CsvReader()
  const rows: string[][] = []
  const lines: number[] = []
  for (let at = 0; at <= file.length; at += size) {
    const last = at + size > file.length
    const fault = reader.read(file.slice(at, at + size), last, (row) => {
      rows.push(Array.from({ length: row.fields }, (_, i) => textAt(row, i) ?? '<not UTF-8>'))
      lines.push(row.line)
      return undefined
    })
    if (fault) return { rows, lines, fault }
  }
  return { rows, lines }
}

test.each([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,\n,b\n,',
    [
      ['a', ''],
      ['', 'b'],
      ['', ''],
    ],
  ],
  [
    '\uFEFF"a","b ""c"""\n"x\ny",z\n',
    [
      ['a', 'b "c"'],
      ['x\ny', 'z'],
    ],
  ],
  [
    'a,b\n\n\r\n1,2\n\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['"",""\n', [['', '']]],
  ['Doña Ana,ß\n', [['Doña Ana', 'ß']]],
  ['', []],
])('%j', (text, rows) => {
  for (const size of [1, 2, 3, 7, 1000]) expect(read(bytesOf(text), size).rows).toEqual(rows)
})

test('rows are numbered by the line on which they start', () => {
  expect(read(bytesOf('a\n"x\ny\nz"\n\nb\n')).lines).toEqual([1, 2, 6])
})

describe('what is no CSV is refused with its line', () => {
  test.each([
    ['a,b\n1,2"3\n', 2, 'a quote inside a field'],
    ['a,b\n"1"2,3\n', 2, 'text after a closing quote'],
    ['a,b\n1,"2', 2, 'a quote that never closes'],
    ['a,b\n1,"2"x', 2, 'text after a closing quote'],
    ['a\0,b\n', 1, 'a zero byte'],
    [`a\n${',1'.repeat(2000)}\n`, 2, '2001 fields'],
    [`a\n"${'x'.repeat(3_000_000)}`, 2, 'a row of more than 1048576 bytes'],
  ])('%#', (text, line, found) => {
    expect(read(bytesOf(text)).fault).toMatchObject({ line, found })
  })

  test('UTF-16, and a row that never ends', () => {
    expect(read(new Uint8Array([0xff, 0xfe, 97, 0])).fault).toMatchObject({
      code: 'csv_not_utf8',
      found: 'UTF-16',
    })
    expect(read(bytesOf(`a\n"${'x'.repeat(3_000_000)}`), 1 << 16).fault).toMatchObject({ line: 2 })
  })
})

const field = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('', ',', '"', 'a"b', '\n', '\r\n', 'ñ', ' x '),
)
const quote = (text: string, force: boolean) =>
  force || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

test('law: any written file is read as an independent reader reads it, however it is cut', () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.tuple(field, fc.boolean()), { minLength: 2, maxLength: 4 }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (rows, end, closed, size) => {
        const clean = rows.map((row) =>
          row.map(([text, force]) => [text.replaceAll('\0', ''), force] as const),
        )
        const text =
          clean.map((row) => row.map(([t, force]) => quote(t, force)).join(',')).join(end) +
          (closed ? end : '')
        const wanted = parse(text, { relax_column_count: true, record_delimiter: end }) as string[][]
        expect(wanted).toEqual(clean.map((row) => row.map(([t]) => t)))
        expect(read(bytesOf(text), size).rows).toEqual(wanted)
      },
    ),
    { numRuns: 1000 },
  ))
