import type { FC } from 'hono/jsx'
import { href, InPageNav, type Lang, Page, Section } from '../ui/index.ts'
import { API_WORDS } from './api-words.ts'
import type { OpenApi, Operation, Parameter } from './openapi.ts'
import type { ProblemKind } from './problems.ts'

interface Entry {
  readonly method: string
  readonly path: string
  readonly operation: Operation
}

/** The API for people. What each operation says of itself stays in English: it is part of the API's description. */
export const ApiPage: FC<{ document: OpenApi; lang: Lang }> = ({ document, lang }) => {
  const w = API_WORDS[lang]
  const groups = groupByTag(document)
  return (
    <Page lang={lang} title={w.title} path="/api" crumbs={[{ label: w.title }]} description={w.lead}>
      <h1>{w.title}</h1>
      <p>{w.lead}</p>
      <ul>
        <li>
          <a href="/api/openapi.json">{w.description}</a>
        </li>
        <li>
          <a href={href(lang, '/api/problems')}>{w.problems}</a>
        </li>
      </ul>
      <InPageNav lang={lang} links={groups.map(({ tag }) => ({ label: tag, href: `#${idOf(tag)}` }))} />
      {groups.map(({ tag, entries }) => (
        <Section id={idOf(tag)} title={<span lang="en">{tag}</span>}>
          {entries.map((entry) => (
            <Endpoint entry={entry} lang={lang} />
          ))}
        </Section>
      ))}
    </Page>
  )
}

const Endpoint: FC<{ entry: Entry; lang: Lang }> = ({ entry: { method, path, operation }, lang }) => {
  const w = API_WORDS[lang]
  const id = idOf(`${method} ${path}`)
  return (
    <article aria-labelledby={id}>
      <h3 id={id}>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h3>
      <div lang="en">
        {operation.summary && <p>{operation.summary}</p>}
        {operation.description && <p>{operation.description}</p>}
      </div>
      {operation.parameters && operation.parameters.length > 0 && (
        <dl class="key-value">
          {operation.parameters.map((parameter) => (
            <div>
              <dt>
                <code>{parameter.name}</code>
              </dt>
              <dd>
                {w.places[parameter.in] ?? parameter.in}
                {parameter.required ? `, ${w.required}` : ''}
                <span lang="en">{describeParameter(parameter)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="muted">
        {w.answers}: <span lang="en">{describeAnswers(operation)}</span>
      </p>
    </article>
  )
}

function describeParameter({ description, schema }: Parameter): string {
  const said = description ?? schema?.description
  const kind = schema?.enum ? schema.enum.map(String).join(' | ') : [schema?.type ?? ''].flat().join(' | ')
  const usual = schema?.default === undefined ? '' : ` (default ${String(schema.default)})`
  return [said && `. ${said}`, kind && `. ${kind}${usual}`].filter(Boolean).join('')
}

const describeAnswers = ({ responses }: Operation): string =>
  Object.entries(responses ?? {})
    .map(([status, { description, content }]) =>
      [status, description, content && `(${Object.keys(content).join(', ')})`].filter(Boolean).join(' '),
    )
    .join('; ')

function groupByTag(
  document: OpenApi,
): readonly { readonly tag: string; readonly entries: readonly Entry[] }[] {
  const groups = new Map<string, Entry[]>()
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? path.split('/')[3] ?? 'api'
      groups.set(tag, [...(groups.get(tag) ?? []), { method, path, operation }])
    }
  return [...groups].map(([tag, entries]) => ({ tag, entries }))
}

const idOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** Every code that a program may meet. */
export const ProblemsPage: FC<{ problems: readonly ProblemKind[]; lang: Lang }> = ({ problems, lang }) => {
  const w = API_WORDS[lang]
  return (
    <Page
      lang={lang}
      title={w.problemsTitle}
      path="/api/problems"
      crumbs={[{ label: w.title, path: '/api' }, { label: w.problemsTitle }]}
    >
      <h1>{w.problemsTitle}</h1>
      <p>{w.problemsLead}</p>
      <dl class="key-value" lang="en">
        {problems.map((kind) => (
          <div id={kind.code}>
            <dt>
              <code>{kind.code}</code>
            </dt>
            <dd>
              {kind.status} {kind.title}. {kind.advice}
            </dd>
          </div>
        ))}
      </dl>
    </Page>
  )
}
