import { Hono } from 'hono'
import type { FC } from 'hono/jsx'
import { canonicalJson, type Result } from '../base/index.ts'
import type { Shell } from '../db/index.ts'
import {
  DataTable,
  EventList,
  Failure,
  formatCount,
  formatDate,
  href,
  KeyValue,
  type Lang,
  Note,
  Page,
  type PageEnv,
  PageHead,
  Section,
} from '../ui/index.ts'
import { loadVerifier } from './keys.ts'
import { messageOf, publicWordsOf } from './messages.ts'
import { type EventProof, type ProveError, prove, sidesOf } from './prove.ts'
import { type PublishError, publish } from './publish.ts'
import type { LoggedEvent } from './schema.ts'
import { sentenceOf } from './sentence.ts'
import { type Head, loadEvents, loadHead, type StoredCheckpoint } from './store.ts'
import { auditWords } from './words.ts'

const SHOWN = 25
const API = '/api/v1/audit'

export const auditPages = (shell: Shell): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/audit', async (c) => {
      const lang = c.get('lang')
      const asked = c.req.query('from')
      const from = readNumber(asked)
      if (asked !== undefined && from === undefined)
        return c.html(<UnknownEvent lang={lang} asked={asked} size={(await loadHead(shell.db)).size} />, 400)
      const checkpoint = await publish(shell)
      const [head, verifier, events] = await Promise.all([
        loadHead(shell.db),
        loadVerifier(shell.db),
        loadEvents(shell.db, { from, order: 'desc', limit: SHOWN }),
      ])
      const vkey = verifier?.vkey
      return c.html(<LogPage {...{ lang, from, head, vkey, checkpoint, events }} />)
    })
    .get('/audit/events/:seq', async (c) => {
      const lang = c.get('lang')
      const asked = c.req.param('seq')
      const seq = readNumber(asked)
      const head = await loadHead(shell.db)
      if (seq === undefined || seq >= head.size)
        return c.html(<UnknownEvent lang={lang} asked={asked} size={head.size} />, 404)
      const proof = await proveAnyway(shell, seq, head.size)
      if (!proof.ok) throw new Error(messageOf(proof.error).words)
      return c.html(<EventPage lang={lang} proof={proof.value} />)
    })

const readNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined

/** In the signed head; where none can be signed now, in the head as it stands, which the page then says. */
async function proveAnyway(shell: Shell, seq: number, size: number): Promise<Result<EventProof, ProveError>> {
  const signed = await prove(shell, seq)
  return signed.ok ? signed : prove(shell, seq, size)
}

const LogPage: FC<{
  lang: Lang
  from: number | undefined
  head: Head
  vkey: string | undefined
  checkpoint: Result<StoredCheckpoint, PublishError>
  events: readonly LoggedEvent[]
}> = ({ lang, from, head, vkey, checkpoint, events }) => {
  const t = auditWords(lang)
  const last = events.at(-1)?.seq ?? 0
  return (
    <Page lang={lang} title={t.title} path="/audit" description={t.description} hashes>
      <PageHead title={t.title} lede={t.lede} />
      <Section id="head" title={t.head} rail={<p>{t.headRail}</p>}>
        <KeyValue
          rows={[
            { key: t.events, value: formatCount(head.size) },
            { key: t.root, value: <code>{Buffer.from(head.root).toString('hex')}</code> },
            ...(vkey ? [{ key: t.vkey, value: <code>{vkey}</code> }] : []),
            ...(checkpoint.ok ? signedRows(checkpoint.value, lang) : []),
          ]}
        />
        {!checkpoint.ok && (
          <Note title={t.unsigned}>
            <span lang="en">{publicWordsOf(checkpoint.error)}</span>
          </Note>
        )}
      </Section>
      <Section id="newest" title={t.newest} rail={<p>{t.newestRail}</p>}>
        {events.length === 0 ? (
          <p class="muted">{t.none}</p>
        ) : (
          <EventList items={events.map((event) => eventItem(event, lang))} />
        )}
        <p class="under">
          {last > 0 && <a href={href(lang, `/audit?from=${last - 1}#newest`)}>{t.older}</a>}{' '}
          {from !== undefined && <a href={href(lang, '/audit#newest')}>{t.newer}</a>}
        </p>
      </Section>
      <Section id="check" title={t.how} rail={<p>{t.howRail}</p>}>
        <Steps steps={t.steps} />
        <ul>
          <li>
            <a href={`${API}/checkpoint`}>{t.links.checkpoint}</a>
          </li>
          <li>
            <a href={`${API}/key`}>{t.links.key}</a>
          </li>
          <li>
            <a href={`${API}/events`}>{t.links.events}</a>
          </li>
          <li>
            <a href={`${API}/events.jsonl`}>{t.links.jsonl}</a>
          </li>
          <li>
            <a href={`${API}/verifier.mjs`}>{t.links.verifier}</a>
          </li>
        </ul>
      </Section>
    </Page>
  )
}

const eventItem = (event: LoggedEvent, lang: Lang) => ({
  when: <time datetime={event.at}>{formatDate(event.at, lang)}</time>,
  title: <a href={href(lang, `/audit/events/${event.seq}`)}>{sentenceOf(event, lang)}</a>,
  note: `${auditWords(lang).number} ${formatCount(event.seq)} · ${event.actor}`,
})

const signedRows = ({ at, note }: StoredCheckpoint, lang: Lang) => [
  { key: auditWords(lang).signedAt, value: <time datetime={at}>{formatDate(at, lang)}</time> },
  { key: auditWords(lang).checkpoint, value: <NoteText note={note} /> },
]

const NoteText: FC<{ note: string }> = ({ note }) => (
  <code>
    {note
      .trimEnd()
      .split('\n')
      .map((line) => (
        <>
          {line}
          <br />
        </>
      ))}
  </code>
)

const Steps: FC<{ steps: readonly string[] }> = ({ steps }) => (
  <EventList items={[...steps.entries()].map(([i, step]) => ({ when: `${i + 1}.`, title: step }))} />
)

const EventPage: FC<{ lang: Lang; proof: EventProof }> = ({ lang, proof }) => {
  const t = auditWords(lang)
  const { event, audit_path, tree_size } = proof
  const title = `${t.event} ${formatCount(event.seq)}`
  const sides = sidesOf(proof)
  return (
    <Page
      lang={lang}
      title={title}
      path={`/audit/events/${event.seq}`}
      description={t.eventLede}
      crumbs={[{ label: t.title, path: '/audit' }, { label: title }]}
      hashes
    >
      <PageHead title={title} lede={sentenceOf(event, lang)} />
      <Section id="facts" title={t.facts} rail={<p>{t.factsRail}</p>}>
        <KeyValue
          rows={[
            { key: t.when, value: <time datetime={event.at}>{event.at}</time> },
            { key: t.who, value: event.actor },
            { key: t.kind, value: <code>{event.kind}</code> },
            { key: t.subject, value: event.subject },
            { key: t.payload, value: <code>{canonicalJson(event.payload)}</code> },
            { key: t.payloadHash, value: <code>{event.payload_hash}</code> },
            { key: t.leaf, value: <code>{proof.leaf}</code> },
            { key: t.leafHash, value: <code>{event.leaf_hash}</code> },
          ]}
        />
      </Section>
      <Section
        id="proof"
        title={t.proof}
        rail={<p>{t.proofRail(formatCount(audit_path.length), formatCount(tree_size))}</p>}
      >
        <DataTable
          lang={lang}
          caption={t.path}
          showCaption
          phone="compact"
          rows={audit_path.map((hash, i) => ({ hash, side: sides[i] ?? 'left' }))}
          columns={[
            { key: 'side', head: t.side, cell: (row) => t[row.side] },
            { key: 'hash', head: t.hash, cell: (row) => <code>{row.hash}</code> },
          ]}
          empty={t.root}
        />
        <KeyValue
          rows={[
            { key: t.root, value: <code>{proof.root}</code> },
            {
              key: t.checkpoint,
              value: proof.checkpoint === null ? t.unsigned : <NoteText note={proof.checkpoint} />,
            },
            { key: t.vkey, value: <code>{proof.vkey}</code> },
          ]}
        />
        <p class="under">
          <a href={`${API}/events/${event.seq}/proof`}>{t.asJson}</a>
        </p>
      </Section>
      <Section id="check" title={t.how} rail={<p>{t.howRail}</p>}>
        <Steps steps={t.proofSteps} />
        <p>
          <a href={`${API}/verifier.mjs`}>{t.links.verifier}</a>
        </p>
      </Section>
    </Page>
  )
}

const UnknownEvent: FC<{ lang: Lang; asked: string; size: number }> = ({ lang, asked, size }) => {
  const t = auditWords(lang)
  const title = t.unknown(asked)
  return (
    <Page lang={lang} title={title} path="/audit" noindex>
      <Failure lang={lang} title={title}>
        <p>{t.unknownWhy(formatCount(size))}</p>
        <p>
          <a href={href(lang, '/audit')}>{t.back}</a>
        </p>
      </Failure>
    </Page>
  )
}
