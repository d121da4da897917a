/** A line that both texts have, that only the old one has, or only the new one. */
export interface DiffLine {
  readonly is: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Above this, lines between the common beginning and end are shown as all gone and all new. */
const MOST_CELLS = 4_000_000

/** The least number of lines to take away and to add, by the longest common subsequence. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [linesOf(before), linesOf(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++
  const same = (lines: readonly string[]) => lines.map((text): DiffLine => ({ is: 'same', text }))
  return [
    ...same(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...same(a.slice(a.length - end)),
  ]
}

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n')

function middle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const removed = (text: string): DiffLine => ({ is: 'removed', text })
  const added = (text: string): DiffLine => ({ is: 'added', text })
  if (a.length * b.length > MOST_CELLS) return [...a.map(removed), ...b.map(added)]
  const width = b.length + 1
  // longest[i * width + j]: lines in common of what follows a[i] and b[j].
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [old, now] = [a[i], b[j]]
    if (old !== undefined && old === now) {
      lines.push({ is: 'same', text: old })
      i++
      j++
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(removed(old))
      i++
    } else {
      lines.push(added(now ?? ''))
      j++
    }
  }
  return lines
}

/** A stretch of lines to show; `skipped` of those that are the same stand before it. */
export interface Hunk {
  readonly skipped: number
  readonly lines: readonly DiffLine[]
}

/** Only what differs, with some lines around it. */
export function hunksOf(lines: readonly DiffLine[], around = 2): readonly Hunk[] {
  const isShown = lines.map((_, i) =>
    lines.slice(Math.max(0, i - around), i + around + 1).some(({ is }) => is !== 'same'),
  )
  const hunks: { skipped: number; lines: DiffLine[] }[] = []
  let skipped = 0
  for (const [i, line] of lines.entries()) {
    if (!isShown[i]) {
      skipped++
      continue
    }
    const last = hunks.at(-1)
    if (last === undefined || skipped > 0) hunks.push({ skipped, lines: [line] })
    else last.lines.push(line)
    skipped = 0
  }
  return hunks
}
