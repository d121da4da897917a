import type { FC } from 'hono/jsx'
import { formatDate, StatTile, StatTiles } from '../../ui/index.ts'
import type { Drawn } from './state-parts.ts'

/** Counts of records, until a floor above can say what the state gives and gets. */
export const Tiles: FC<Drawn> = ({ v, facts, state }) => {
  const t = v.t.state.tiles
  const areas = new Set(facts.inForce.map((rec) => rec.policy_area)).size
  const active = facts.alliances.filter(({ alliance }) => alliance.status === 'active').length
  const open = (kind: string) => (
    <a class="tile-link" href={v.to(`/registry/${kind}`, { state: state.usps })}>
      {t.open}
    </a>
  )
  const since = facts.actionsSince === undefined ? '' : formatDate(facts.actionsSince, v.lang)
  return (
    <StatTiles>
      <StatTile
        lang={v.lang}
        name={v.t.states.actions}
        figure={String(facts.actions.length)}
        basis={t.actionsBasis(since)}
        why={t.actionsWhy(facts.blocked, facts.nationalActions)}
        source={open('federal-actions')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.measures}
        figure={String(facts.inForce.length)}
        basis={t.measuresBasis(facts.measures.length)}
        why={t.measuresWhy(areas)}
        source={open('measures')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.suits}
        figure={String(facts.suits.length)}
        basis={t.suitsBasis(facts.asPlaintiff, facts.asDefendant)}
        why={t.suitsWhy(facts.byUnitedStates)}
        source={open('lawsuits')}
      />
      <StatTile
        lang={v.lang}
        name={v.t.states.alliances}
        figure={String(active)}
        basis={t.alliancesBasis(facts.alliances.length)}
        why={t.alliancesWhy}
        source={open('alliances')}
      />
    </StatTiles>
  )
}
