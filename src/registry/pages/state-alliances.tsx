import type { FC } from 'hono/jsx'
import { ConfidenceChip, DataTable, Section, StatusChip } from '../../ui/index.ts'
import type { Membership } from '../views/state.ts'
import { DateText, inEnglish, RecordLink } from './parts.tsx'
import type { Drawn } from './state-parts.ts'

export const Alliances: FC<Drawn> = ({ v, facts, name, state }) => {
  const t = v.t.state.alliances
  const active = facts.alliances.filter(({ alliance }) => alliance.status === 'active').length
  return (
    <Section id="alliances" title={t.title} rail={<p>{t.finding(active)}</p>}>
      {facts.alliances.length > 0 && (
        <DataTable
          lang={v.lang}
          caption={t.caption(name)}
          phone="compact"
          allOnPhone={{
            label: t.all(facts.alliances.length),
            href: v.to('/registry/alliances', { state: state.usps }),
          }}
          rows={facts.alliances}
          columns={[
            {
              key: 'alliance',
              head: t.alliance,
              rowHead: true,
              cell: ({ alliance, local }: Membership) => (
                <>
                  <RecordLink v={v} rec={alliance} />
                  {alliance.status !== 'active' && (
                    <div>
                      <StatusChip lang={v.lang} kind="alliance" status={alliance.status} />
                    </div>
                  )}
                  {local && <span class="note-line">{t.localOnly}</span>}
                </>
              ),
            },
            {
              key: 'joined',
              head: t.joined,
              nowrap: true,
              cell: ({ joined }) => <DateText v={v} date={joined as never} />,
            },
            {
              key: 'founded',
              head: t.founded,
              nowrap: true,
              cell: ({ alliance }) => <DateText v={v} date={alliance.dates?.founded} />,
            },
            {
              key: 'instrument',
              head: t.instrument,
              cell: ({ alliance }) => <span lang={inEnglish(v.lang)}>{capital(alliance.instrument)}</span>,
            },
            {
              key: 'confidence',
              head: t.confidence,
              cell: ({ alliance }) => <ConfidenceChip lang={v.lang} confidence={alliance.confidence} />,
            },
          ]}
        />
      )}
    </Section>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
