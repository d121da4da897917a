import type { Context } from 'hono'
import type { Leave } from '../../access/index.ts'
import { Button, Buttons, href, type PageEnv, Refusal } from '../../ui/index.ts'
import type { HeldPlan } from '../runs/runs.ts'
import { runWords } from '../runs/words.ts'
import { askedIn, PlanPage } from './parts.tsx'

/** Answers why a run was not started; nothing was. */
export function notStarted(c: Context<PageEnv>, { plan }: HeldPlan, why: Exclude<Leave, 'yes'> | 'full') {
  c.header('cache-control', 'private, no-store')
  const a = askedIn(c.var.lang ?? 'en')
  const t = runWords(a.lang).refused
  const words = { 'sign-in': t.signIn, 'not-yours': t.notYours, 'cross-site': t.crossSite, full: t.full }[why]
  return c.html(
    <PlanPage a={a} title={t.title} path={`/plans/${plan.id}/run`} noindex>
      <h1>{t.title}</h1>
      <Refusal title={t.title}>
        <p>{words}</p>
        <Buttons>
          <Button kind="outline" href={href(a.lang, `/plans/${plan.id}`)}>
            {t.back}
          </Button>
        </Buttons>
      </Refusal>
    </PlanPage>,
    why === 'full' ? 503 : 403,
  )
}
