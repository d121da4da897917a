import type { FC } from 'hono/jsx'
import { Button, Buttons, Failure, formatCount, href, Island, PageHead } from '../../ui/index.ts'
import type { RunStage } from '../runs/store.ts'
import type { RunWords } from '../runs/words.ts'
import type { RunStatus } from '../runs/workers.ts'
import { type Asked, English, Link, PlanPage } from './parts.tsx'

export interface RunView {
  readonly plan: string
  readonly title: string
  readonly key: string
  readonly draws: number
  readonly seed: number
  /** Nothing where the server does not know the run. */
  readonly status: RunStatus | undefined
  readonly ahead: number
  /** Whether the figures of the first stage are kept. */
  readonly hasFigures: boolean
}

const SECONDS = 2

/** A run on its way. Without script the page renews itself; with it, an island moves the bar. */
export const RunPage: FC<{ a: Asked; t: RunWords; view: RunView }> = ({ a, t, view }) => {
  const w = t.progress
  const { status } = view
  const isOpen = status?.state === 'waiting' || status?.state === 'running'
  return (
    <PlanPage
      a={a}
      title={`${w.crumb}: ${view.title}`}
      path={pathOf(view)}
      noindex
      {...(isOpen && { renewSeconds: SECONDS })}
      crumbs={[
        { label: a.t.plan.crumb, path: '/plans' },
        { label: view.plan, path: `/plans/${view.plan}` },
        { label: w.crumb },
      ]}
    >
      {isOpen ? <OnItsWay a={a} t={t} view={view} status={status} /> : <Ended a={a} t={t} view={view} />}
    </PlanPage>
  )
}

export const pathOf = ({
  plan,
  key,
  draws,
  seed,
}: Omit<RunView, 'status' | 'title' | 'ahead' | 'hasFigures'>) =>
  `/plans/${plan}/run/${key}?draws=${draws}&seed=${seed}`

/** The first stage takes about this part of the time. */
const FIRST_STAGE = 0.6

const OnItsWay: FC<{ a: Asked; t: RunWords; view: RunView; status: RunStatus }> = (props) => {
  const { a, t, view, status } = props
  const w = t.progress
  const progress = status.state === 'running' ? status.progress : undefined
  return (
    <>
      <PageHead
        title={w.title}
        lede={<English a={a}>{view.title}</English>}
        meta={w.of(formatCount(view.draws), view.seed)}
      />
      <div
        class="run-progress"
        data-status={href(a.lang, `/plans/${view.plan}/run/${view.key}/status`)}
        data-results={href(a.lang, resultsPath(view))}
      >
        <progress max="1000" value={Math.round(1000 * partDone(progress))} aria-label={w.bar} />
        <p class="run-stage" role="status">
          {stageText(t, status, view.ahead)}
        </p>
      </div>
      <noscript>
        <p class="muted">{w.refresh}</p>
      </noscript>
      <form
        method="post"
        action={href(
          a.lang,
          `/plans/${view.plan}/run/${view.key}/cancel?draws=${view.draws}&seed=${view.seed}`,
        )}
      >
        <Button kind="outline">{w.cancel}</Button>
      </form>
      <Island room="plan" name="run" />
    </>
  )
}

export const resultsPath = ({ plan, key, draws, seed }: Pick<RunView, 'plan' | 'key' | 'draws' | 'seed'>) =>
  `/plans/${plan}/results?draws=${draws}&seed=${seed}&run=${key}`

/** From 0 to 1 over both stages. */
export const partDone = (progress: RunStage | undefined): number => {
  if (!progress) return 0
  const part = progress.of > 0 ? progress.done / progress.of : 0
  return progress.stage === 'futures' ? FIRST_STAGE * part : FIRST_STAGE + (1 - FIRST_STAGE) * part
}

/** How far a run is, in words. */
export function stageText(t: RunWords, status: RunStatus, ahead: number): string {
  const w = t.progress
  if (status.state === 'done') return w.done
  if (status.state === 'waiting') return ahead === 0 ? w.begins : w.waiting(ahead)
  if (status.state !== 'running' || !status.progress) return w.begins
  const { stage, done, of } = status.progress
  return stage === 'futures' ? w.futures(done, of) : w.sensitivity(done, of)
}

const Ended: FC<{ a: Asked; t: RunWords; view: RunView }> = ({ a, t, view }) => {
  const w = t.progress
  const { plan, draws, seed, status, hasFigures } = view
  const [title, note] =
    status?.state === 'cancelled'
      ? [w.cancelled, w.cancelledNote]
      : status?.state === 'failed'
        ? [w.failed, w.failedNote]
        : [w.gone, w.goneNote]
  return (
    <Failure lang={a.lang} title={title}>
      <p>
        <English a={a}>{view.title}</English>: {w.of(formatCount(draws), seed)}.
      </p>
      <p>{note}</p>
      {hasFigures && (
        <p>
          {w.stageKept}{' '}
          <Link a={a} to={resultsPath(view)}>
            {w.results}
          </Link>
        </p>
      )}
      <form method="post" action={href(a.lang, `/plans/${plan}/run`)}>
        <input type="hidden" name="draws" value={String(draws)} />
        <input type="hidden" name="seed" value={String(seed)} />
        <Buttons>
          <Button>{w.again}</Button>
          <Button kind="outline" href={href(a.lang, `/plans/${plan}`)}>
            {t.refused.back}
          </Button>
        </Buttons>
      </form>
    </Failure>
  )
}
