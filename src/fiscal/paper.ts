import type { Cell, Table } from './table.ts'

/** A table for a terminal: amounts in dollars, numbers to the right, a long last column unbroken. */
export function paper({ columns, rows }: Table): string {
  const cells = [
    columns.map((column) => column.name.replace(/_cents$/, '')),
    ...rows.map((row) => row.map((cell, at) => shown(cell, columns[at]?.type ?? 'text'))),
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  return cells
    .map((row) =>
      row
        .map((cell, at) => {
          const width = widths[at] ?? 0
          return columns[at]?.type === 'text' ? cell.padEnd(width) : cell.padStart(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function shown(cell: Cell, type: string): string {
  if (cell === null) return ''
  if (type !== 'cents' || typeof cell !== 'bigint') return String(cell)
  const size = cell < 0n ? -cell : cell
  const whole = ((size + 50n) / 100n).toString().replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${cell < 0n ? '-' : ''}${whole}`
}
