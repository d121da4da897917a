import { sql } from 'kysely'
import { z } from 'zod'
import { findState } from '../base/index.ts'
import type { Db, Tx } from '../db/index.ts'
import { SYNONYMS } from './search-synonyms.ts'
import { nearestWord, wordsOf } from './search-words.ts'

/** A query as PostgreSQL is asked it. */
export interface Question {
  /** The tsquery that every word must satisfy, and the one that any may; null when no word can be searched for. */
  readonly all: string | null
  readonly any: string | null
  /** How many words or expressions it asks for. */
  readonly terms: number
  readonly corrected: readonly { readonly from: string; readonly to: string }[]
}

/** More words than this add nothing to a search and cost much. */
const WORDS_MAX = 16
const NOTHING: Question = { all: null, any: null, terms: 0, corrected: [] }

/** Reads the words of a query against the vocabulary of the records: stems, corrections, synonyms, beginnings. */
export async function readQuestion(db: Db | Tx, query: string): Promise<Question> {
  const typed = typedWords(query).slice(0, WORDS_MAX)
  if (typed.length === 0) return NOTHING
  const known = await lookUp(db, typed)
  const corrections = await correct(
    db,
    known.filter((word) => !word.isKnown).map((word) => word.text),
  )
  const words = known.map((word) => {
    const meant = word.isKnown ? undefined : corrections.get(word.text)
    return meant === undefined
      ? word
      : { ...word, text: meant.word, lexeme: meant.lexeme, isBeginning: false }
  })
  const groups = await groupSynonyms(db, words)
  const terms = groups.filter((term) => term !== '')
  const changed = [...corrections].map(([from, to]) => ({ from, to: to.word }))
  if (terms.length === 0) return { ...NOTHING, corrected: changed }
  return { all: terms.join(' & '), any: terms.join(' | '), terms: terms.length, corrected: changed }
}

interface TypedWord {
  readonly text: string
  /** `IN`, `OR` and `ME` are states when they are written in capitals and stop words when not. */
  readonly isState: boolean
  /** The last word may still be being typed: it also stands for the words that begin with it. */
  readonly isLast: boolean
}

function typedWords(query: string): readonly TypedWord[] {
  const raw = query.normalize('NFC').match(/\p{L}[\p{L}\p{M}]*|\p{N}+/gu) ?? []
  const isShouted = query === query.toUpperCase() && raw.length > 1
  return raw.flatMap((word, at) =>
    wordsOf(word).map((text) => ({
      text,
      isState: /^[A-Z]{2}$/.test(word) && findState(word) !== undefined && !isShouted,
      isLast: at === raw.length - 1,
    })),
  )
}

interface KnownWord extends TypedWord {
  /** null for a stop word. */
  readonly lexeme: string | null
  readonly isKnown: boolean
  readonly isBeginning: boolean
}

const Looked = z.object({
  n: z.bigint(),
  lexeme: z.string().nullable(),
  is_word: z.boolean(),
  is_beginning: z.boolean(),
})

/** Sorts after every letter in byte order. */
const LAST_LETTER = '\u{10FFFD}'

/** A beginning shorter than this would stand for too much. */
const BEGINNING_MIN = 3

async function lookUp(db: Db | Tx, typed: readonly TypedWord[]): Promise<readonly KnownWord[]> {
  const { rows } = await sql`select n, lexeme,
      lexeme is null or exists (select from registry_word w where w.lexeme = asked.lexeme) as is_word,
      exists (select from registry_word w
        where w.word >= text collate "C" and w.word < (text || ${LAST_LETTER}) collate "C") as is_beginning
    from (select n, text, (ts_lexize('english_stem', text))[1] as lexeme
      from unnest(${typed.map((word) => word.text)}::text[]) with ordinality as t(text, n)) as asked order by n`.execute(
    db,
  )
  return rows.map((row, at) => {
    const { lexeme, is_word, is_beginning } = Looked.parse(row)
    const word = typed[at] as TypedWord
    const isBeginning = word.isLast && word.text.length >= BEGINNING_MIN && is_beginning && lexeme !== null
    return {
      ...word,
      lexeme,
      isBeginning,
      isKnown: is_word || isBeginning || word.isState || isSynonym(word.text),
    }
  })
}

const CANDIDATES = 40
const Candidate = z.object({ typed: z.string(), word: z.string(), lexeme: z.string(), documents: z.number() })

/** Of the words that share most letter triples with what was typed, the nearest by edits. */
async function correct(
  db: Db | Tx,
  typed: readonly string[],
): Promise<ReadonlyMap<string, { readonly word: string; readonly lexeme: string }>> {
  if (typed.length === 0) return new Map()
  const { rows } = await sql`select typed, word, lexeme, documents from unnest(${typed}::text[]) as typed,
      lateral (select word, lexeme, documents from registry_word where lexeme is not null
        order by word <-> typed limit ${CANDIDATES}) as near`.execute(db)
  const candidates = rows.map((row) => Candidate.parse(row))
  return new Map(
    typed.flatMap((from) => {
      const near = candidates.filter((candidate) => candidate.typed === from)
      const word = nearestWord(from, near)
      const found = near.find((candidate) => candidate.word === word)
      return found === undefined ? [] : [[from, { word: found.word, lexeme: found.lexeme }]]
    }),
  )
}

/** Each synonym as its words, longest first, with its whole row. */
const ROWS = SYNONYMS.flatMap(({ terms }) => terms.map((term) => ({ words: wordsOf(term), terms }))).sort(
  (a, b) => b.words.length - a.words.length,
)
const SINGLE = new Set(ROWS.filter((row) => row.words.length === 1).map((row) => row.words[0]))
const isSynonym = (word: string): boolean => SINGLE.has(word)

/** Replaces each expression that has synonyms by all of them, and every other word by its lexeme, as tsquery text. */
async function groupSynonyms(db: Db | Tx, words: readonly KnownWord[]): Promise<readonly string[]> {
  const parts: { readonly text: string; readonly terms: readonly string[] }[] = []
  for (let at = 0; at < words.length; ) {
    const row = ROWS.find((r) => r.words.every((word, n) => words[at + n]?.text === word))
    const length = row?.words.length ?? 1
    const own = words
      .slice(at, at + length)
      .map(lexemeQuery)
      .filter((part) => part !== '')
    const text = own.length > 1 ? `(${own.join(' & ')})` : (own[0] ?? '')
    parts.push({ text, terms: row?.terms ?? [] })
    at += length
  }
  const phrases = await phraseQueries(db, [...new Set(parts.flatMap((part) => part.terms))])
  return parts.map(({ text, terms }) => {
    const others = terms.map((term) => phrases.get(term) ?? '')
    const all = [text, ...others].filter((part) => part !== '')
    return all.length > 1 ? `(${[...new Set(all)].join(' | ')})` : text
  })
}

/** Lexemes hold letters and digits only, so quoting them is safe. */
function lexemeQuery(word: KnownWord): string {
  if (word.isState) return `'${word.text}'`
  if (word.lexeme === null) return ''
  return word.isBeginning ? `('${word.lexeme}' | '${word.text}':*)` : `'${word.lexeme}'`
}

async function phraseQueries(db: Db | Tx, terms: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (terms.length === 0) return new Map()
  const { rows } = await sql<{ term: string; query: string }>`select term,
      phraseto_tsquery('registry_english', term)::text as query from unnest(${terms}::text[]) as term`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.term, row.query.includes('<') ? `(${row.query})` : row.query]))
}
