import type { ExitCode, Io } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import { type Book, findBook, listBooks } from './book-store.ts'

/** Why a command cannot go on, and with what it ends. */
export interface Refused {
  readonly refused: { readonly code: string; readonly words: string; readonly exit: ExitCode }
}

/** The book that was named, or the only one there is. Which of several is meant is never guessed. */
export async function askedBook(db: Db, asked: string | undefined): Promise<Book | Refused> {
  if (asked !== undefined) {
    const book = await findBook(db, asked)
    return book ?? refusal('book_not_found', `There is no book ${asked}. See: tenth ledger books`, 1)
  }
  const books = await listBooks(db)
  const [only] = books
  if (only === undefined) return refusal('book_not_found', 'There is no book yet.', 1)
  if (books.length === 1) return only
  const names = books.map((book) => book.id).join(', ')
  return refusal('book_missing', `--book: found nothing; wanted: one of ${names}`, 2)
}

const refusal = (code: string, words: string, exit: ExitCode): Refused => ({ refused: { code, words, exit } })

export function tell(io: Io, isJson: boolean, { refused: { code, words, exit } }: Refused): ExitCode {
  io.err(isJson ? JSON.stringify({ error: { code, detail: words, exit } }) : words)
  return exit
}
