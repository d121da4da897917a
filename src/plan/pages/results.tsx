import type { FC } from 'hono/jsx'
import {
  Button,
  formatCount,
  formatDate,
  href,
  InPageNav,
  Note,
  PageHead,
  Section,
  Squares,
} from '../../ui/index.ts'
import { futuresOf, horizonOfGroup } from '../brief/gains.ts'
import { type Change, changesAnything } from '../results/results.ts'
import { English, Link, PlanPage } from './parts.tsx'
import { BudgetSection, HeldSection } from './results-budget.tsx'
import { DecidesSection } from './results-decides.tsx'
import { GainsSection, MembersSection } from './results-gains.tsx'
import { GroundSection, JudgementSections, RunSection } from './results-ground.tsx'
import { MonthFan } from './results-months.tsx'
import { type Shown, whoText } from './results-parts.tsx'

/** A run with fewer draws shows the page how it will look; nobody should quote it. */
const FEW_DRAWS = 1000

/** What a run says: the outcome in words and squares, then people, others, the budget, what decides, and both cases. */
export const ResultsPage: FC<{
  shown: Shown
  path: string
  changes: readonly Change[]
  /** Whether its plan can still be run again as it is. */
  isThere: boolean
}> = ({ shown, path, changes, isThere }) => {
  const { a, w, run } = shown
  const { plan, tiers } = run.ground
  return (
    <PlanPage
      a={a}
      title={w.title(plan.title)}
      path={path}
      description={plan.question}
      simulation={tiers.includes('likely-preempted')}
      hashes
      crumbs={[
        { label: a.t.plan.crumb, path: '/plans' },
        { label: plan.id, path: `/plans/${plan.id}` },
        { label: w.crumb },
      ]}
    >
      <Head shown={shown} />
      <Notices shown={shown} changes={changes} isThere={isThere} />
      <InPageNav
        lang={a.lang}
        links={[
          { label: w.gains.title, href: '#gains' },
          { label: w.months.title, href: '#months' },
          { label: w.others.title, href: '#others' },
          { label: w.reserve.title, href: '#budget' },
          { label: w.held.title, href: '#held' },
          { label: w.decides.title, href: '#decides' },
          { label: w.cases.title, href: '#cases' },
          { label: w.ground.title, href: '#ground' },
        ]}
      />
      <GainsSection shown={shown} />
      <MonthsSection shown={shown} />
      <OthersSection shown={shown} />
      <MembersSection shown={shown} />
      <BudgetSection shown={shown} />
      <HeldSection shown={shown} />
      <DecidesSection shown={shown} />
      <JudgementSections shown={shown} />
      <GroundSection shown={shown} />
      <RunSection shown={shown} />
    </PlanPage>
  )
}

const Head: FC<{ shown: Shown }> = ({ shown }) => {
  const { a, w, run } = shown
  const { results, ground } = run
  const t = w.outcome
  const futures = futuresOf(results)
  const squares = t.squares
  const counts = countTexts(shown)
  const groups = [
    { sign: 'minus' as const, count: futures.worse, text: `${counts.worse} ${squares.worse}` },
    { sign: 'blank' as const, count: futures.same, text: `${counts.same} ${squares.same}` },
    { sign: 'plus' as const, count: futures.better, text: `${counts.better} ${squares.better}` },
  ]
  const links = [
    [w.act.document, `/plans/${ground.plan.id}`],
    [w.act.again, `/plans/${ground.plan.id}/run?draws=${results.draws}&seed=${results.seed}`],
    [w.act.compare, `/plans/compare?a=${ground.plan.id}&draws=${results.draws}&seed=${results.seed}`],
    [w.act.brief, `/plans/${ground.plan.id}/brief?run=${run.key}`],
  ] as const
  return (
    <>
      <PageHead
        title={<English a={a}>{ground.plan.title}</English>}
        lede={<Sentence shown={shown} />}
        aside={<Squares name={groups.map(({ text }) => text).join(', ')} groups={groups} />}
      />
      <p class="meta">
        {t.meaning}{' '}
        {t.facts(
          formatCount(results.draws),
          results.months,
          formatDate(results.firstMonth, a.lang),
          results.seed,
        )}{' '}
        {Number.isFinite(futures.error) && results.draws > 1 && t.chance(errorText(futures.error))}
      </p>
      <p class="meta no-print">
        {links.map(([label, to], i) => (
          <>
            {i > 0 && ' · '}
            <Link a={a} to={to}>
              {label}
            </Link>
          </>
        ))}
      </p>
    </>
  )
}

const errorText = (error: number): string => (error < 0.05 ? '0.1' : error.toFixed(1))

/** Counts of 100 as they are printed: what happens in some future is never "0". */
function countTexts({ w, run }: Shown) {
  const { worse, same, better } = futuresOf(run.results)
  const horizon = horizonOfGroup(run.results, 'members')
  const [up, down] = [horizon.netFiscalAboveZero.probability, horizon.netFiscalBelowZero.probability]
  const text = (count: number, share: number) => (count === 0 && share > 0 ? w.outcome.under : String(count))
  return { worse: text(worse, down), same: text(same, 1 - up - down), better: text(better, up) }
}

const Sentence: FC<{ shown: Shown }> = ({ shown }) => {
  const t = shown.w.outcome
  const { worse, same, better } = countTexts(shown)
  return (
    <>
      {t.in}
      <b>{t.of100(worse)}</b>
      {t.worse(shown.who)}
      <b>{better}</b>
      {t.better}
      <b>{same}</b>
      {t.same}
    </>
  )
}

const Notices: FC<{ shown: Shown; changes: readonly Change[]; isThere: boolean }> = (props) => {
  const { shown, changes, isThere } = props
  const { a, w, run } = shown
  const { draws, seed } = run.results
  return (
    <>
      {changes.length > 0 && (
        <Note title={w.changed.title}>
          {changes.map((change) => w.changed.what[change]).join(' ')} {w.changed.kept}
          {isThere && (
            <form method="post" action={href(a.lang, `/plans/${run.ground.plan.id}/run`)} class="no-print">
              <input type="hidden" name="draws" value={String(draws)} />
              <input type="hidden" name="seed" value={String(seed)} />
              <Button kind="outline">{w.changed.newest}</Button>
            </form>
          )}
        </Note>
      )}
      {draws === 1 ? <Note>{w.only}</Note> : draws < FEW_DRAWS && <Note>{w.few(formatCount(draws))}</Note>}
    </>
  )
}

const MonthsSection: FC<{ shown: Shown }> = ({ shown }) => {
  const t = shown.w.months
  const who = whoText(shown)
  return (
    <Section id="months" title={t.title} rail={<p>{t.rail}</p>}>
      <MonthFan shown={shown} place="members" metric="cuts" title={t.cuts(who)} note={t.cutsSub} />
      <MonthFan shown={shown} place="members" metric="gdp" title={t.gdp(who)} note={t.gdpSub} />
      <MonthFan shown={shown} place="members" metric="jobs" title={t.work(who)} note={t.gdpSub} />
    </Section>
  )
}

const OthersSection: FC<{ shown: Shown }> = ({ shown }) => {
  const { w, run } = shown
  return (
    <Section id="others" title={w.others.title} rail={<p>{w.others.rail}</p>}>
      {changesAnything(run.results) ? (
        <MonthFan
          shown={shown}
          place="non-members"
          metric="gdp"
          title={w.months.elsewhere}
          note=""
          difference
        />
      ) : (
        <p>{w.months.zero}</p>
      )}
    </Section>
  )
}
