import type { FC } from 'hono/jsx'
import { stateOf } from '../../base/index.ts'
import type { LegalTier } from '../../registry/index.ts'
import { Chips, DataTable, formatCount, formatDate, PageHead, Section, TierChip } from '../../ui/index.ts'
import type { PlanDocument } from '../documents.ts'
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
  return (
    <PlanPage a={a} title={t.title} path="/plans" description={t.lede}>
      <PageHead title={t.title} lede={t.lede} />
      <Section id="shipped" title={t.shipped} rail={<p>{t.shippedRail}</p>}>
        <DataTable
          lang={a.lang}
          caption={t.shipped}
          rows={plans}
          columns={[
            {
              key: 'name',
              head: t.name,
              rowHead: true,
              cell: ({ plan }) => (
                <Link a={a} to={`/plans/${plan.id}`} english>
                  {plan.title}
                </Link>
              ),
            },
            { key: 'who', head: t.who, cell: ({ plan }) => plan.members.join(', ') },
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
          ]}
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
