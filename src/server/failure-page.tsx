import type { FC } from 'hono/jsx'
import type { Problem } from '../base/index.ts'
import { href, type Lang, Page, SEARCH_PATH } from '../ui/index.ts'
import type { Near } from './failures.tsx'
import { WORDS } from './words.ts'

interface FailurePageProps {
  readonly refusal: Problem
  readonly lang: Lang
  readonly path: string
  readonly near: readonly Near[]
}

/** What happened, in words of the reader's language, and the ways on. */
export const FailurePage: FC<FailurePageProps> = ({ refusal, lang, path, near }) => {
  const w = WORDS[lang]
  const title = w.titles[refusal.status] ?? w.other
  return (
    <Page lang={lang} title={title} path={path.replace(/^\/es(?=\/|$)/, '') || '/'} noindex>
      <h1>{title}</h1>
      <p>{w.explanations[refusal.status] ?? refusal.detail}</p>
      {near.length > 0 && (
        <section aria-labelledby="near">
          <h2 id="near">{w.near}</h2>
          <ul>
            {near.map((match) => (
              <li>
                <a href={href(lang, match.path)} lang="en">
                  {match.title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={href(lang, '/')}>{w.home}</a> · <a href={href(lang, SEARCH_PATH)}>{w.search}</a>
      </p>
      <p class="muted">
        {w.code}: <code>{refusal.code}</code>
      </p>
    </Page>
  )
}
