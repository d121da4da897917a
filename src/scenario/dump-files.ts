import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { endianness } from 'node:os'
import { join } from 'node:path'
import { dumpHeader, dumpValues } from './dump.ts'
import type { Model } from './model.ts'
import type { RunOptions } from './run.ts'

/** Writes `header.json` and the arrays of a run into a folder, in memory that does not grow with the draws. */
export function writeDump(model: Model, options: RunOptions, folder: string): void {
  mkdirSync(folder, { recursive: true })
  const header = dumpHeader(model, options)
  writeFileSync(join(folder, 'header.json'), `${JSON.stringify(header, null, 2)}\n`)
  const files = new Map<string, number>()
  try {
    for (const [name, { file }] of Object.entries(header.arrays))
      files.set(name, openSync(join(folder, file), 'w'))
    for (const { array, values } of dumpValues(model, options)) append(files.get(array), littleEndian(values))
  } finally {
    for (const file of files.values()) closeSync(file)
  }
}

function append(file: number | undefined, bytes: Buffer): void {
  if (file === undefined) throw new Error('assertion failed: every dumped array is in the header')
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

function littleEndian(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap64()
}
