import type { Context } from 'hono'
import { Failure, href, type PageEnv, Refusal } from '../../ui/index.ts'
import { type Asked, PlanPage } from './parts.tsx'

type C = Context<PageEnv>

/** Answers that there is no such thing, and leads to all plans. */
export const missing = (c: C, a: Asked, words: string) =>
  c.html(
    <PlanPage a={a} title={words} path="/plans" noindex>
      <Failure lang={a.lang} title={words}>
        <p>
          <a href={href(a.lang, '/plans')}>{a.t.plan.all}</a>
        </p>
      </Failure>
    </PlanPage>,
    404,
  )

/** Answers why a plan that was found cannot be shown or run; the reasons are in English. */
export const refused = (
  c: C,
  a: Asked,
  { id, title }: { readonly id: string; readonly title: string },
  reasons: readonly string[],
) =>
  c.html(
    <PlanPage a={a} title={title} path={`/plans/${id}`} noindex>
      <h1 lang={a.lang === 'en' ? undefined : 'en'}>{title}</h1>
      <Refusal title={a.t.plan.notTaken}>
        <ul lang="en">
          {reasons.map((reason) => (
            <li>{reason}</li>
          ))}
        </ul>
      </Refusal>
    </PlanPage>,
    409,
  )
