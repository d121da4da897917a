import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import {
  type Command,
  command,
  err,
  findState,
  type Io,
  IsoDate,
  ok,
  type Result,
  type Usps,
} from '../../base/index.ts'
import type { Shell } from '../../db/index.ts'
import type { Outside } from '../../net/index.ts'
import type { Book } from '../book.ts'
import { checkRecord } from '../check.ts'
import { Line } from '../flags.ts'
import { openBook } from '../list-commands.ts'
import { KINDS } from '../schema.ts'
import { loadBook, loadJurisdictions, writeVersions } from '../store.ts'
import { alikeRecords } from './alike.ts'
import { fetchService } from './fetch-service.ts'
import { openNeeds, proposedRecord } from './merge.ts'
import { decideProposal, loadProposals, lockProposal, type Proposal } from './proposal-store.ts'
import { SERVICES } from './services.ts'
import { readSettings } from './settings.ts'

const State = z
  .string()
  .refine((text) => findState(text) !== undefined, 'wanted: a postal code such as CO')
  .transform((text) => text.toUpperCase() as Usps)
const Number_ = z.coerce.number('wanted: the number of a proposal').int('wanted: a whole number').positive()

/** The real outside, and what a test puts in its place. */
export interface FetchOptions {
  readonly outside: Outside
  readonly env: Readonly<Record<string, string | undefined>>
  readonly base?: string
}
const REAL: FetchOptions = {
  outside: { fetch: globalThis.fetch, sleep: (ms) => sleep(ms), now: () => performance.now() },
  env: process.env,
}

export const importerCommands = (options: FetchOptions = REAL): readonly Command<Shell>[] => [
  command({
    name: 'registry fetch',
    summary: `ask a service for news and propose it for review: ${SERVICES.map(({ name }) => name).join(', ')}`,
    args: '<service>',
    options: [
      ['--state <code>', 'only of this state'],
      ['--since <day>', 'only since this day, YYYY-MM-DD'],
      ['--query <text>', 'words to search for'],
      ['--resume', 'go on where the same question stopped'],
    ],
    input: z.object({
      service: z.enum(SERVICES.map(({ name }) => name) as [string, ...string[]], {
        error: `wanted: one of ${SERVICES.map(({ name }) => name).join(', ')}`,
      }),
      state: State.optional(),
      since: IsoDate.optional(),
      query: Line.optional(),
      resume: z.boolean().default(false),
    }),
    run: async ({ service: name, resume, ...question }, io, open) => {
      const service = SERVICES.find((known) => known.name === name)
      if (service === undefined) return 2
      const lacking = service.lacks(question)
      if (lacking !== undefined) return say(io, 2, `registry fetch ${name}: wanted ${lacking}`)
      const key = service.keyVariable === undefined ? '' : (options.env[service.keyVariable] ?? '')
      if (service.keyVariable !== undefined && key === '')
        return say(
          io,
          2,
          `registry fetch ${name}: ${service.title} asks for a key; set ${service.keyVariable} to yours`,
        )
      const { shell } = await openBook(open, io)
      const { db, dataFolder, now } = shell
      const fetched = await fetchService(service, question, {
        ...{ db, dataFolder, now, key, isResumed: resume, outside: options.outside },
        tell: (words) => io.err(`${name}: ${words}`),
        ...(options.base !== undefined && { base: options.base }),
      })
      if (fetched.ok) {
        const { seen, proposed } = fetched.value
        return say(
          io,
          0,
          `${seen} entries seen, ${proposed} proposed; see them with: tenth registry proposals`,
        )
      }
      const { words, done } = fetched.error
      const kept =
        done.pages === 0
          ? 'Nothing was changed.'
          : `${done.proposed} proposals of ${done.pages} pages are kept; go on with --resume.`
      return say(
        io,
        3,
        `registry fetch ${name}: ${service.title} gave ${words.replaceAll(key || '\u0000', '(key)')}. ${kept}`,
      )
    },
  }),
  command({
    name: 'registry proposals',
    summary: 'list what importers propose, or show one with its fields',
    args: '[n]',
    options: [['--json', 'print JSON']],
    input: z.object({ n: Number_.optional(), json: z.boolean().default(false) }),
    run: async ({ n, json }, io, open) => {
      const { shell, book } = await openBook(open, io)
      const all = await loadProposals(shell.db)
      const shown = n === undefined ? all : all.filter((proposal) => proposal.n === n)
      if (n !== undefined && shown.length === 0)
        return say(io, 1, `registry proposals: none is open with number ${n}`)
      const rows = shown.map((proposal) => ({ ...proposal, alike: alikeRecords(proposal.record, book) }))
      if (json) return say(io, 0, JSON.stringify(rows, null, 2))
      if (rows.length === 0) io.out('no proposals')
      for (const row of rows) for (const line of describeProposal(row, n !== undefined)) io.out(line)
      return 0
    },
  }),
  command({
    name: 'registry accept',
    summary: 'make a proposal a version of its record',
    args: '<n>',
    options: [
      ['--set <field=value...>', 'give a field that the service could not know; lists are joined by |'],
      ['--as <id>', 'make it a version of this record, which tells of the same thing under another id'],
      ['--reason <text>', 'why, in a sentence'],
    ],
    input: z.object({
      n: Number_,
      set: z.array(z.string()).default([]),
      as: z.string().optional(),
      reason: Line.optional(),
    }),
    run: async ({ n, set, as, reason }, io, open) => {
      const settings = readSettings(set)
      if (!settings.ok)
        return say(io, 2, `registry accept: --set: found "${settings.error}"; wanted field=value`)
      const { shell } = await openBook(open, io)
      const at = shell.now()
      return shell.db.transaction().execute(async (tx) => {
        const proposal = await lockProposal(tx, n)
        if (proposal?.state !== 'proposed') return say(io, 1, `registry accept: ${decided(n, proposal)}`)
        const book = await loadBook(shell.db)
        const meant = recordMeant(proposal, as, book)
        if (!meant.ok) return say(io, 1, `registry accept: --as: ${meant.error}`)
        const { id, fields, needs } = meant.value
        const missing = needs.filter((field) => !(field in settings.value))
        if (missing.length > 0)
          return say(
            io,
            1,
            `registry accept: ${id} lacks ${missing.join(', ')}: ${missing.map((f) => `--set ${f}=…`).join(' ')}`,
          )
        const others = [...book.records.values()]
          .filter((rec) => rec.id !== id)
          .map((rec) => ({ rec, file: '', line: 0 }))
        const { rec, complaints } = checkRecord(
          { ...fields, ...settings.value },
          { jurisdictions: loadJurisdictions(), others, today: IsoDate.parse(at.slice(0, 10)) },
        )
        for (const { field, found, wanted } of complaints)
          io.err(`${id}: ${field}: found ${found}; wanted ${wanted}`)
        if (rec === undefined || complaints.length > 0) return 1
        const written = await writeVersions(tx, [{ rec, reason }], {
          at,
          actor: 'operator',
          origin: 'operator',
        })
        const [version] = written
        if (version === undefined)
          return say(io, 1, `registry accept: ${rec.id} says this already; decline the proposal`)
        await decideProposal(
          tx,
          proposal,
          { state: 'accepted', as: rec.id, version: version.version, sha256: version.hash, reason },
          at,
        )
        return say(io, 0, `${rec.id} is now version ${version.version} (${version.change})`)
      })
    },
  }),
  command({
    name: 'registry decline',
    summary: 'decline a proposal; the same text is not proposed again',
    args: '<n>',
    options: [['--reason <text>', 'why, in a sentence']],
    input: z.object({ n: Number_, reason: Line }),
    run: async ({ n, reason }, io, open) => {
      const shell = await open()
      return shell.db.transaction().execute(async (tx) => {
        const proposal = await lockProposal(tx, n)
        if (proposal?.state !== 'proposed') return say(io, 1, `registry decline: ${decided(n, proposal)}`)
        await decideProposal(tx, proposal, { state: 'declined', reason }, shell.now())
        return say(io, 0, `${proposal.record_id}: proposal ${n} is declined`)
      })
    },
  }),
]

interface Meant {
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly needs: readonly string[]
}

/** The record that an accepted proposal makes: its own or, laid over a record that tells of the same thing, that one. */
function recordMeant(proposal: Proposal, as: string | undefined, book: Book): Result<Meant, string> {
  const { record_id, kind, record: fields, needs } = proposal
  if (as === undefined || as === record_id) return ok({ id: record_id, fields, needs })
  const existing = book.records.get(as)
  if (existing === undefined) return err(`found ${JSON.stringify(as)}; wanted the id of a record`)
  if (existing.kind !== kind)
    return err(`found ${as}, a ${KINDS[existing.kind].one}; wanted a ${KINDS[kind].one}`)
  const draft = { id: as, kind, fields, needs }
  return ok({ id: as, fields: proposedRecord(draft, existing), needs: openNeeds(draft, existing) })
}

/** Prints where it belongs: what was asked for on the paper, refusals and failures beside it. */
function say<Code extends 0 | 1 | 2 | 3>(io: Io, code: Code, words: string): Code {
  if (code === 0) io.out(words)
  else io.err(words)
  return code
}

const decided = (n: number, proposal: Proposal | undefined): string =>
  proposal === undefined ? `there is no proposal ${n}` : `proposal ${n} was ${proposal.state} before`

function describeProposal(
  { n, record_id, service, needs, record, alike }: Proposal & { readonly alike: readonly string[] },
  isWhole: boolean,
): readonly string[] {
  return [
    `${String(n).padStart(4)}  ${String(record.title)}`,
    `      ${record_id} · from ${service}${needs.length > 0 ? ` · needs ${needs.join(', ')}` : ''}`,
    ...(alike.length > 0 ? [`      may be on record as ${alike.join(', ')}`] : []),
    ...(isWhole ? JSON.stringify(record, null, 2).split('\n') : []),
  ]
}
