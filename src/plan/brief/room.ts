import { type Face, linesOf } from './letters.ts'

/** Where a text stands: the width of a line in font sizes, and the letters. */
export interface Column {
  readonly room: number
  readonly face?: Face
}

const measured = (text: string, { room, face }: Column): readonly string[] => linesOf(text, room, face)

export const heightOf = (text: string, column: Column): number => measured(text, column).length

/** A text as far as it goes, and whether anything was cut. */
export interface CutText {
  readonly text: string
  readonly isCut: boolean
}

/** Cuts at a word, with `tail` where the text goes on elsewhere; `tail` stands on the last line. */
export function cutText(text: string, lines: number, column: Column, tail: string): CutText {
  if (heightOf(text, column) <= lines) return { text, isCut: false }
  const words = text.split(' ')
  let low = 0
  let high = words.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const shorter = `${words.slice(0, middle).join(' ')} ${tail}`
    if (heightOf(shorter, column) <= lines) low = middle
    else high = middle - 1
  }
  return {
    text: words
      .slice(0, low)
      .join(' ')
      .replace(/[,;:]$/, ''),
    isCut: true,
  }
}

/** The first items of a list as far as they go, and how many are left. */
export interface CutList<T> {
  readonly shown: readonly T[]
  readonly left: number
}

/** Items stay whole; where some are left, the last line says how many. */
export function cutList<T>(
  items: readonly T[],
  lines: number,
  column: Column,
  textOf: (item: T) => string,
): CutList<T> {
  const heights = items.map((item) => heightOf(textOf(item), column))
  const all = heights.reduce((sum, height) => sum + height, 0)
  if (all <= lines) return { shown: items, left: 0 }
  let used = 0
  let count = 0
  while (count < items.length && used + (heights[count] ?? 0) <= lines - 1) used += heights[count++] ?? 0
  return { shown: items.slice(0, count), left: items.length - count }
}

export const listHeight = <T>(items: readonly T[], column: Column, textOf: (item: T) => string): number =>
  items.reduce((sum, item) => sum + heightOf(textOf(item), column), 0)

/** A part of a page that may be cut: the lines that it wants, and how many it always has. */
export interface Part {
  readonly wants: number
  readonly least: number
}

/**
 * Lines for each part of a page. Where they do not all go in, parts give lines up in the order given, each down to the
 * least before the next gives any.
 */
export function shareLines<Name extends string>(
  parts: Readonly<Record<Name, Part>>,
  order: readonly Name[],
  lines: number,
): Readonly<Record<Name, number>> {
  const names = Object.keys(parts) as Name[]
  const given = Object.fromEntries(names.map((name) => [name, parts[name].wants])) as Record<Name, number>
  let over = names.reduce((sum, name) => sum + parts[name].wants, 0) - lines
  for (const name of order) {
    const { wants, least } = parts[name]
    const up = Math.max(0, Math.min(over, wants - least))
    given[name] = wants - up
    over -= up
  }
  return given
}
