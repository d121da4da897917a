import type { FC } from 'hono/jsx'
import { DataTable, Section, StatusChip, TierChip } from '../../ui/index.ts'
import type { Rec } from '../schema.ts'
import { isInForce } from '../views/force.ts'
import { playbookFacts, type TypeRow } from '../views/state.ts'
import { inEnglish, RecordLink, Status } from './parts.tsx'
import { codes, type Drawn } from './state-parts.ts'
import type { View } from './view.ts'

/** Rows of "open to" that stand in view; the rest opens on request. */
const OPEN_ROWS = 10

export const Types: FC<Drawn> = ({ v, name, state, peers }) => {
  const { inForce, open } = playbookFacts(v.book, state, peers.peers)
  const t = v.t.state
  const [first, rest] = [open.slice(0, OPEN_ROWS), open.slice(OPEN_ROWS)]
  return (
    <>
      <Section id="types" title={t.types.title} rail={<p>{t.types.finding(inForce.length, name)}</p>}>
        {inForce.length > 0 && (
          <DataTable
            lang={v.lang}
            caption={t.types.caption(name)}
            phone="compact"
            rows={inForce}
            columns={[
              {
                key: 'type',
                head: t.types.type,
                rowHead: true,
                cell: (row: TypeRow) => <RecordLink v={v} rec={row.type} />,
              },
              {
                key: 'tier',
                head: t.types.tier,
                cell: (row) => <TierChip lang={v.lang} tier={row.type.legal_tier} />,
              },
              {
                key: 'record',
                head: t.types.record,
                cell: (row) => <InForceHere v={v} row={row} />,
              },
              ...(peers.peers.length === 0
                ? []
                : [
                    {
                      key: 'peers',
                      head: t.types.peers,
                      cell: (row: TypeRow) =>
                        row.peers.length === 0 ? (
                          <span class="muted">{t.types.nonePeers}</span>
                        ) : (
                          codes(row.peers)
                        ),
                    },
                  ]),
            ]}
          />
        )}
      </Section>
      <Section
        id="open"
        title={t.open.title(name)}
        rail={
          <>
            <p>{t.open.finding}</p>
            <p class="muted">{t.open.caveat}</p>
            <p>
              <a href={v.to('/registry/playbook')}>{t.open.all}</a>
            </p>
          </>
        }
      >
        <OpenTable v={v} name={name} rows={first} />
        {rest.length > 0 && (
          <details class="more-rows">
            <summary>{t.open.rest(rest.length)}</summary>
            <OpenTable v={v} name={name} rows={rest} />
          </details>
        )}
      </Section>
    </>
  )
}

const InForceHere: FC<{ v: View; row: TypeRow }> = ({ v, row }) => {
  const [shown] = row.here
  const count = row.here.filter(isInForce).length
  return shown === undefined ? (
    <></>
  ) : (
    <>
      <RecordLink v={v} rec={shown} />
      {count > 1 && <span class="muted"> {v.t.record.andMore(count - 1)}</span>}
      {shown.status !== 'in-effect' && (
        <div>
          <Status v={v} rec={shown} />
        </div>
      )}
      {row.isLocalOnly && <span class="note-line">{v.t.state.types.local}</span>}
    </>
  )
}

const OpenTable: FC<{ v: View; name: string; rows: readonly TypeRow[] }> = ({ v, name, rows }) => {
  const t = v.t.state
  return (
    <DataTable
      lang={v.lang}
      caption={t.open.caption(name)}
      phone="compact"
      rows={rows}
      columns={[
        {
          key: 'type',
          head: t.types.type,
          rowHead: true,
          cell: (row) => <RecordLink v={v} rec={row.type} />,
        },
        {
          key: 'tier',
          head: t.types.tier,
          cell: (row) => <TierChip lang={v.lang} tier={row.type.legal_tier} />,
        },
        { key: 'here', head: t.open.here, cell: (row) => <Here v={v} recs={row.here} /> },
        {
          key: 'elsewhere',
          head: t.open.elsewhere,
          cell: (row) => (
            <>
              {t.open.inForce(row.elsewhere.length)}
              {row.peers.length > 0 && <span class="note-line">{t.open.ofPeers(codes(row.peers))}</span>}
            </>
          ),
        },
        {
          key: 'prerequisite',
          head: t.open.prerequisite,
          cell: (row) => <span lang={inEnglish(v.lang)}>{row.type.prerequisites[0] ?? ''}</span>,
        },
      ]}
    />
  )
}

const Here: FC<{ v: View; recs: readonly Rec[] }> = ({ v, recs }) => {
  const [shown] = recs
  return shown === undefined ? (
    <span class="muted">{v.t.state.open.notHere}</span>
  ) : (
    <a
      class="chip-link"
      href={v.to(`/records/${shown.id}`)}
      aria-label={`${shown.title}: ${v.t.list.status}`}
    >
      <StatusChip lang={v.lang} kind={shown.kind} status={shown.status} />
    </a>
  )
}
