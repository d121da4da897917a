import type { FC } from 'hono/jsx'
import { DataTable, label, Section, TierChip } from '../../ui/index.ts'
import { LegalTier, type RecOf } from '../schema.ts'
import { isInForce } from '../views/force.ts'
import { leadingMoment } from '../views/moments.ts'
import { pointingAt } from '../views/relations.ts'
import { statesWithType } from '../views/state.ts'
import { listPath } from './links.ts'
import { DateText, inEnglish, RecordLink, Status, Where } from './parts.tsx'
import type { View } from './view.ts'

type Type = RecOf<'playbook-type'>

/** The whole catalogue, one part a tier: the safest in law first. */
export const PlaybookCatalogue: FC<{ v: View; types: readonly Type[] }> = ({ v, types }) => (
  <>
    {LegalTier.options.map((tier) => {
      const rows = types.filter((type) => type.legal_tier === tier)
      return rows.length === 0 ? (
        <></>
      ) : (
        <section class="tier" aria-labelledby={`tier-${tier}`}>
          <h2 id={`tier-${tier}`}>
            {label(v.lang, 'tier', tier)} <span class="muted">{rows.length}</span>
          </h2>
          <p>
            <TierChip lang={v.lang} tier={tier} /> <span class="muted">{v.t.playbook.tierRail[tier]}</span>
          </p>
          <TierTable v={v} tier={tier} rows={rows} />
        </section>
      )
    })}
  </>
)

const TierTable: FC<{ v: View; tier: LegalTier; rows: readonly Type[] }> = ({ v, tier, rows }) => {
  const t = v.t.playbook
  const counts = new Map(rows.map((type) => [type.id, statesWithType(v.book, type).length]))
  const sorted = [...rows].sort(
    (a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0) || (a.title < b.title ? -1 : 1),
  )
  return (
    <DataTable
      lang={v.lang}
      caption={label(v.lang, 'tier', tier)}
      rows={sorted}
      columns={[
        {
          key: 'type',
          head: t.type,
          rowHead: true,
          cell: (type) => (
            <>
              <RecordLink v={v} rec={type} />
              <span class="note-line" lang={inEnglish(v.lang)}>
                {type.summary}
              </span>
            </>
          ),
        },
        { key: 'area', head: v.t.home.area, cell: (type) => label(v.lang, 'area', type.policy_area) },
        { key: 'stance', head: t.stance, cell: (type) => label(v.lang, 'stance', type.stance) },
        { key: 'steps', head: t.steps, align: 'right', cell: (type) => type.steps.length },
        {
          key: 'precedents',
          head: t.inForce,
          cell: (type) => (
            <a class="count-link" href={v.to(listPath('measure'), { type: type.id })}>
              {t.jurisdictions(counts.get(type.id) ?? 0)}
            </a>
          ),
        },
      ]}
    />
  )
}

/** Steps with offices and prerequisites, costs, what to measure, and where it was tried. */
export const PlaybookSections: FC<{ v: View; type: Type }> = ({ v, type }) => {
  const t = v.t.record
  const precedents = pointingAt(v.book, type.id, 'is-a', 'measure')
  return (
    <>
      <Section id="how" title={t.playbook} rail={<p>{t.playbookRail}</p>}>
        <div class="both-sides">
          <div>
            <h3>{v.t.playbook.steps}</h3>
            <ol class="steps" lang={inEnglish(v.lang)}>
              {type.steps.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          </div>
          <div>
            <h3>{v.t.playbook.offices}</h3>
            <Lines v={v} lines={type.responsible_offices} />
            <h3>{PREREQUISITES[v.lang]}</h3>
            <Lines v={v} lines={type.prerequisites} />
          </div>
        </div>
      </Section>
      <Section id="costs" title={t.costs} rail={<p>{t.costsRail}</p>}>
        <div class="both-sides">
          <div>
            <h3>{t.costs}</h3>
            <Lines v={v} lines={type.costs_risks} />
          </div>
          <div>
            <h3>{t.indicators}</h3>
            <Lines v={v} lines={type.indicators} />
          </div>
        </div>
      </Section>
      {precedents.length > 0 && (
        <Section
          id="precedents"
          title={t.precedents}
          rail={
            <>
              <p>{t.precedentsRail(precedents.filter(isInForce).length, precedents.length)}</p>
              <p>
                <a href={v.to('/registry/matrix')}>{v.t.kinds.matrix}</a>
              </p>
            </>
          }
        >
          <DataTable
            lang={v.lang}
            caption={t.precedents}
            phone="compact"
            allOnPhone={{
              label: `${t.all} (${precedents.length})`,
              href: v.to(listPath('measure'), { type: type.id }),
            }}
            rows={precedents}
            columns={[
              {
                key: 'measure',
                head: label(v.lang, 'kind', 'measure'),
                rowHead: true,
                cell: (rec) => <RecordLink v={v} rec={rec} />,
              },
              { key: 'where', head: v.t.list.where, cell: (rec) => <Where v={v} rec={rec} most={2} /> },
              {
                key: 'date',
                head: v.t.list.date,
                nowrap: true,
                cell: (rec) => <DateText v={v} date={leadingMoment(rec)?.date} />,
              },
              { key: 'status', head: v.t.list.status, cell: (rec) => <Status v={v} rec={rec} /> },
            ]}
          />
        </Section>
      )}
    </>
  )
}

const PREREQUISITES = { en: 'What must be in place first', es: 'Lo que debe haber antes' }

const Lines: FC<{ v: View; lines: readonly string[] }> = ({ v, lines }) => (
  <ul class="plain-list" lang={inEnglish(v.lang)}>
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)
