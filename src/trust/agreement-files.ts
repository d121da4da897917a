import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { err, type Io, ok, type Result } from '../base/index.ts'
import type { Agreement } from './agreement.ts'
import { readShippedAgreements } from './files.ts'
import { type AgreementFault, readAgreement } from './read.ts'

/** An agreement that comes with the project, by its name, or a file. */
export function readNamed(name: string, io: Io): Result<Agreement, readonly AgreementFault[]> {
  const shipped = readShippedAgreements().find(({ document }) => document.id === name)
  if (shipped) return ok(shipped)
  try {
    return readAgreement(name, readFileSync(resolve(io.cwd, name), 'utf8'))
  } catch (error) {
    const ids = readShippedAgreements().map(({ document }) => document.id)
    const found = `no readable file (${(error as NodeJS.ErrnoException).code ?? 'error'})`
    const wanted = `a file, or one of ${ids.join(', ')}`
    return err([{ file: name, line: 1, path: '(document)', found, wanted }])
  }
}
