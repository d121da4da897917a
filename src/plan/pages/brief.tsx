import type { FC } from 'hono/jsx'
import type { RunOptions } from '../../scenario/index.ts'
import { asset, Button, Buttons, formatCount, href, Refusal } from '../../ui/index.ts'
import type { Brief } from '../brief/brief.ts'
import { pagesOf } from '../brief/layout.ts'
import { type BriefWords, briefWords } from '../brief/words.ts'
import { Sheets } from './brief-sheets.tsx'
import { type Asked, PlanPage } from './parts.tsx'

/** The brief as a page: what stands on paper, with the files of it above. */
export const BriefPage: FC<{ a: Asked; brief: Brief }> = ({ a, brief }) => {
  const w = briefWords(a.lang)
  const { plan, stamp } = brief
  const path = `/plans/${plan.id}/brief`
  const to = (ending: string, query = '') => href(a.lang, `${path}${ending}?run=${stamp.run}${query}`)
  return (
    <PlanPage
      a={a}
      title={`${w.name}: ${plan.title}`}
      path={`${path}?run=${stamp.run}`}
      description={plan.question}
      simulation={brief.authorities.some(({ tier }) => tier === 'likely-preempted')}
      crumbs={[
        { label: a.t.plan.crumb, path: '/plans' },
        { label: plan.id, path: `/plans/${plan.id}` },
        { label: w.name },
      ]}
    >
      <link rel="stylesheet" href={asset('brief.css')} />
      <div class="brief-screen no-print">
        <p>{w.at.lede}</p>
        <nav aria-label={w.at.files}>
          <ul class="brief-downloads">
            <li>
              <a href={to('.pdf', '&paper=letter')}>{w.at.letter}</a>
            </li>
            <li>
              <a href={to('.pdf', '&paper=a4')}>{w.at.a4}</a>
            </li>
            <li>
              <a href={to('.xlsx')}>{w.at.table}</a>
            </li>
            <li>
              <a href={to('.html')}>{w.at.html}</a>
            </li>
            <li>
              <a href={href(a.lang, `/plans/${plan.id}/results?run=${stamp.run}`)}>{w.at.results}</a>
            </li>
          </ul>
        </nav>
      </div>
      <Sheets brief={brief} pages={pagesOf(brief, a.lang, w)} lang={a.lang} w={w} />
    </PlanPage>
  )
}

/** Which run is missing, and who may make it. */
export const NoRunPage: FC<{
  a: Asked
  plan: { readonly id: string; readonly title: string }
  version: number | undefined
  options: RunOptions
}> = ({ a, plan, version, options }) => {
  const w = briefWords(a.lang)
  const { draws, seed } = options
  const query = `draws=${draws}&seed=${seed}${version === undefined ? '' : `&v=${version}`}`
  return (
    <PlanPage a={a} title={`${w.name}: ${plan.title}`} path={`/plans/${plan.id}/brief`} noindex>
      <h1>
        {w.name}: <span lang="en">{plan.title}</span>
      </h1>
      <Refusal title={w.at.noRun}>
        <p>{w.at.noRunWhy(formatCount(draws), seed)}</p>
        <Buttons>
          <Button href={href(a.lang, `/plans/${plan.id}/run?${query}`)}>{w.at.runIt}</Button>
        </Buttons>
        <p>
          {w.at.command}{' '}
          <code>
            tenth plan brief {plan.id} --draws {draws} --seed {seed}
          </code>
        </p>
      </Refusal>
    </PlanPage>
  )
}

export const BadBriefPage: FC<{ a: Asked; id: string }> = ({ a, id }) => {
  const w = briefWords(a.lang)
  return (
    <PlanPage a={a} title={w.at.badTitle} path={`/plans/${id}/brief`} noindex>
      <h1>{w.at.badTitle}</h1>
      <Refusal title={w.at.badTitle}>
        <p>{w.at.bad}</p>
        <Buttons>
          <Button href={href(a.lang, `/plans/${id}/brief`)}>{w.name}</Button>
        </Buttons>
      </Refusal>
    </PlanPage>
  )
}

/** Why no PDF came. */
export const NoPdfPage: FC<{ a: Asked; brief: Brief; title: string; why: string }> = ({
  a,
  brief,
  title,
  why,
}) => {
  const w: BriefWords = briefWords(a.lang)
  const path = `/plans/${brief.plan.id}/brief`
  return (
    <PlanPage a={a} title={title} path={path} noindex>
      <h1>{title}</h1>
      <Refusal title={title}>
        <p>{why}</p>
        <Buttons>
          <Button href={href(a.lang, `${path}?run=${brief.stamp.run}`)}>{w.name}</Button>
          <Button kind="outline" href={href(a.lang, `${path}.html?run=${brief.stamp.run}`)}>
            {w.at.html}
          </Button>
        </Buttons>
      </Refusal>
    </PlanPage>
  )
}
