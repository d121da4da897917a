/**
 * How text becomes search words, the same for records and for queries: runs of letters and runs of digits, so
 * that `HB1312` is `hb 1312`, `287(g)` and `287g` are `287 g`, and `1:25-cv-00127` is `1 25 cv 127`.
 */
export function wordsOf(text: string): readonly string[] {
  return (text.normalize('NFC').match(/\p{L}[\p{L}\p{M}]*|\p{N}+/gu) ?? []).map((word) =>
    fold(word).slice(0, 60),
  )
}

/** Lower case, without accents and without leading zeros. */
const fold = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^0+(?=\d)/, '')

/**
 * Fewest insertions, deletions, replacements and swaps of neighbors that turn one word into the other
 * (optimal string alignment distance), or `limit + 1` when it takes more.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let [before, previous, current] = [[] as number[], range(b.length), [] as number[]]
  for (let i = 1; i <= a.length; i++) {
    current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(previous, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const best = Math.min(replaced, at(previous, j) + 1, at(current, j - 1) + 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      current.push(isSwap ? Math.min(best, at(before, j - 2) + 1) : best)
    }
    ;[before, previous] = [previous, current]
  }
  return Math.min(at(previous, b.length), limit + 1)
}

const range = (last: number): number[] => Array.from({ length: last + 1 }, (_, n) => n)
const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY

/** How many edits a word of this length may be off and still be taken for another; short words are never corrected. */
const editsAllowed = (word: string): number =>
  /\d/.test(word) || word.length < 4 ? 0 : word.length < 6 ? 1 : 2

export interface VocabularyWord {
  readonly word: string
  readonly documents: number
}

/** The word meant: nearest, then with the same first letter, then in the most records, then first in the alphabet. */
export function nearestWord(typed: string, vocabulary: readonly VocabularyWord[]): string | undefined {
  const limit = editsAllowed(typed)
  return vocabulary
    .map((entry) => ({ ...entry, edits: editDistance(typed, entry.word, limit) }))
    .filter(({ edits }) => edits <= limit)
    .sort(
      (a, b) =>
        a.edits - b.edits ||
        Number(b.word[0] === typed[0]) - Number(a.word[0] === typed[0]) ||
        b.documents - a.documents ||
        (a.word < b.word ? -1 : 1),
    )[0]?.word
}
