import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { z } from 'zod'

/*
 * A backup is one gzip file; `gunzip -c FILE` shows it as text:
 *   1. the header, one line of JSON (below);
 *   2. for each table of the header: a line {"table": …}, its rows in PostgreSQL's COPY text format, a line `\.`,
 *      and a line {"table": …, "rows": …, "sha256": …} over the bytes of its rows;
 *   3. the last line, {"sha256": …} over every byte of text before it.
 * The file ends with a second gzip member of fixed length, the seal: {"file_sha256": …} over every byte of the file
 * before it. A change of any one byte, also of those that gzip itself does not check, breaks the seal.
 */

export const BACKUP_FORMAT = 'tenth-backup'
export const BACKUP_VERSION = 1

const Table = z.object({
  name: z.string(),
  /** Columns that a row of the copy holds; generated ones are left out. */
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
})

const Sequence = z.object({
  name: z.string(),
  last_value: z.string().regex(/^-?\d+$/),
  is_called: z.boolean(),
})

export const BackupHeader = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.literal(BACKUP_VERSION),
  tenth: z.string(),
  postgres: z.string(),
  taken_at: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(Table),
  sequences: z.array(Sequence),
})
export type BackupHeader = z.infer<typeof BackupHeader>

export const TableEnd = z.object({ table: z.string(), rows: z.int(), sha256: z.string() })
export const FileEnd = z.object({ sha256: z.string() })

/** @param sha256 hex of every byte of the file before the seal */
export function sealOf(sha256: string): Buffer {
  const text = Buffer.from(`{"file_sha256":"${sha256}"}\n`)
  const tail = Buffer.alloc(8)
  // CRC-32 (RFC 1952 § 8), which node:zlib has from 20.15.
  tail.writeUInt32LE(crc32(text) >>> 0, 0)
  tail.writeUInt32LE(text.length, 4)
  const length = Buffer.alloc(4)
  length.writeUInt16LE(text.length, 0)
  length.writeUInt16LE(~text.length & 0xffff, 2)
  // RFC 1952: magic, deflate, no flags, no time, no system; RFC 1951 § 3.2.4: one stored block, the last.
  const head = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1])
  return Buffer.concat([head, length, text, tail])
}

export const SEAL_BYTES = sealOf('0'.repeat(64)).length

export const sha256 = () => createHash('sha256')

/** Values are written and read the same way whatever the server's settings are. */
export const PLAIN_VALUES = `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
  set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'`
