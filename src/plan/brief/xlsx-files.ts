import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { Cell, WorkbookSheet } from './workbook.ts'

/** A workbook as bytes: strings stay strings whatever they begin with, and a formula carries the value that it has now. */
export async function xlsxOf(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  const values = sheets.map(({ rows }) => rows.flatMap((row) => row.flatMap(valuesIn)))
  const written = writeXlsxFile(
    sheets.map(({ name, widths, rows }) => ({
      sheet: name,
      columns: widths.map((width) => ({ width })),
      data: rows.map((row) => row.map(cellOf)) as SheetData,
    })),
    { features: [withValues(values)] },
  )
  return timeless(await written.toBuffer())
}

const valuesIn = (cell: Cell): readonly number[] => (typeof cell === 'object' ? [cell.value] : [])

function cellOf(cell: Cell) {
  if (cell === undefined) return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  if (typeof cell === 'object') return { value: cell.formula, type: 'Formula', format: FORMAT }
  return { value: cell, type: String, wrap: true, alignVertical: 'top' }
}

const FORMAT = '#,##0.00'

/**
 * The package writes formulas without values, so that a viewer that does not calculate shows nothing: each gets its
 * value, in the order in which they stand; a spreadsheet is asked to calculate all of them when it opens the file.
 */
function withValues(values: readonly (readonly number[])[]) {
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (content: string, _: unknown, { sheetIndex }: { readonly sheetIndex: number }) => {
            let next = 0
            return content.replaceAll('</f>', () => `</f><v>${values[sheetIndex]?.[next++] ?? 0}</v>`)
          },
        },
        'xl/workbook.xml': {
          transformElementAttributes: (tag: string, attributes: Record<string, string | number>) =>
            tag === 'calcPr' ? { ...attributes, fullCalcOnLoad: '1' } : attributes,
        },
      },
    },
  }
}

const END = 0x06054b50
/** 1 January 1980, the first day that a zip file knows. */
const DAY_ZERO = 0x21

/** The time of every entry becomes the same (APPNOTE.TXT, 4.3.7, 4.3.12, 4.3.16): the same workbook, the same bytes. */
function timeless(zip: Buffer): Uint8Array {
  let end = zip.length - 22
  while (zip.readUInt32LE(end) !== END) end--
  let entry = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const local = zip.readUInt32LE(entry + 42)
    for (const at of [entry + 12, local + 10]) {
      zip.writeUInt16LE(0, at)
      zip.writeUInt16LE(DAY_ZERO, at + 2)
    }
    entry += 46 + zip.readUInt16LE(entry + 28) + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32)
  }
  return zip
}
