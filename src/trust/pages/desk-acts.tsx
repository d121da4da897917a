import { createHash } from 'node:crypto'
import { leaveFor, mayDo, principalOf } from '../../access/index.ts'
import { actorOf, err, findState, IsoDate, type Result } from '../../base/index.ts'
import { loadBook } from '../../registry/store.ts'
import { payrollCounter, payrollFaultText } from '../../withholding/index.ts'
import type { StatementFault } from '../bank/statement.ts'
import { FACT_KINDS, type FieldFault, readDollars, readFact } from '../fact-form.ts'
import { federalActionFact, findingFact } from '../fact-of-record.ts'
import { leaveForAny } from '../leave.ts'
import type { PricedRun } from '../payroll.ts'
import type { Fact, FactKind, SignedAction } from '../schema.ts'
import { statementLines } from '../statement-files.ts'
import { prepare, record, runTrustDay, settleStatement, type TrustRefused, takePayday } from '../store.ts'
import { type AtBook, refused, todayOf } from './at-book.tsx'
import { DeskPage, type Outcome } from './desk.tsx'
import { money } from './parts.tsx'

export function desk(at: AtBook): Response | Promise<Response> {
  return deskPage(at, {}, undefined, 200)
}

function deskPage(
  at: AtBook,
  texts: Readonly<Record<string, string>>,
  outcome: Outcome | undefined,
  status: 200 | 409 | 422,
): Response | Promise<Response> {
  const { c, a, trust, day, path } = at
  const principal = principalOf(c)
  const { document } = trust.agreement
  const asked = texts.kind ?? c.req.query('kind')
  return c.html(
    <DeskPage
      a={a}
      book={trust.rows}
      document={document}
      path={path}
      day={day}
      prepares={document.members.filter((member) => mayDo(principal, 'trust.prepare', member))}
      records={document.members.some((member) => mayDo(principal, 'trust.record', member))}
      kind={FACT_KINDS.find((kind) => kind === asked) ?? 'report'}
      texts={texts}
      {...(outcome && { outcome })}
    />,
    status,
  )
}

/** Who acts, and the form as it was sent. */
interface Form {
  readonly at: AtBook
  readonly texts: Readonly<Record<string, string>>
  readonly file: File | undefined
  readonly actor: string
  readonly person: string
}

const ACTS: Readonly<
  Record<
    string,
    { readonly action: 'trust.prepare' | 'trust.record'; readonly act: (form: Form) => Promise<Outcome> }
  >
> = {
  payday: { action: 'trust.prepare', act: payday },
  prepare: { action: 'trust.prepare', act: prepareAct },
  settle: { action: 'trust.prepare', act: settleAct },
  run: { action: 'trust.prepare', act: runAct },
  record: { action: 'trust.record', act: recordAct },
}

/** Leave is asked for the member that the form names, or for every member where the act touches the whole book. */
export async function acting(at: AtBook): Promise<Response> {
  const { c, a, trust } = at
  const { members } = trust.agreement.document
  // Before anything of the form is read: does this person act in this book at all, and from our own page?
  const first = leaveForAny(c, ['trust.prepare', 'trust.record'], members)
  if (first === 'cross-site') return refused(at, a.t.refused.crossSite, 403)
  if (first !== 'yes') return refused(at, a.t.refused.notYours, 403)
  const body = await c.req.parseBody()
  const texts = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
  const chosen = ACTS[texts.do ?? '']
  if (!chosen) return deskPage(at, texts, { kind: 'refused', words: a.t.desk.refused }, 422)
  const named = texts.do === 'prepare' ? members.filter((member) => member === texts.member) : members
  const leaves = (named.length > 0 ? named : members).map((member) => leaveFor(c, chosen.action, member))
  const principal = principalOf(c)
  if (principal.kind !== 'user' || leaves.some((leave) => leave !== 'yes'))
    return refused(at, a.t.refused.notYours, 403)
  const file = body.file instanceof File ? body.file : undefined
  const outcome = await chosen.act({ at, texts, file, actor: actorOf(principal), person: principal.id })
  const status = outcome.kind === 'refused' ? 409 : outcome.kind === 'faults' ? 422 : 200
  return deskPage(at, status === 200 ? {} : texts, outcome, status)
}

const said = (words: string, missing?: Extract<Outcome, { kind: 'said' }>['missing']): Outcome => ({
  kind: 'said',
  words,
  ...(missing && { missing }),
})

function refusedBy({ a }: AtBook, error: TrustRefused): Outcome {
  return { kind: 'refused', words: a.t.desk.codes[error.code] ?? `${error.code}.` }
}

/** The day of an act: today in an operating book, the day that was asked for in a simulation. */
function dayAsked({ at, texts }: Form): IsoDate {
  if (at.trust.kind === 'operating') return todayOf(at.shell)
  const asked = IsoDate.safeParse(texts.on ?? '')
  return asked.success ? asked.data : at.day
}

async function payday(form: Form): Promise<Outcome> {
  const { at, file, actor } = form
  if (!file || file.size === 0)
    return { kind: 'faults', faults: [{ field: 'run-file', found: '', wanted: 'file' }] }
  const run = pricedRun(new Uint8Array(await file.arrayBuffer()), file.name)
  if (!run.ok)
    return {
      kind: 'faults',
      faults: [
        { field: 'run-file', found: '', wanted: run.error.replace('tenth withholding payroll: ', '') },
      ],
    }
  const taken = await takePayday(at.shell, at.trust.book, run.value, dayAsked(form), { actor })
  if (!taken.ok) return refusedBy(at, taken.error)
  const { decisions } = taken.value
  const held = decisions.filter(({ decision }) => decision.allowed)
  const sum = held.reduce((total, { deposit }) => total + deposit.amount_cents, 0n)
  const missing = new Map(decisions.flatMap(({ decision }) => decision.missing.map((one) => [one.id, one])))
  return said(at.a.t.desk.taken(held.length, decisions.length, money(at.a, sum)), [...missing.values()])
}

/** Priced as `tenth withholding payroll` does; nothing of any employee is kept. */
function pricedRun(bytes: Uint8Array, name: string): Result<PricedRun, string> {
  const counter = payrollCounter('cent')
  for (const [piece, last] of [
    [bytes, false],
    [new Uint8Array(0), true],
  ] as const) {
    const counted = counter.count(piece, last)
    if (!counted.ok) return err(payrollFaultText('payroll', name, counted.error))
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { ok: true, value: { sha256, agencies: counter.run().agencies } }
}

async function prepareAct(form: Form): Promise<Outcome> {
  const { at, texts, person, actor } = form
  const amount_cents = texts.action === 'wind-up' ? 0n : readDollars(texts.amount ?? '')
  if (amount_cents === undefined)
    return {
      kind: 'faults',
      faults: [{ field: 'prepare-amount', found: '', wanted: 'dollars' }],
    }
  const action = SIGNED.find((one) => one === texts.action)
  const member = findState(texts.member ?? '')?.usps
  if (!action || !member)
    return { kind: 'faults', faults: [{ field: 'action', found: '', wanted: 'choice' }] }
  const asked = { action, member, amount_cents }
  const done = await prepare(at.shell, at.trust.book, asked, dayAsked(form), person, { actor })
  if (!done.ok) return refusedBy(at, done.error)
  return said(`${at.a.t.nouns[action]}: ${done.value.item.id}`)
}
const SIGNED: readonly SignedAction[] = [
  'release-to-treasury',
  'return-to-depositor',
  'pay-member',
  'wind-up',
]

async function settleAct({ at, file, actor }: Form): Promise<Outcome> {
  const lines = file ? statementLines(await file.text()) : undefined
  if (!lines?.ok) {
    const wanted = lines ? faultIn(lines.error) : 'file'
    return { kind: 'faults', faults: [{ field: 'statement-file', found: '', wanted }] }
  }
  const done = await settleStatement(at.shell, at.trust.book, lines.value, { actor })
  return done.ok ? { kind: 'matching', matching: done.value } : refusedBy(at, done.error)
}

const faultIn = ({ line, field, found, wanted }: StatementFault): string =>
  `line ${line}, ${field}: found ${found}; wanted: ${wanted}`

async function runAct(form: Form): Promise<Outcome> {
  const { at, actor } = form
  const done = await runTrustDay(at.shell, at.trust.book, dayAsked(form), { actor })
  if (!done.ok) return refusedBy(at, done.error)
  return said(at.a.t.desk.ran(at.a.t.states[done.value.state], done.value.prepared.length))
}

async function recordAct({ at, texts, actor }: Form): Promise<Outcome> {
  const kind = FACT_KINDS.find((one) => one === texts.kind)
  if (!kind)
    return {
      kind: 'faults',
      faults: [{ field: 'kind', found: texts.kind ?? '', wanted: 'choice' }],
    }
  const made = await factOf(at, kind, texts)
  if (!made.ok) return { kind: 'faults', faults: [made.error] }
  const done = await record(at.shell, at.trust.book, made.value, { actor })
  return done.ok ? said(at.a.t.desk.recorded(done.value.id)) : refusedBy(at, done.error)
}

/** Facts about a federal action or a suit stand on records of the registry, by id. */
async function factOf(
  at: AtBook,
  kind: FactKind,
  texts: Readonly<Record<string, string>>,
): Promise<Result<Fact, FieldFault>> {
  // The registry says what became of an action; until it is asked, its place is held.
  const read = readFact(kind, texts, kind === 'federal-action' ? { status: '-', in_force: true } : {})
  if (!read.ok) return read
  const fact = read.value
  if (fact.kind !== 'federal-action' && fact.kind !== 'finding') return read
  const book = await loadBook(at.shell.db)
  const found =
    fact.kind === 'finding'
      ? findingFact(book, fact.record, fact.on, fact.finding, fact.source)
      : federalActionFact(book, fact.record, fact.on, fact.unpaid_cents)
  return found.ok ? found : err({ field: 'record', found: fact.record, wanted: found.error.detail })
}
