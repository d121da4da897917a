import { assert, type Instant, type IsoDate } from '../base/index.ts'
import type { Db } from '../db/index.ts'
import { onDay, withStatus } from './asof.ts'
import { type Book, buildBook } from './book.ts'
import { checkJurisdictions } from './check.ts'
import { readJurisdictionsFile } from './files.ts'
import type { Jurisdiction } from './schema.ts'
import { loadRevision, loadVersions } from './version-store.ts'
import { timesOf, type Version } from './versions.ts'

export interface BookQuestion {
  /** Valid time: the world of that day. */
  readonly asOf?: IsoDate | undefined
  /** Recorded time: only what the registry knew at that instant. */
  readonly knownAt?: Instant | undefined
}

interface Held {
  readonly revision: number
  readonly versions: readonly Version[]
  readonly books: Map<string, Book>
}
const held = new WeakMap<object, Held>()
const BOOKS_HELD = 24

/** The registry in memory. It costs one small query while nothing has changed. */
export async function loadBook(db: Db, question: BookQuestion = {}): Promise<Book> {
  const now = await upToDate(db)
  const key = `${question.asOf ?? ''} ${question.knownAt ?? ''}`
  const kept = now.books.get(key)
  if (kept !== undefined) return kept
  const book = bookOf(now, question)
  const [oldest] = now.books.keys()
  if (now.books.size >= BOOKS_HELD && oldest !== undefined) now.books.delete(oldest)
  now.books.set(key, book)
  return book
}

async function upToDate(db: Db): Promise<Held> {
  const known = held.get(db)
  const revision = await loadRevision(db)
  if (known?.revision === revision) return known
  const fresh = await loadVersions(db, known?.revision ?? 0)
  const versions = [...(known?.versions ?? []), ...fresh]
  const next = {
    revision: Math.max(revision, ...fresh.slice(-1).map((v) => v.revision)),
    versions,
    books: new Map(),
  }
  held.set(db, next)
  return next
}

function bookOf({ versions, revision }: Held, { asOf, knownAt }: BookQuestion): Book {
  const byId = new Map<string, Version[]>()
  for (const version of versions) {
    if (knownAt !== undefined && version.recorded_at > knownAt) continue
    const list = byId.get(version.rec.id)
    if (list === undefined) byId.set(version.rec.id, [version])
    else list.push(version)
  }
  const newest = [...byId.values()].flatMap((list) => list.slice(-1).map((v) => v.rec))
  const jurisdictions = loadJurisdictions()
  if (asOf === undefined) return buildBook(newest, { revision, jurisdictions, knownAt })
  const uncertain = new Map<string, string>()
  const present = newest.flatMap((rec) => {
    const seen = onDay(rec, asOf, timesOf(byId.get(rec.id) ?? []))
    if (!seen.present) return []
    if (seen.uncertain !== undefined) uncertain.set(rec.id, seen.uncertain)
    return [withStatus(rec, seen.status)]
  })
  return buildBook(present, { revision, jurisdictions, asOf, knownAt, uncertain })
}

let jurisdictionRows: readonly Jurisdiction[] | undefined

/** The jurisdictions of the package's own file; read once. */
export function loadJurisdictions(): readonly Jurisdiction[] {
  if (jurisdictionRows === undefined) {
    const { rows, faults } = checkJurisdictions(readJurisdictionsFile())
    assert(faults.length === 0, 'jurisdictions.yaml has no fault: a test holds it')
    jurisdictionRows = rows
  }
  return jurisdictionRows
}
