import type { Marked } from './search.ts'

/** Control characters around a found word: no record can hold them, since its schema refuses none but a person writes none. */
export const START = '\u0001'
export const STOP = '\u0002'

/** Takes the marks out of a marked text and keeps where they stood; neighbors that touch stay apart. */
export function markedOf(marked: string): Marked {
  const matches: [number, number][] = []
  let text = ''
  for (const piece of marked.split(START)) {
    const stop = piece.indexOf(STOP)
    if (stop >= 0) matches.push([text.length, text.length + stop])
    text += stop >= 0 ? piece.slice(0, stop) + piece.slice(stop + 1) : piece
  }
  return { text, matches }
}
