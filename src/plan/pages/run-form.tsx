import type { FC } from 'hono/jsx'
import {
  Button,
  DataTable,
  ErrorSummary,
  Field,
  formatCount,
  formatDate,
  href,
  PageHead,
  Section,
} from '../../ui/index.ts'
import type { RunField, RunForm } from '../runs/form.ts'
import { DEFAULT_RUN } from '../runs/runs.ts'
import type { RunEntry } from '../runs/store.ts'
import type { RunWords } from '../runs/words.ts'
import type { Plan } from '../schema.ts'
import { type Asked, English, Link, PlanPage } from './parts.tsx'

export interface RunFormView {
  readonly plan: Plan
  readonly version: number | undefined
  readonly form: RunForm
  readonly wrong: readonly RunField[]
  readonly kept: readonly RunEntry[]
  /** Whether somebody looked for results that are not there. */
  readonly sought: boolean
}

/** How many futures, and by which seed; and the runs that are kept. */
export const RunFormPage: FC<{ a: Asked; t: RunWords; view: RunFormView }> = ({ a, t, view }) => {
  const { plan, form, wrong, kept, sought, version } = view
  const w = t.run
  const shown = (text: string | undefined) => (text?.trim() ? `“${text.slice(0, 40)}”` : w.nothing)
  const errors = {
    draws: wrong.includes('draws') ? w.drawsWrong(shown(form.draws)) : undefined,
    seed: wrong.includes('seed') ? w.seedWrong(shown(form.seed)) : undefined,
  }
  return (
    <PlanPage
      a={a}
      title={`${w.title}: ${plan.title}`}
      path={`/plans/${plan.id}/run`}
      noindex
      crumbs={[
        { label: a.t.plan.crumb, path: '/plans' },
        { label: plan.id, path: `/plans/${plan.id}` },
        { label: t.progress.crumb },
      ]}
    >
      {wrong.length > 0 && (
        <ErrorSummary
          lang={a.lang}
          errors={wrong.map((field) => ({ field, message: errors[field] ?? '' }))}
        />
      )}
      <PageHead title={w.title} lede={<English a={a}>{plan.title}</English>} meta={w.lede} />
      {sought && (
        <div class="notice">
          <p>{kept.length > 0 ? w.noneForFacts : w.none}</p>
        </div>
      )}
      <form method="post" action={href(a.lang, `/plans/${plan.id}/run`)} class="run-form">
        {version !== undefined && <input type="hidden" name="v" value={String(version)} />}
        <Field
          id="draws"
          label={w.draws}
          hint={w.drawsHint}
          value={form.draws ?? formatCount(DEFAULT_RUN.draws)}
          inputmode="numeric"
          required
          {...(errors.draws !== undefined && { error: errors.draws })}
        />
        <Field
          id="seed"
          label={w.seed}
          hint={w.seedHint}
          value={form.seed ?? String(DEFAULT_RUN.seed)}
          inputmode="numeric"
          required
          {...(errors.seed !== undefined && { error: errors.seed })}
        />
        <Button>{w.start}</Button>
      </form>
      {kept.length > 0 && <Kept a={a} t={t} kept={kept} />}
    </PlanPage>
  )
}

const Kept: FC<{ a: Asked; t: RunWords; kept: readonly RunEntry[] }> = ({ a, t, kept }) => (
  <Section id="kept" title={t.run.kept} rail={<p>{t.run.keptNote}</p>}>
    <DataTable
      lang={a.lang}
      caption={t.run.kept}
      rows={kept}
      columns={[
        {
          key: 'run',
          head: t.progress.crumb,
          rowHead: true,
          cell: ({ plan, key, draws, seed }) => (
            <Link a={a} to={`/plans/${plan}/results?draws=${draws}&seed=${seed}&run=${key}`}>
              {t.progress.of(formatCount(draws), seed)}
            </Link>
          ),
        },
        { key: 'made', head: t.run.made, cell: ({ made_at }) => formatDate(made_at, a.lang) },
        { key: 'facts', head: t.run.facts, cell: ({ facts }) => <English a={a}>{facts}</English> },
      ]}
    />
  </Section>
)
