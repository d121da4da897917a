import type { FC } from 'hono/jsx'
import {
  Button,
  DataTable,
  Field,
  formatDate,
  href,
  KeyValue,
  Note,
  PageHead,
  Refusal,
  Section,
} from '../../ui/index.ts'
import type { BookView, WaitingItem } from '../book-view.ts'
import { Conditions, NextWords } from './conditions.tsx'
import { type Asked, exactly, money, officeName, SignInLink, TrustPage } from './parts.tsx'

/** Whether the reader may sign, and what stands in the way. */
export type MaySign =
  | { readonly may: 'yes'; readonly offices: readonly string[] }
  | { readonly may: 'sign-in' | 'not-yours' | 'own' | 'already' | 'closed' }

export interface ItemPageProps {
  readonly a: Asked
  readonly view: BookView
  readonly path: string
  readonly waiting: WaitingItem
  readonly sha256: string
  readonly maySign: MaySign
  /** Whether the reader may see who signed; everyone sees in which office. */
  readonly names: boolean
  /** Whether a payment file was written for it. */
  readonly hasFile: boolean
  readonly done?: 'executed' | 'signed'
  /** Why a signature was refused just now. */
  readonly refused?: string
}

/** One act that was prepared: what it moves, every condition, who signed, and the place to sign. */
export const ItemPage: FC<ItemPageProps> = (props) => {
  const { a, view, path, waiting, sha256 } = props
  const t = a.t.item
  const { item, judged } = waiting
  const missing = judged.conditions.filter(({ isMet }) => !isMet).length
  const title = t.title(a.t.nouns[item.action], money(a, item.amount_cents))
  return (
    <TrustPage
      a={a}
      book={view.book}
      title={title}
      path={`${path}/items/${item.id}`}
      crumbs={[
        { label: a.t.trust, path: '/trust' },
        { label: view.book.book, path },
        { label: a.t.nouns[item.action] },
      ]}
      hashes
      noindex
    >
      <PageHead
        title={title}
        eyebrow={item.member}
        lede={`${t.lede(preparer(props), formatDate(item.prepared_on, a.lang))} ${a.t.agreement.causes[item.cause]}. ${
          missing === 0 ? t.ready : t.missing(missing, judged.conditions.length)
        }`}
      />
      {props.refused !== undefined && (
        <Refusal title={t.refusedTitle}>
          <p>{props.refused}</p>
        </Refusal>
      )}
      {props.done !== undefined && <Note>{t.done[props.done]}</Note>}
      <Section id="conditions" title={t.conditions} rail={<p>{t.conditionsRail}</p>}>
        <Conditions a={a} judged={judged} caption={t.conditions} />
        <NextWords a={a} judged={judged} />
      </Section>
      <Section id="moves" title={t.what} rail={<p>{t.whatRail}</p>}>
        <HoldingsTable {...props} />
      </Section>
      <Section id="signatures" title={t.signatures} rail={<p>{t.signaturesRail}</p>}>
        <SignaturesTable {...props} />
        <KeyValue
          rows={[
            { key: t.name, value: <code>{item.id}</code> },
            { key: t.hash, value: <code>{sha256}</code> },
          ]}
        />
      </Section>
      {props.hasFile && props.names && (
        <Section id="file" title={t.file} rail={<p>{t.fileRail}</p>}>
          <p>
            <a href={`${path}/items/${item.id}/payment.ach`}>{t.fileLink}</a>
          </p>
        </Section>
      )}
      <Section id="sign" title={t.sign}>
        <SignForm {...props} />
      </Section>
    </TrustPage>
  )
}

/** The run of the day is named; a person only to those who may know. */
const preparer = ({ a, waiting: { item }, names }: ItemPageProps): string =>
  names && item.prepared_by !== 'daily run'
    ? (a.people?.get(item.prepared_by) ?? item.prepared_by)
    : officeName(a, item.prepared_by === 'daily run' ? 'daily run' : 'preparer')

const HoldingsTable: FC<ItemPageProps> = ({ a, view, waiting: { item } }) => {
  const t = a.t.item
  const deposits = new Map(view.book.deposits.map((deposit) => [deposit.id, deposit]))
  return (
    <DataTable
      lang={a.lang}
      caption={t.what}
      rows={item.holdings}
      empty={exactly(a, item.amount_cents)}
      columns={[
        { key: 'holding', head: t.holding, rowHead: true, cell: ({ id }) => deposits.get(id)?.agency ?? id },
        {
          key: 'payday',
          head: t.payday,
          nowrap: true,
          cell: ({ id }) => formatDate(deposits.get(id)?.payday ?? '', a.lang),
        },
        {
          key: 'due',
          head: t.due,
          nowrap: true,
          cell: ({ id }) => formatDate(deposits.get(id)?.deposit_due ?? '', a.lang),
        },
        { key: 'part', head: t.part, align: 'right', cell: ({ cents }) => exactly(a, cents) },
      ]}
    />
  )
}

const SignaturesTable: FC<ItemPageProps> = ({ a, waiting: { signatures }, names }) => {
  const t = a.t.item
  return (
    <DataTable
      lang={a.lang}
      caption={t.signatures}
      rows={signatures}
      empty={a.t.book.nobody}
      columns={[
        { key: 'office', head: t.office, rowHead: true, cell: ({ office }) => officeName(a, office) },
        ...(names
          ? [
              {
                key: 'person',
                head: t.person,
                cell: ({ person }: (typeof signatures)[number]) => <Person a={a} id={person} />,
              },
            ]
          : []),
        { key: 'at', head: t.at, cell: ({ at }) => <time datetime={at}>{formatDate(at, a.lang)}</time> },
      ]}
    />
  )
}

/** A person by name, where their account still has one, and as the log names them. */
const Person: FC<{ a: Asked; id: string }> = ({ a, id }) => {
  const name = a.people?.get(id)
  return (
    <>
      {name} <code class={name === undefined ? undefined : 'note-line'}>{id}</code>
    </>
  )
}

const SignForm: FC<ItemPageProps> = ({ a, path, waiting: { item }, sha256, maySign }) => {
  const t = a.t.item
  if (maySign.may === 'sign-in')
    return (
      <p>
        <SignInLink a={a} next={`${path}/items/${item.id}`}>
          {t.signIn}
        </SignInLink>
      </p>
    )
  if (maySign.may === 'not-yours') return <p>{t.notYours}</p>
  if (maySign.may === 'own') return <p>{t.own}</p>
  if (maySign.may === 'closed') return <p>{t.closed}</p>
  if (maySign.may !== 'yes') return <p>{t.already}</p>
  return (
    <form method="post" action={href(a.lang, `${path}/items/${item.id}`)}>
      <p>{t.signLede}</p>
      <input type="hidden" name="sha256" value={sha256} />
      <Field
        id="office"
        label={t.signOffice}
        options={maySign.offices.map((office) => ({ value: office, label: officeName(a, office) }))}
      />
      <p class="field confirm">
        <input type="checkbox" id="seen" name="seen" value="yes" required />
        <label for="seen">{t.seen}</label>
      </p>
      <Button>{t.signButton}</Button>
    </form>
  )
}
