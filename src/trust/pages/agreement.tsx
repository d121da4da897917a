import type { FC } from 'hono/jsx'
import { DataTable, formatDate, formatPercent, KeyValue, PageHead, Section } from '../../ui/index.ts'
import type { Agreement } from '../agreement.ts'
import type { Condition } from '../conditions.ts'
import { LawWords } from './conditions.tsx'
import { type Asked, English, exactly, inLang, Link, officeName, TrustPage } from './parts.tsx'

/** An agreement in plain words, beside the policies that a computer judges it by. */
export const AgreementPage: FC<{ a: Asked; agreement: Agreement }> = ({ a, agreement }) => {
  const t = a.t.agreement
  const { document, conditions } = agreement
  const title = inLang(a, document, 'title')
  const own = conditions.filter(({ of }) => of === 'agreement')
  const every = conditions.filter(({ of }) => of === 'every')
  return (
    <TrustPage
      a={a}
      title={title}
      path={`/trust/agreements/${document.id}`}
      description={inLang(a, document, 'summary')}
      crumbs={[{ label: a.t.trust, path: '/trust' }, { label: document.id }]}
      hashes
    >
      <PageHead
        title={title}
        lede={inLang(a, document, 'summary')}
        meta={
          <>
            {t.facts(t.instruments[document.instrument], document.members.join(', '))} · {t.simulation}{' '}
            <Link a={a} to={`/trust/rehearsals/${document.id}`}>
              {t.play}
            </Link>
          </>
        }
      />
      <Section id="plain" title={t.plain} rail={<p>{t.plainRail}</p>}>
        <PlainWords a={a} agreement={agreement} />
      </Section>
      <Section id="conditions" title={t.conditions} rail={<p>{t.conditionsRail}</p>}>
        <PoliciesTable a={a} caption={t.conditions} rows={own} />
        <p class="under">
          <a href={`/trust/agreements/${document.id}.yaml`}>{t.download}</a>
        </p>
      </Section>
      <Section id="every" title={t.every} rail={<p>{t.everyRail}</p>}>
        <PoliciesTable a={a} caption={t.every} rows={every} />
      </Section>
    </TrustPage>
  )
}

const PlainWords: FC<{ a: Asked; agreement: Agreement }> = ({ a, agreement: { document } }) => {
  const t = a.t.agreement
  const { modelled_on, cap, report, retest, exit, ordered } = document
  const offices = (list: readonly string[]) => list.map((office) => officeName(a, office)).join(', ')
  return (
    <KeyValue
      rows={[
        {
          key: t.modelled,
          value: (
            <>
              <English a={a}>
                <a href={modelled_on.source}>{modelled_on.name}</a>: {modelled_on.status}
              </English>
              , {a.t.home.asOf(formatDate(modelled_on.status_as_of, a.lang))}
            </>
          ),
        },
        { key: t.differs, value: inLang(a, modelled_on, 'differs') },
        {
          key: t.pays,
          value: document.depositor_classes.map((one) => (
            <span class="note-line">{inLang(a, one, 'what')}</span>
          )),
        },
        {
          key: t.share,
          value: t.shareText(
            formatPercent(document.share_per_mille / 1000, document.share_per_mille % 10 === 0 ? 0 : 1),
          ),
        },
        { key: t.cap, value: cap.rule === 'fixed' ? t.caps.fixed(exactly(a, cap.cents)) : t.caps[cap.rule] },
        ...(report
          ? [{ key: t.report, value: t.reportText(officeName(a, report.office), report.stale_after_days) }]
          : []),
        ...(retest
          ? [{ key: t.retest, value: t.retestText(offices(retest.offices), retest.valid_days) }]
          : []),
        { key: t.earnings, value: inLang(a, document.yield, 'says') },
        { key: t.exit, value: [inLang(a, exit, 'says'), t.notice(exit.notice_days)].join(' ') },
        {
          key: t.ordered,
          value: Object.entries(ordered).map(([cause, order]) => (
            <span class="note-line">
              {t.causes[cause as keyof typeof t.causes]}: {t.orders[order]}
            </span>
          )),
        },
      ]}
    />
  )
}

const PoliciesTable: FC<{ a: Asked; caption: string; rows: readonly Condition[] }> = ({
  a,
  caption,
  rows,
}) => {
  const t = a.t.agreement
  return (
    <DataTable
      lang={a.lang}
      caption={caption}
      rows={rows}
      columns={[
        {
          key: 'condition',
          head: t.condition,
          rowHead: true,
          cell: (row) => (
            <>
              {inLang(a, row, 'says')}
              <span class="note-line">
                {t.acts}: {row.actions.map((act) => a.t.acts[act]).join(', ')}
              </span>
            </>
          ),
        },
        {
          key: 'law',
          head: t.law,
          cell: (row) => (
            <>
              <LawWords a={a} of={row} />
              <details class="policy">
                <summary>
                  <span>
                    {t.policy} <code>{row.id}</code>
                  </span>
                </summary>
                <pre lang="en">
                  <code>{policyText(row)}</code>
                </pre>
              </details>
            </>
          ),
        },
      ]}
    />
  )
}

/** The policy without its annotations, which the other columns show. */
const policyText = ({ policy }: Condition): string =>
  policy
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('@'))
    .join('\n')
    .trim()
