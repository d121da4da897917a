import type { FC } from 'hono/jsx'
import type { StateRow } from '../../base/index.ts'
import { DataTable, FilterText, label, Section, stateName } from '../../ui/index.ts'
import { measuresByArea } from '../views/state.ts'
import { type Drawn, IN_FORCE } from './state-parts.ts'
import type { View } from './view.ts'

export const Measures: FC<Drawn> = ({ v, facts, name, state, peers, code }) => {
  const t = v.t.state.measures
  const rows = measuresByArea(v.book, state, peers.peers)
  const measures = (area: string, usps: string) =>
    v.to('/registry/measures', { area, state: usps, status: IN_FORCE })
  const title =
    peers.peers.length === 0 ? t.titleAlone(name) : peers.chosen ? t.titlePeers(name) : t.title(name)
  return (
    <Section
      id="measures"
      title={title}
      rail={
        <>
          <p>{peers.chosen ? t.findingPeers : t.finding(peers.peers.length)}</p>
          <p>{t.caveat}</p>
          <form class="inline-form" method="get" action={v.plain(`/states/${code}#measures`)}>
            {v.asOf !== undefined && <input type="hidden" name="as-of" value={v.asOf} />}
            <FilterText
              name="peers"
              label={t.choose}
              value={peers.chosen ? peers.peers.map((peer) => peer.usps).join(' ') : ''}
            />
            <p class="hint">{t.chooseHint}</p>
            <button type="submit" class="button outline">
              {t.apply}
            </button>
          </form>
          {peers.chosen && (
            <p>
              <a href={`${v.here({ peers: undefined })}#measures`}>{t.back}</a>
            </p>
          )}
          <p>
            <a href={v.to('/registry/measures', { state: state.usps })}>{t.all(facts.measures.length)}</a>
          </p>
        </>
      }
    >
      {rows.length === 0 ? (
        <p class="muted">{t.none}</p>
      ) : (
        <>
          <div class="desk-only">
            <DataTable
              lang={v.lang}
              caption={t.caption(name)}
              phone="scroll"
              rows={rows}
              columns={[
                { key: 'area', head: t.area, rowHead: true, cell: (row) => label(v.lang, 'area', row.area) },
                {
                  key: 'own',
                  head: name,
                  nowrap: true,
                  cell: (row) =>
                    row.own === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, state.usps)}>
                        <Squares count={row.own} /> <b>{row.own}</b>
                      </a>
                    ),
                },
                ...peers.peers.map((peer) => ({
                  key: peer.usps,
                  head: <PeerHead v={v} peer={peer} count={peers.peers.length} />,
                  label: stateName(peer.usps, v.lang),
                  align: 'right' as const,
                  cell: (row: (typeof rows)[number]) => {
                    const count = row.peers.find(({ state: other }) => other.usps === peer.usps)?.count ?? 0
                    return count === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, peer.usps)}>
                        {count}
                      </a>
                    )
                  },
                })),
              ]}
            />
          </div>
          <div class="phone-only">
            <DataTable
              lang={v.lang}
              caption={t.caption(name)}
              phone="scroll"
              rows={rows}
              columns={[
                { key: 'area', head: t.area, rowHead: true, cell: (row) => label(v.lang, 'area', row.area) },
                {
                  key: 'own',
                  head: name,
                  cell: (row) =>
                    row.own === 0 ? (
                      <span class="muted">0</span>
                    ) : (
                      <a class="count-link" href={measures(row.area, state.usps)}>
                        <Squares count={row.own} /> <b>{row.own}</b>
                      </a>
                    ),
                },
                {
                  key: 'most',
                  head: t.most,
                  cell: (row) =>
                    row.most.count === 0
                      ? '0'
                      : `${row.most.count} (${row.most.states.map((other) => other.usps).join(', ')})`,
                },
              ]}
            />
          </div>
        </>
      )}
    </Section>
  )
}

/** The name where it fits; else the postal code, which is all that paper has room for. */
const PeerHead: FC<{ v: View; peer: StateRow; count: number }> = ({ v, peer, count }) => {
  const name = stateName(peer.usps, v.lang)
  const short = <abbr title={name}>{peer.usps}</abbr>
  if (count > 7) return short
  return (
    <>
      <span class={count > 3 ? 'on-screen' : undefined}>{name}</span>
      {count > 3 && <span class="on-paper">{short}</span>}
    </>
  )
}

/** One small square a record, up to five: the count is beside it. */
const Squares: FC<{ count: number }> = ({ count }) => {
  const shown = Math.min(count, 5)
  return (
    <svg class="squares" width={shown * 11} height="9" aria-hidden="true">
      {Array.from({ length: shown }, (_, i) => (
        <path d={`M${i * 11} 0h9v9h-9z`} fill="currentColor" />
      ))}
    </svg>
  )
}
