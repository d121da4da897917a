import type { FC } from 'hono/jsx'
import { stateOf } from '../../base/index.ts'
import type { LegalTier } from '../../registry/index.ts'
import {
  Chips,
  DataTable,
  formatCount,
  formatDate,
  href,
  PageHead,
  Section,
  TierChip,
} from '../../ui/index.ts'
import type { PlanDocument } from '../documents/documents.ts'
import type { Plan } from '../schema.ts'
import type { AgendaCount } from '../store.ts'
import { type Asked, English, Link, PlanPage } from './parts.tsx'

export interface ListedPlan {
  readonly document: PlanDocument
  readonly plan: Plan
  readonly tiers: readonly LegalTier[]
}

export const PlansPage: FC<{ a: Asked; plans: readonly ListedPlan[]; agendas: readonly AgendaCount[] }> = ({
  a,
  plans,
  agendas,
}) => {
  const t = a.t.plans
  const saved = plans.filter(({ document }) => document.origin === 'saved')
  const aside = saved.filter(({ document }) => document.set_aside)
  return (
    <PlanPage a={a} title={t.title} path="/plans" description={t.lede}>
      <PageHead title={t.title} lede={t.lede} />
      <nav class="buttons no-print" aria-label={t.title}>
        <a class="button" href={href(a.lang, '/plans/new')}>
          {t.make}
        </a>
        <a class="button outline" href={href(a.lang, '/plans/compare')}>
          {t.compare}
        </a>
      </nav>
      {saved.length > 0 && (
        <Section id="saved" title={t.saved} rail={<p>{t.savedRail}</p>}>
          <PlansTable a={a} caption={t.saved} plans={saved.filter(({ document }) => !document.set_aside)} />
          {aside.length > 0 && (
            <details>
              <summary>{t.asideTitle(aside.length)}</summary>
              <PlansTable a={a} caption={t.setAside} plans={aside} />
            </details>
          )}
        </Section>
      )}
      <Section id="shipped" title={t.shipped} rail={<p>{t.shippedRail}</p>}>
        <PlansTable
          a={a}
          caption={t.shipped}
          plans={plans.filter(({ document }) => document.origin === 'shipped')}
        />
      </Section>
      <Section id="agendas" title={t.agendas} rail={<p>{t.agendasRail}</p>}>
        <DataTable
          lang={a.lang}
          caption={t.agendasCaption}
          rows={agendas}
          columns={[
            {
              key: 'state',
              head: t.state,
              rowHead: true,
              cell: ({ usps }) => (
                <Link a={a} to={`/plans/agenda/${usps.toLowerCase()}`}>
                  <English a={a}>{stateOf(usps).name}</English>
                </Link>
              ),
            },
            { key: 'force', head: t.inForce, align: 'right', cell: (row) => formatCount(row.in_force) },
            { key: 'proposed', head: t.proposed, align: 'right', cell: (row) => formatCount(row.proposed) },
            { key: 'open', head: t.open, align: 'right', cell: (row) => formatCount(row.open) },
          ]}
        />
      </Section>
    </PlanPage>
  )
}

const PlansTable: FC<{ a: Asked; caption: string; plans: readonly ListedPlan[] }> = ({
  a,
  caption,
  plans,
}) => {
  const t = a.t.plans
  return (
    <DataTable
      lang={a.lang}
      caption={caption}
      rows={plans}
      empty={t.none}
      columns={[
        {
          key: 'name',
          head: t.name,
          rowHead: true,
          cell: ({ plan, document: { version, saved } }) => (
            <>
              <Link a={a} to={`/plans/${plan.id}`} english>
                {plan.title}
              </Link>
              {saved && (
                <span class="note-line">{t.version(version, formatDate(saved.at.slice(0, 10), a.lang))}</span>
              )}
            </>
          ),
        },
        {
          key: 'who',
          head: t.who,
          cell: ({ plan: { members } }) =>
            members.length > MOST_NAMED ? t.places(members.length) : members.join(', '),
        },
        {
          key: 'when',
          head: t.when,
          cell: ({ plan }) => t.from(plan.months, formatDate(plan.firstMonth, a.lang)),
        },
        {
          key: 'tiers',
          head: t.tiers,
          cell: ({ tiers }) => (
            <Chips>
              {[...new Set(tiers)].map((tier) => (
                <TierChip lang={a.lang} tier={tier} />
              ))}
            </Chips>
          ),
        },
        { key: 'ways', head: t.ways, cell: (listed) => <Ways a={a} listed={listed} /> },
      ]}
    />
  )
}

/** Above so many members their number says more than their codes. */
const MOST_NAMED = 12

const Ways: FC<{ a: Asked; listed: ListedPlan }> = ({ a, listed: { plan, document } }) => {
  const t = a.t.plans
  const ways: readonly (readonly [to: string, word: string])[] = [
    [`/plans/${plan.id}/results`, t.results],
    [`/plans/${plan.id}/brief`, t.brief],
    ...(document.origin === 'saved'
      ? ([
          [`/plans/${plan.id}/edit`, t.edit],
          [`/plans/${plan.id}/versions`, t.versions],
        ] as const)
      : ([[`/plans/new?copy=${plan.id}`, t.copy]] as const)),
  ]
  return (
    <ul class="plain-list">
      {ways.map(([to, word]) => (
        <li>
          <Link a={a} to={to}>
            {word}
            <span class="vh">: {plan.title}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
