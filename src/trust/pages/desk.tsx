import type { Child, FC } from 'hono/jsx'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  formatDate,
  href,
  Note,
  PageHead,
  Refusal,
  Section,
} from '../../ui/index.ts'
import type { Matching } from '../bank/match.ts'
import type { TrustBook } from '../book.ts'
import type { MissingCondition } from '../decide.ts'
import { FACT_CHOICES, FACT_FIELDS, FACT_KINDS, type FieldFault, WANTED } from '../fact-form.ts'
import type { AgreementDocument, FactKind } from '../schema.ts'
import { type Asked, exactly, inLang, officeName, TrustPage } from './parts.tsx'

/** What an act at the desk came to. */
export type Outcome =
  | { readonly kind: 'said'; readonly words: string; readonly missing?: readonly MissingCondition[] }
  | { readonly kind: 'matching'; readonly matching: Matching }
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'faults'; readonly faults: readonly FieldFault[] }

export interface DeskProps {
  readonly a: Asked
  readonly book: TrustBook
  readonly document: AgreementDocument
  readonly path: string
  readonly day: string
  /** Members for which the reader prepares, and whether they record facts. */
  readonly prepares: readonly string[]
  readonly records: boolean
  readonly kind: FactKind
  readonly texts: Readonly<Record<string, string>>
  readonly outcome?: Outcome
}

/** Where those with a duty in a book do their part: money in, acts prepared, statements matched, facts recorded. */
export const DeskPage: FC<DeskProps> = (props) => {
  const { a, book, path } = props
  const t = a.t.desk
  return (
    <TrustPage
      a={a}
      book={book}
      title={`${t.title}: ${book.book}`}
      path={`${path}/desk`}
      crumbs={[{ label: a.t.trust, path: '/trust' }, { label: book.book, path }, { label: t.title }]}
      noindex
    >
      <PageHead title={t.title} eyebrow={`${a.t.home.book} ${book.book}`} lede={t.lede} />
      {props.outcome && <Told a={a} outcome={props.outcome} />}
      {props.prepares.length === 0 && !props.records && <Note>{t.noDuty}</Note>}
      {props.prepares.length > 0 && <PrepareForms {...props} />}
      {props.records && <RecordForm {...props} />}
    </TrustPage>
  )
}

const Told: FC<{ a: Asked; outcome: Outcome }> = ({ a, outcome }) => {
  const t = a.t.desk
  switch (outcome.kind) {
    case 'said':
      return (
        <Note>
          {outcome.words}
          {outcome.missing && outcome.missing.length > 0 && (
            <>
              {' '}
              {t.notHeld} {outcome.missing.map((one) => inLang(a, one, 'says')).join(' ')}
            </>
          )}
        </Note>
      )
    case 'refused':
      return (
        <Refusal title={t.refused}>
          <p>
            {outcome.words} {t.nothing}
          </p>
        </Refusal>
      )
    case 'faults':
      return (
        <ErrorSummary
          lang={a.lang}
          errors={outcome.faults.map(({ field, wanted }) => ({
            field,
            message: `${fieldName(a, field)}: ${wantedText(a, wanted)}`,
          }))}
        />
      )
    case 'matching':
      return (
        <Section id="matched" title={t.matched}>
          <MatchingTable a={a} matching={outcome.matching} />
        </Section>
      )
  }
}

/** What is wanted, in the page's language; what a file's reader found stays as the reader says it. */
function wantedText({ t }: Asked, wanted: string): string {
  if (wanted === 'missing') return t.desk.empty
  const known = WANTED.find((one) => one === wanted)
  return known === undefined ? wanted : t.desk.wanted(t.desk.wantedTexts[known])
}

const fieldName = ({ t }: Asked, field: string): string =>
  (t.desk.fields as Readonly<Record<string, string>>)[field] ?? field

const MatchingTable: FC<{ a: Asked; matching: Matching }> = ({ a, matching }) => {
  const t = a.t.desk
  const rows = Object.entries(t.matching).map(([key, name]) => {
    const list = matching[key as keyof Matching]
    return { name, list: list.map((one) => lineText(a, one)) }
  })
  return (
    <DataTable
      lang={a.lang}
      caption={t.settle}
      rows={rows}
      columns={[
        { key: 'name', head: t.what, rowHead: true, cell: ({ name }) => name },
        { key: 'count', head: t.count, align: 'right', cell: ({ list }) => String(list.length) },
        {
          key: 'lines',
          head: a.t.book.movement,
          cell: ({ list }) => list.map((text) => <span class="note-line">{text}</span>),
        },
      ]}
    />
  )
}

type Listed = Matching[keyof Matching][number]

/** A line or an entry as the statement has it: date, amount, reference. */
function lineText(a: Asked, one: Listed): string {
  const said = (date: string, amount: bigint, reference: string) =>
    [formatDate(date, a.lang), exactly(a, amount), reference].filter((part) => part !== '').join(' · ')
  if ('line' in one && typeof one.line === 'object')
    return said(one.line.date, one.line.amount, one.line.reference)
  if ('trace' in one) return said(one.sent_on, one.amount, one.trace)
  return 'reference' in one ? said(one.date, one.amount, one.reference) : ''
}

const Form: FC<{
  a: Asked
  path: string
  act: string
  button: string
  isFile?: boolean
  children?: Child
}> = (props) => (
  <form
    method="post"
    action={href(props.a.lang, `${props.path}/desk`)}
    {...(props.isFile && { enctype: 'multipart/form-data' })}
  >
    <input type="hidden" name="do" value={props.act} />
    {props.children}
    <Button>{props.button}</Button>
  </form>
)

const PrepareForms: FC<DeskProps> = ({ a, path, day, prepares, texts }) => {
  const t = a.t.desk
  const members = prepares.map((member) => ({ value: member, label: member }))
  const acts = (['release-to-treasury', 'return-to-depositor', 'pay-member', 'wind-up'] as const).map(
    (value) => ({
      value,
      label: a.t.acts[value],
    }),
  )
  return (
    <>
      <Section id="payday" title={t.payday} rail={<p>{t.paydayRail}</p>}>
        <Form a={a} path={path} act="payday" button={t.take} isFile>
          <Field id="run-file" name="file" label={t.file} type="file" required />
          <Field id="payday-on" name="on" label={t.paydayOn} type="date" value={day} required />
        </Form>
      </Section>
      <Section id="prepare" title={t.prepare} rail={<p>{t.prepareRail}</p>}>
        <Form a={a} path={path} act="prepare" button={t.prepareButton}>
          <Field id="action" label={t.action} options={acts} value={texts.action ?? ''} />
          <Field
            id="prepare-member"
            name="member"
            label={t.member}
            options={members}
            value={texts.member ?? ''}
          />
          <Field
            id="prepare-amount"
            name="amount"
            label={t.amount}
            inputmode="decimal"
            value={texts.amount ?? ''}
          />
        </Form>
      </Section>
      <Section id="settle" title={t.settle} rail={<p>{t.settleRail}</p>}>
        <Form a={a} path={path} act="settle" button={t.settleButton} isFile>
          <Field id="statement-file" name="file" label={t.file} type="file" required />
        </Form>
      </Section>
      <Section id="run" title={t.run} rail={<p>{t.runRail}</p>}>
        <Form a={a} path={path} act="run" button={t.runButton}>
          <Field id="run-on" name="on" label={t.on} type="date" value={day} required />
        </Form>
      </Section>
    </>
  )
}

const RecordForm: FC<DeskProps> = (props) => {
  const { a, path, day, kind, texts } = props
  const t = a.t.desk
  const kinds = FACT_KINDS.map((value) => ({ value, label: t.kinds[value] }))
  const faults = props.outcome?.kind === 'faults' ? props.outcome.faults : []
  const errorOf = (name: string) => {
    const fault = faults.find(({ field }) => field === name)
    return fault && { error: wantedText(a, fault.wanted) }
  }
  return (
    <Section id="record" title={t.record} rail={<p>{t.recordRail}</p>}>
      <form class="inline-form" action={`${href(a.lang, `${path}/desk`)}#record`}>
        <Field id="kind" label={t.kind} options={kinds} value={kind} />
        <Button kind="outline">{t.choose}</Button>
      </form>
      <h3>{t.kinds[kind]}</h3>
      <Form a={a} path={path} act="record" button={t.recordButton}>
        <input type="hidden" name="kind" value={kind} />
        {FACT_FIELDS[kind].map((name) => (
          <Field
            id={name}
            label={t.fields[name]}
            value={texts[name] ?? ''}
            {...optionsOf(a, kind, name, props.document)}
            {...errorOf(name)}
          />
        ))}
        <Field id="on" label={t.fields.on} type="date" value={texts.on ?? day} {...errorOf('on')} />
        <Field id="source" label={t.fields.source} value={texts.source ?? ''} {...errorOf('source')} />
      </Form>
    </Section>
  )
}

function optionsOf(a: Asked, kind: FactKind, name: string, document: AgreementDocument) {
  const list = listOf(kind, name, document)
  if (list === undefined) return {}
  const words = name === 'office' ? (office: string) => officeName(a, office) : choiceIn(a)
  return { options: list.map((value) => ({ value, label: words(value) })) }
}

/** An order may be for all members; offices are those that the agreement gives a voice. */
function listOf(kind: FactKind, name: string, { members, report, retest }: AgreementDocument) {
  if (name === 'member') return kind === 'order' ? ['', ...members] : members
  if (name !== 'office') return FACT_CHOICES[name] ?? FACT_CHOICES[`${kind} ${name}`]
  return kind === 'report' ? report && [report.office] : retest?.offices
}

const choiceIn =
  ({ t }: Asked) =>
  (value: string): string =>
    value === '' ? t.desk.everyMember : (t.desk.choices[value] ?? value)
