import type { ExitCode } from '../base/index.ts'
import type { BackupError } from './backup.ts'
import type { OpenError } from './open.ts'
import type { RestoreError } from './restore.ts'

/** What can keep a door shut: the data's troubles, and the server's own. */
export type Trouble =
  | OpenError
  | BackupError
  | RestoreError
  | { readonly code: 'port_not_a_number'; readonly value: string }
  | { readonly code: 'host_not_an_address'; readonly value: string; readonly reason: string }
  | { readonly code: 'port_occupied'; readonly host: string; readonly port: number }
  | { readonly code: 'port_reserved'; readonly port: number }
  | { readonly code: 'setting_wrong'; readonly name: string; readonly value: string; readonly wanted: string }
  | { readonly code: 'facts_refused'; readonly reason: string }

interface Message {
  readonly exit: ExitCode
  readonly words: string
}

const ELSEWHERE =
  'Set DATABASE_URL=postgres://user:password@host:5432/database to use a PostgreSQL of your own'

/** What happened, what was found, and what to do; never a password. */
export function messageOf(trouble: Trouble): Message {
  switch (trouble.code) {
    case 'server_running':
      return {
        exit: 1,
        words: `A Tenth server already runs on ${trouble.folder}: process ${trouble.pid}, at ${trouble.address}. Use that one, stop it first, or set TENTH_DATA to another folder.`,
      }
    case 'lock_held':
      return {
        exit: 3,
        words: `Process ${trouble.pid} is starting or stopping the database and did not finish in a minute (lock: ${trouble.file}). Look at that process, end it if it hangs, and start again.`,
      }
    case 'no_binaries':
      return {
        exit: 3,
        words: `There is no PostgreSQL for this system (${trouble.platform}) among the installed packages. ${ELSEWHERE} (version 15 or later).`,
      }
    case 'other_major_version':
      return {
        exit: 1,
        words: `The data folder ${trouble.folder} was made by PostgreSQL ${trouble.found}; this Tenth brings PostgreSQL ${trouble.wanted}. Nothing was changed. Run \`tenth db backup FILE\` with the Tenth that made it, then \`tenth db restore FILE\` with this one on an empty folder.`,
      }
    case 'disk_full':
      return {
        exit: 3,
        words: `The disk that holds ${trouble.folder} is full. What was saved is safe. Make room there (a new data folder takes about 100 MB) or set TENTH_DATA to a folder on another disk.`,
      }
    case 'folder_read_only':
      return {
        exit: 3,
        words: `Tenth cannot write in the data folder ${trouble.folder}: it is read-only or belongs to another user. Run as the user who owns it, or set TENTH_DATA to a folder of your own.`,
      }
    case 'not_a_folder':
      return {
        exit: 3,
        words: `The data folder ${trouble.folder} cannot be used: something that is not a Tenth folder stands there. Set TENTH_DATA to another path.`,
      }
    case 'root_cannot_step_down':
      return {
        exit: 3,
        words: `PostgreSQL does not run as root, and the unprivileged user that it runs as may not enter ${trouble.folder} or the folder of Tenth. Run Tenth as an ordinary user, or install setpriv (package util-linux), or keep Tenth and TENTH_DATA where other users may enter. ${ELSEWHERE}.`,
      }
    case 'user_without_name':
      return {
        exit: 3,
        words: `PostgreSQL runs only as a user with a name, and the system knows none for user id ${trouble.user}. Give it a line in /etc/passwd, or run as another user. ${ELSEWHERE}.`,
      }
    case 'start_failed':
      return {
        exit: 3,
        words: `The embedded PostgreSQL did not start.${trouble.file ? ` Its log is ${trouble.file}.` : ''} Its last words:\n${trouble.log}`,
      }
    case 'database_url_malformed':
      return {
        exit: 2,
        words: 'DATABASE_URL cannot be read. Wanted: postgres://user:password@host:5432/database.',
      }
    case 'database_unreachable':
      return {
        exit: 3,
        words: `No PostgreSQL answers at ${trouble.where} (${trouble.reason}). Check DATABASE_URL, and that the server runs.`,
      }
    case 'database_refused':
      return {
        exit: 3,
        words: `PostgreSQL at ${trouble.where} refused the connection: ${trouble.reason}. Check the user, password and rights in DATABASE_URL.`,
      }
    case 'database_missing':
      return {
        exit: 3,
        words: `There is no such database at ${trouble.where}. Make it first: create database … owner ….`,
      }
    case 'postgres_too_old':
      return {
        exit: 1,
        words: `PostgreSQL at ${trouble.where} is version ${trouble.found}; Tenth needs 15 or later. Nothing was changed.`,
      }
    case 'database_newer':
      return {
        exit: 1,
        words: `The database was written by a newer Tenth: this version does not know ${trouble.unknown.join(', ')}. Nothing was changed. Start the newer version, or set TENTH_DATA to another folder.`,
      }
    case 'port_not_a_number':
      return { exit: 2, words: `PORT is "${trouble.value}"; wanted: a whole number from 0 to 65535.` }
    case 'host_not_an_address':
      return {
        exit: 2,
        words: `HOST is "${trouble.value}", where this machine cannot listen (${trouble.reason}). Wanted: an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`,
      }
    case 'port_occupied':
      return {
        exit: 1,
        words: `Port ${trouble.port} at ${trouble.host} is in use by another program. Choose another: PORT=${trouble.port === 65535 ? 4811 : trouble.port + 1} npm start.`,
      }
    case 'port_reserved':
      return {
        exit: 1,
        words: `This user may not listen on port ${trouble.port}. Choose one above 1023: PORT=4810 npm start.`,
      }
    case 'setting_wrong':
      return { exit: 2, words: `${trouble.name} is "${trouble.value}"; wanted: ${trouble.wanted}.` }
    case 'backup_exists':
      return {
        exit: 1,
        words: `There is a file ${trouble.file} already. Nothing was written; take another name, or --force to replace it.`,
      }
    case 'backup_folder_missing':
      return { exit: 1, words: `There is no folder ${trouble.folder} to write the backup in. Make it first.` }
    case 'backup_unreadable':
      return {
        exit: 1,
        words: `The backup ${trouble.file} cannot be read: ${trouble.reason}. The database was not changed.`,
      }
    case 'backup_damaged':
      return {
        exit: 1,
        words: `${trouble.file} is damaged, cut short or no backup: ${trouble.found}. The database was not changed. Take another copy of the file.`,
      }
    case 'backup_newer_format':
      return {
        exit: 1,
        words: `${trouble.file} is a backup of format ${trouble.version}; this Tenth reads format 1. The database was not changed. Restore it with the newer Tenth.`,
      }
    case 'backup_newer':
      return {
        exit: 1,
        words: `${trouble.file} was written by a newer Tenth (${trouble.tenth}): this version does not know ${trouble.unknown.join(', ')}. The database was not changed.`,
      }
    case 'database_not_empty':
      return {
        exit: 1,
        words: `The database has rows already (in ${trouble.tables.join(', ')}). Nothing was changed. Restore into an empty one (another TENTH_DATA or DATABASE_URL), or give --replace to put the backup in place of what is there.`,
      }
    case 'database_of_another':
      return {
        exit: 1,
        words: `The database holds tables that are not Tenth's (${trouble.tables.slice(0, 5).join(', ')}${trouble.tables.length > 5 ? ' …' : ''}). Nothing was changed. Give Tenth a database of its own.`,
      }
    case 'database_in_use':
      return {
        exit: 1,
        words:
          'The database is in use, and did not come free in 10 seconds. Nothing was changed. Stop the server, then restore again.',
      }
    case 'rows_refused':
      return {
        exit: 1,
        words: `PostgreSQL refused rows of table ${trouble.table} in ${trouble.file}: ${trouble.reason}. The database was not changed.`,
      }
    case 'facts_refused':
      return { exit: 1, words: `The facts could not be loaded, and none were changed: ${trouble.reason}` }
  }
}
