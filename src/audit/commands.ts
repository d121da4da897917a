import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import {
  type Command,
  canonicalJson,
  command,
  type ExitCode,
  err,
  type Io,
  type Json,
} from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import { readCheckpoint } from './checkpoint.ts'
import { EVENT_KINDS, EventKind } from './events.ts'
import { loadVerifier, openSigner, rotateKey } from './keys.ts'
import { messageOf } from './messages.ts'
import { type EventProof, type ProveError, prove, proveConsistency, tlogProof } from './prove.ts'
import { publish } from './publish.ts'
import { isPlainText } from './schema.ts'
import { sentenceOf } from './sentence.ts'
import { loadCheckpoints, loadEvents, streamEvents } from './store.ts'
import { type TableCheck, type Verification, type VerifyOptions, verify } from './verify.ts'
import { auditWords } from './words.ts'

const json = z.boolean().default(false)
const JSON_FLAG = ['--json', 'print JSON'] as const
const whole = (wanted: string) =>
  z
    .string(`wanted: ${wanted}`)
    .regex(/^\d{1,15}$/, `wanted: ${wanted}, as a whole number`)
    .transform(Number)
const eventNumber = whole('the number of an event, from 0')
const size = whole('a number of events')
const line = z.string().refine(isPlainText, 'wanted: one line of text')

/** @param loadChecks what the other rooms compare their tables with the log by; loaded only to verify */
export const auditCommands = (
  loadChecks: () => Promise<readonly TableCheck[]>,
): readonly Command<Shell>[] => [
  command({
    name: 'audit verify',
    summary: 'recompute the whole log and compare it with its tables and every signed head',
    options: [
      ['--kept <files...>', 'checkpoints that you kept: the log must still begin with what they sign'],
      JSON_FLAG,
    ],
    input: z.object({ json, kept: z.array(z.string()).default([]) }),
    run: async (input, io, open) => {
      const kept = readKept(input.kept, io)
      if (kept === undefined) return 2
      const { db }: Shell = await open()
      const progress = await showProgress(io)
      const verified = await verify(db, { checks: await loadChecks(), kept, onProgress: progress.advance })
      progress.stop()
      const toJson = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
      io.out(input.json ? JSON.stringify(verified, toJson, 2) : describeVerification(verified))
      return verified.found === 0 ? 0 : 1
    },
  }),
  command({
    name: 'audit prove',
    summary: 'print a proof that an event is in the log, to be checked without this software',
    args: '<event>',
    options: [
      ['--size <events>', 'prove it in an earlier signed head of that many events'],
      ['--tlog-proof', 'print the proof alone in the C2SP tlog-proof format'],
      JSON_FLAG,
    ],
    input: z.object({
      event: eventNumber,
      size: size.optional(),
      tlogProof: z.boolean().default(false),
      json,
    }),
    run: async (input, io, open) => {
      const proof = await prove(await open(), input.event, input.size)
      if (!proof.ok) return refuse(io, proof.error, input.json)
      if (proof.value.checkpoint === null)
        return refuse(io, { code: 'no_checkpoint', size: proof.value.tree_size }, input.json)
      io.out(
        input.json
          ? pretty(proof.value)
          : input.tlogProof
            ? tlogProof(proof.value).trimEnd()
            : describeProof(proof.value),
      )
      return 0
    },
  }),
  command({
    name: 'audit consistency',
    summary: 'print a proof that the first FROM events of the first TO are unchanged',
    args: '<from> [to]',
    options: [JSON_FLAG],
    input: z.object({ from: size, to: size.optional(), json }),
    run: async (input, io, open) => {
      const proof = await proveConsistency(await open(), input.from, input.to)
      if (!proof.ok) return refuse(io, proof.error, input.json)
      const { from, to, from_root, to_root, path } = proof.value
      const lines = [`from ${from} events, root ${from_root}`, `to ${to} events, root ${to_root}`, ...path]
      io.out(input.json ? pretty(proof.value) : lines.join('\n'))
      return 0
    },
  }),
  command({
    name: 'audit checkpoint',
    summary: 'print the signed head of the log; keep it to check the log by later',
    options: [
      ['--size <events>', 'an earlier head, of that many events'],
      ['--list', 'list every head that was signed'],
    ],
    input: z.object({ size: size.optional(), list: z.boolean().default(false) }),
    run: async (input, io, open) => {
      const shell: Shell = await open()
      if (input.list) {
        for (const { size: events, at } of await loadCheckpoints(shell.db)) io.out(`${at}  ${events} events`)
        return 0
      }
      const found = await findCheckpoint(shell, input.size)
      if (!found.ok) return refuse(io, found.error, false)
      io.out(found.value.note.trimEnd())
      return 0
    },
  }),
  command({
    name: 'audit key',
    summary: 'print the public key that verifies the signed heads',
    input: z.object({}),
    run: async (_, io, open) => {
      const shell: Shell = await open()
      const named = await loadVerifier(shell.db)
      const key = named ? { ok: true as const, value: named } : await openSigner(shell)
      if (!key.ok) return refuse(io, key.error, false)
      io.out(key.value.vkey)
      return 0
    },
  }),
  command({
    name: 'audit rotate-key',
    summary: 'replace the signing key; the old key and the new one sign the change',
    options: [
      ['--lost <reason>', 'the old key is lost and cannot sign: say how; the log will show it'],
      ['--by <name>', 'who does it, as the log will say (default: operator)'],
    ],
    input: z.object({ lost: line.optional(), by: line.default('operator') }),
    run: async (input, io, open) => {
      const rotated = await rotateKey(await open(), { actor: input.by, lostBecause: input.lost })
      if (!rotated.ok) return refuse(io, rotated.error, false)
      io.out(`The log is signed by a new key from now on:\n${rotated.value.vkey}`)
      return 0
    },
  }),
  command({
    name: 'audit log',
    summary: 'list events, newest first, one sentence each',
    options: [
      ['--kind <kind>', `one kind of event: ${Object.keys(EVENT_KINDS).join(', ')}`],
      ['--subject <id>', 'what it happened to: a record, a file'],
      ['--limit <n>', 'how many (default: 20)'],
      JSON_FLAG,
    ],
    input: z.object({
      kind: z.enum(EventKind.options, 'wanted: a kind of event, as in docs/audit-events.md').optional(),
      subject: z.string().optional(),
      limit: whole('how many events').default(20),
      json,
    }),
    run: async ({ json: isJson, ...filter }, io, open) => {
      const { db }: Shell = await open()
      const events = await loadEvents(db, { ...filter, order: 'desc' })
      if (isJson) io.out(pretty(events))
      else for (const e of events) io.out(`${e.seq}  ${e.at}  ${e.actor}  ${sentenceOf(e, 'en')}`)
      return 0
    },
  }),
  command({
    name: 'audit export',
    summary: 'write the log as JSON Lines, oldest first',
    options: [['--from <event>', 'the first event to write (default: 0)']],
    input: z.object({ from: eventNumber.default(0) }),
    run: async (input, io, open) => {
      const { db }: Shell = await open()
      for await (const event of streamEvents(db, input)) io.out(canonicalJson(event as unknown as Json))
      return 0
    },
  }),
]

const pretty = (value: unknown) => JSON.stringify(value, null, 2)

function refuse(io: Io, error: ProveError, isJson: boolean): ExitCode {
  const { exit, words } = messageOf(error)
  io.err(isJson ? JSON.stringify({ error: { code: error.code, detail: words, exit } }) : words)
  return exit
}

async function findCheckpoint(shell: Shell, asked: number | undefined) {
  if (asked === undefined) return publish(shell)
  const [found] = await loadCheckpoints(shell.db, { size: asked })
  return found ? { ok: true as const, value: found } : err({ code: 'no_checkpoint' as const, size: asked })
}

/** Checkpoints from files that someone kept; a file that is none is bad use, named. */
function readKept(files: readonly string[], io: Io): VerifyOptions['kept'] | undefined {
  const kept: NonNullable<VerifyOptions['kept']>[number][] = []
  for (const file of files) {
    const note = readFileSync(resolve(io.cwd, file), 'utf8').replace(/\n*$/, '\n')
    const read = readCheckpoint(note.slice(0, note.indexOf('\n\n') + 1))
    if (!read.ok) {
      io.err(`tenth audit verify: --kept ${file} is no checkpoint: ${read.error.detail}`)
      return undefined
    }
    kept.push({ ...read.value, note })
  }
  return kept
}

interface Progress {
  readonly advance: (done: number, total: number) => void
  readonly stop: () => void
}

/** A bar on a terminal, nothing elsewhere. */
async function showProgress(io: Io): Promise<Progress> {
  if (!io.isTerminal) return { advance: () => {}, stop: () => {} }
  const { progress } = await import('@clack/prompts')
  const bar = progress({ max: 100, output: process.stderr })
  let shown = 0
  bar.start('Reading the log')
  return {
    advance: (done, total) => {
      const percent = Math.floor((done * 100) / Math.max(total, 1))
      if (percent > shown) bar.advance(percent - shown, `${done} of ${total} events`)
      shown = Math.max(percent, shown)
    },
    stop: () => bar.stop('The log was read'),
  }
}

function describeVerification(v: Verification): string {
  const lines = [
    `${v.events} events recomputed; root ${v.root ?? 'none, since events are missing'}`,
    `${v.checkpoints} signed heads compared; ${v.unsigned} events came after the last`,
    `tables compared with the log: ${v.tables.length > 0 ? v.tables.join(', ') : 'none'}`,
  ]
  const [first] = v.findings
  if (first === undefined) return [...lines, 'Nothing is wrong.'].join('\n')
  const where = first.seq === null ? first.check : `event ${first.seq}`
  const all = v.findings.map((f) => `  ${f.seq === null ? '' : `event ${f.seq}: `}${f.check}: ${f.detail}`)
  const rest = v.found > v.findings.length ? [`  and ${v.found - v.findings.length} more`] : []
  return [...lines, `WRONG, first at ${where}: ${first.detail}`, ...all, ...rest].join('\n')
}

const describeProof = (proof: EventProof): string =>
  [
    `Event ${proof.index}: ${sentenceOf(proof.event, 'en')}`,
    `payload: ${canonicalJson(proof.event.payload)}`,
    `leaf: ${proof.leaf}`,
    `leaf hash: ${proof.leaf_hash}`,
    `tree size: ${proof.tree_size}`,
    `audit path, from the leaf up:${proof.audit_path.map((hash) => `\n  ${hash}`).join('')}`,
    `root: ${proof.root}`,
    `public key: ${proof.vkey}`,
    '',
    'Signed head:',
    (proof.checkpoint ?? '').trimEnd(),
    '',
    'To check it without this software:',
    ...auditWords('en').proofSteps.map((step, i) => `${i + 1}. ${step}`),
    'docs/audit.md says each step in full, with a small program that does them.',
  ].join('\n')
