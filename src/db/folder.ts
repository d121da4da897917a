import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../base/index.ts'

/** Why nothing can be written where the data should stand. */
export type FolderError =
  | { readonly code: 'disk_full'; readonly folder: string }
  | { readonly code: 'folder_read_only'; readonly folder: string }
  | { readonly code: 'not_a_folder'; readonly folder: string }

/** Makes the folder, for its owner's eyes only, and tries whether it takes a file. */
export function prepareFolder(folder: string): Result<true, FolderError> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const trial = join(folder, `.trial-${process.pid}`)
    writeFileSync(trial, 'x')
    rmSync(trial)
    return ok(true)
  } catch (error) {
    return folderError(folder, error)
  }
}

/** What the file system refuses while `work` goes on becomes a value; any other failure stays one. */
export async function withFolderErrors<T>(
  folder: string,
  work: () => Promise<T>,
): Promise<Result<T, FolderError>> {
  try {
    return ok(await work())
  } catch (error) {
    return folderError(folder, error)
  }
}

function folderError(folder: string, error: unknown): { readonly ok: false; readonly error: FolderError } {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOSPC':
    case 'EDQUOT':
    // PostgreSQL's own word for it (SQLSTATE disk_full).
    case '53100':
      return err({ code: 'disk_full', folder })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return err({ code: 'folder_read_only', folder })
    case 'ENOTDIR':
    case 'EEXIST':
      return err({ code: 'not_a_folder', folder })
    default:
      throw error
  }
}
