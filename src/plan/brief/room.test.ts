import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linesOf, widthOf } from './letters.ts'
import { cutList, cutText, heightOf, shareLines } from './room.ts'

const TAIL = '… (goes on in the plan)'
const anyWord = fc.string({ minLength: 1, maxLength: 30 }).map((text) => text.replaceAll(/\s/g, 'x'))
const anyText = fc.array(anyWord, { minLength: 1, maxLength: 60 }).map((words) => words.join(' '))
const anyRoom = fc.double({ min: 18, max: 60, noNaN: true })
const anyLines = fc.integer({ min: 2, max: 12 })

describe('lines', () => {
  // Merriweather's figures are those of Public Sans.
  test.each([
    { text: 'nnnn', face: 'regular', width: 4 * 0.575 },
    { text: '$1,230', face: 'regular', width: 5 * 0.7 + 0.24 },
    { text: '2026', face: 'heading', width: 2.8 },
  ] as const)('$text is as wide as in the font', ({ text, face, width }) =>
    expect(widthOf(text, face)).toBeCloseTo(width, 1),
  )

  test('law: no line is wider than its room, and no word is lost', () =>
    fc.assert(
      fc.property(anyText, anyRoom, (text, room) => {
        const lines = linesOf(text, room)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(room)
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      }),
    ))
})

describe('cutting', () => {
  test('law: a text takes no more lines than it is given, and is cut only if it must be', () =>
    fc.assert(
      fc.property(anyText, anyRoom, anyLines, (text, room, lines) => {
        const column = { room }
        const { text: shown, isCut } = cutText(text, lines, column, TAIL)
        expect(heightOf(isCut ? `${shown} ${TAIL}` : shown, column)).toBeLessThanOrEqual(lines)
        expect(isCut).toBe(heightOf(text, column) > lines)
        expect(text.startsWith(shown)).toBe(true)
      }),
    ))

  test('law: items stay whole, and those that are left have their line', () =>
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 12 }), anyRoom, anyLines, (items, room, lines) => {
        const { shown, left } = cutList(items, lines, { room }, (item) => item)
        const used = shown.reduce((sum, item) => sum + heightOf(item, { room }), 0)
        expect(used + (left > 0 ? 1 : 0)).toBeLessThanOrEqual(lines)
        expect(shown.length + left).toBe(items.length)
      }),
    ))

  test('parts give up lines in their order, down to the least', () => {
    const parts = { a: { wants: 8, least: 5 }, b: { wants: 6, least: 2 }, c: { wants: 4, least: 4 } }
    expect(shareLines(parts, ['a', 'b'], 18)).toEqual({ a: 8, b: 6, c: 4 })
    expect(shareLines(parts, ['a', 'b'], 16)).toEqual({ a: 6, b: 6, c: 4 })
    expect(shareLines(parts, ['a', 'b'], 12)).toEqual({ a: 5, b: 3, c: 4 })
    expect(shareLines(parts, ['b', 'a'], 12)).toEqual({ a: 6, b: 2, c: 4 })
  })
})
