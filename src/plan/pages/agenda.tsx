import type { FC } from 'hono/jsx'
import { stateOf } from '../../base/index.ts'
import { DataTable, Doubt, formatDate, PageHead, Section, TierChip } from '../../ui/index.ts'
import type { Agenda, AgendaItem } from '../agenda/agenda.ts'
import type { Standing } from '../agenda/standing.ts'
import { type Asked, English, Link, PlanPage, Records } from './parts.tsx'

/** Groups in the order in which the agenda lists them. */
const GROUPS: readonly Standing[] = ['proposed', 'open', 'in-force-locally', 'tried', 'blocked', 'in-force']

export const AgendaPage: FC<{ a: Asked; agenda: Agenda }> = ({ a, agenda }) => {
  const t = a.t.agenda
  const { name } = stateOf(agenda.usps)
  const path = `/plans/agenda/${agenda.usps.toLowerCase()}`
  return (
    <PlanPage
      a={a}
      title={t.title(name)}
      path={path}
      description={t.lede}
      crumbs={[{ label: a.t.plans.title, path: '/plans' }, { label: name }]}
    >
      <PageHead
        title={t.title(name)}
        lede={t.lede}
        meta={
          <Doubt id="lead-times" note={t.assumptionNote}>
            {t.assumption}
          </Doubt>
        }
      />
      {GROUPS.map((standing) => {
        const items = agenda.items.filter((item) => item.standing === standing)
        return items.length === 0 ? null : <Group a={a} agenda={agenda} standing={standing} items={items} />
      })}
    </PlanPage>
  )
}

const Group: FC<{ a: Asked; agenda: Agenda; standing: Standing; items: readonly AgendaItem[] }> = ({
  a,
  agenda,
  standing,
  items,
}) => {
  const t = a.t.agenda
  const { usps } = agenda
  const isOpen = standing !== 'in-force'
  // The model knows the states and DC.
  const isPlanned = stateOf(usps).kind !== 'territory'
  return (
    <Section id={standing} title={t.standing[standing]} rail={<p>{t.rail[standing]}</p>}>
      <DataTable
        lang={a.lang}
        caption={t.standing[standing]}
        rows={items}
        columns={[
          {
            key: 'type',
            head: t.type,
            rowHead: true,
            cell: ({ type }) => (
              <>
                <Link a={a} to={`/records/${type.id}`} english>
                  {type.title}
                </Link>
                <span class="note-line">
                  <TierChip lang={a.lang} tier={type.legal_tier} />
                </span>
              </>
            ),
          },
          { key: 'here', head: t.here, cell: (item) => <Here a={a} item={item} /> },
          { key: 'nearby', head: t.nearby, cell: (item) => <Nearby a={a} item={item} /> },
          ...(isOpen
            ? [
                {
                  key: 'first',
                  head: t.first,
                  cell: (item: AgendaItem) => <First a={a} item={item} agenda={agenda} />,
                },
                {
                  key: 'ready',
                  head: t.ready,
                  cell: ({ ready, lead_months, type }: AgendaItem) => (
                    <>
                      <span class="nowrap">{formatDate(ready, a.lang)}</span>
                      <span class="note-line">{t.lead(lead_months)}</span>
                      {isPlanned && (
                        <span class="note-line">
                          <Link a={a} to={`/plans/new?type=${type.id}&member=${usps}`}>
                            {t.plan}
                            <span class="vh">: {type.title}</span>
                          </Link>
                        </span>
                      )}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  )
}

const Here: FC<{ a: Asked; item: AgendaItem }> = ({ a, item: { here, in_use_by } }) => {
  if (here.length > 0) return <Records a={a} records={here.map(({ measure }) => measure)} />
  return (
    <span class="muted">{in_use_by.length > 0 ? a.t.agenda.suits(in_use_by.length) : a.t.agenda.nobody}</span>
  )
}

const Nearby: FC<{ a: Asked; item: AgendaItem }> = ({ a, item: { nearby, states_in_force } }) => {
  const t = a.t.agenda
  if (nearby.length > 0) return <Records a={a} records={nearby} />
  return (
    <span class="muted">{states_in_force.length > 0 ? t.elsewhere(states_in_force.length) : t.nobody}</span>
  )
}

const First: FC<{ a: Asked; item: AgendaItem; agenda: Agenda }> = ({
  a,
  agenda,
  item: { prerequisites, after },
}) => (
  <>
    <ul class="plain-list">
      {prerequisites.map(({ line, office }) => (
        <li>
          <English a={a}>
            {line} ({office})
          </English>
        </li>
      ))}
    </ul>
    <span class="note-line">
      {a.t.agenda.count(prerequisites.filter(({ state }) => state === 'met').length, prerequisites.length)}
    </span>
    {after.length > 0 && (
      <span class="note-line">
        {a.t.agenda.after}{' '}
        {after.map((id) => (
          <Link a={a} to={`/records/${id}`} english>
            {agenda.items.find(({ type }) => type.id === id)?.type.title ?? id}
          </Link>
        ))}
      </span>
    )}
  </>
)
