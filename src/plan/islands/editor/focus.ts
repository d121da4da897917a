/** What a button does to which row: `up:measures:2`. */
interface Move {
  readonly act: string
  readonly list: string
  readonly row: number
}

const moveOf = (value: string): Move => {
  const [act = '', list = '', row = ''] = value.split(':')
  return { act, list, row: Number(row) }
}

const CONTROL = 'select, textarea, input:not([type=hidden])'

/** Puts the focus where the work goes on after the page was drawn anew. */
export function focusAfter(value: string, root: ParentNode): void {
  const { act, list, row } = moveOf(value)
  const rows = root.querySelectorAll<HTMLElement>(`[data-row^="${CSS.escape(list)}:"]`)
  const at = { add: rows.length - 1, up: row - 1, down: row + 1, remove: Math.min(row, rows.length - 1) }[act]
  const target = at === undefined ? undefined : rows[at]
  const button = (name: string) => root.querySelector<HTMLElement>(`button[value="${CSS.escape(name)}"]`)
  const focused =
    act === 'up' || act === 'down'
      ? (button(`${act}:${list}:${at}`) ?? target?.querySelector<HTMLElement>('button'))
      : act === 'replace'
        ? root.querySelector<HTMLElement>(`#assumption-${CSS.escape(list.replaceAll('.', '-'))} select`)
        : act === 'default'
          ? button(`replace:${list}`)
          : (target?.querySelector<HTMLElement>(CONTROL) ?? button(`add:${list}`))
  if (focused) reveal(focused)
}

/** Comes back to the same control, by its id, where nothing was moved. */
export function focusAgain(id: string, root: ParentNode): void {
  const same = id === '' ? null : root.querySelector<HTMLElement>(`#${CSS.escape(id)}`)
  if (same) reveal(same)
}

function reveal(element: HTMLElement): void {
  element.closest('details')?.setAttribute('open', '')
  element.focus()
}
