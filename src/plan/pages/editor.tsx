import type { Child, FC } from 'hono/jsx'
import { Button, Buttons, Field, href, InPageNav, Island, PageHead } from '../../ui/index.ts'
import { fieldId } from '../editor/faults.ts'
import { textIn } from '../editor/typed.ts'
import { Assumptions } from './editor-assumptions.tsx'
import type { EditorView } from './editor-fields.tsx'
import { Panel } from './editor-fields.tsx'
import { Measures } from './editor-measures.tsx'
import { type EditorState, Messages } from './editor-messages.tsx'
import { Cases, Money, Sources, WhoAndWhen } from './editor-parts.tsx'
import { EditorRail } from './editor-rail.tsx'
import { English, Link, PlanPage } from './parts.tsx'

interface Props {
  readonly v: EditorView
  readonly s: EditorState
}

export const EditorPage: FC<Props> = ({ v, s }) => {
  const { a, w, base } = v
  const isNew = v.path === '/plans/new'
  const title = textIn(v.typed.fields, 'title') || (isNew ? w.titleNew : w.titleUnnamed)
  const action = href(a.lang, v.path)
  return (
    <PlanPage
      a={a}
      title={isNew ? w.titleNew : `${w.crumbEdit}: ${title}`}
      path={v.path}
      noindex
      simulation={v.rail.measures.some(({ type }) => type.legal_tier === 'likely-preempted')}
      crumbs={[
        { label: a.t.plans.title, path: '/plans' },
        ...(isNew ? [] : [{ label: base?.id ?? '', path: `/plans/${base?.id}` }]),
        { label: isNew ? w.crumbNew : w.crumbEdit },
      ]}
    >
      <PageHead title={title} lede={isNew ? w.lede : undefined} meta={<Meta v={v} s={s} />} />
      <Messages v={v} s={s} />
      {s.isBlank && <Beginnings v={v} s={s} />}
      <form
        method="post"
        action={action}
        enctype="multipart/form-data"
        class="plan-editor"
        id="editor"
        data-plan-editor=""
        data-away={w.check.away}
        novalidate
      >
        <button type="submit" class="vh" name="do" value="check" tabindex={-1}>
          {w.acts.check}
        </button>
        <input type="hidden" name="mode" value={s.mode} />
        <input type="hidden" name="base_version" value={String(base?.version ?? '')} />
        <input type="hidden" name="base_sha" value={base?.sha256 ?? ''} />
        {s.isChecked && <input type="hidden" name="checked" value="1" />}
        <div class="editor">
          <div class="editor-form">
            {s.mode === 'form' ? <FormParts v={v} s={s} action={action} /> : <TextParts v={v} s={s} />}
          </div>
          <EditorRail v={v} status={statusOf(v, s)} />
        </div>
      </form>
      <Island room="plan" name="editor" />
    </PlanPage>
  )
}

const statusOf = ({ w, faults }: EditorView, { isChecked, holds }: EditorState): string =>
  !isChecked ? '' : holds ? w.check.holdsLive : w.check.faults(faults.length)

const Meta: FC<Props> = ({ v: { a, w, base }, s }) => (
  <>
    {base && base.version > 0 ? w.version(base.version) : w.notSaved}
    {base && base.version > 1 && (
      <>
        {' · '}
        <Link a={a} to={`/plans/${base.id}/versions?from=${base.version - 1}&to=${base.version}`}>
          {w.compareWith(base.version - 1)}
        </Link>
      </>
    )}
    {base && base.version > 0 && (
      <>
        {' · '}
        <Link a={a} to={`/plans/${base.id}/versions`}>
          {w.allVersions}
        </Link>
      </>
    )}
    {' · '}
    <button type="submit" form="editor" class="as-link" name="do" value={s.mode === 'form' ? 'text' : 'form'}>
      {s.mode === 'form' ? w.asFile : w.asForm}
    </button>
    {` · ${w.schema}`}
  </>
)

/** Other ways to begin than with an empty form. */
const Beginnings: FC<Props> = ({ v: { a, w }, s }) => (
  <div class="beginnings">
    <h2>{w.from.title}</h2>
    <form method="get" action={href(a.lang, '/plans/new')} class="add-row">
      <div class="field">
        <label for="copy">{w.from.copy}</label>
        <select id="copy" name="copy">
          {s.plans.map(({ id, read }) => (
            <option value={id} lang={a.lang === 'en' ? undefined : 'en'}>
              {read.ok ? read.value.plan.title : id}
            </option>
          ))}
        </select>
      </div>
      <Button kind="outline">{w.from.copyDo}</Button>
    </form>
    <p>
      <Link a={a} to="/plans/new?as=file">
        {w.from.file}
      </Link>
      {' · '}
      <Link a={a} to="/plans#agendas">
        {w.from.type}
      </Link>
    </p>
  </div>
)

const FormParts: FC<Props & { action: string }> = ({ v, s, action }) => {
  const { w, a } = v
  const parts: readonly (readonly [id: string, title: string, body: Child])[] = [
    ['who', w.sections.who, <WhoAndWhen v={v} action={action} />],
    ['measures', w.sections.measures, <Measures v={v} action={action} />],
    ['assumptions', w.sections.assumptions, <Assumptions v={v} action={action} />],
    ['money', w.sections.money, <Money v={v} action={action} />],
    ['cases', w.sections.cases, <Cases v={v} action={action} />],
    ['sources', w.sections.sources, <Sources v={v} action={action} />],
    ['save', w.sections.save, <SaveParts v={v} s={s} />],
  ]
  return (
    <>
      <InPageNav
        lang={a.lang}
        links={parts.map(([id, label], i) => ({ href: `#${id}`, label: `${i + 1}. ${label}` }))}
      />
      <input type="hidden" name="text" value={s.text} />
      {parts.map(([id, title, body], i) => (
        <Panel id={id} number={i + 1} title={title}>
          {body}
        </Panel>
      ))}
    </>
  )
}

const SaveParts: FC<Props> = ({ v, s }) => {
  const { w } = v
  const newest = s.conflict?.code === 'saved_since' ? s.conflict.newest : undefined
  return (
    <>
      <Field
        id={fieldId('why')}
        name="why"
        label={w.fields.why}
        value={s.why}
        lines={2}
        hint={w.hints.why}
        {...(s.conflict?.code === 'no_why' && { error: w.conflict.noWhy })}
      />
      <Buttons>
        <button type="submit" class="button" name="do" value="save">
          {w.acts.save}
        </button>
        {newest && (
          <button
            type="submit"
            class="button outline"
            name="do"
            value="save"
            formaction={`?over=${newest.sha256}`}
          >
            {w.acts.saveOnTop(newest.version + 1)}
          </button>
        )}
        <button type="submit" class="button outline" name="do" value="check">
          {w.acts.check}
        </button>
        <button type="submit" class="button outline" name="do" value="download" data-keep="">
          {w.acts.download}
        </button>
        {s.mode === 'form' ? (
          <button type="submit" class="button outline" name="do" value="text">
            {w.acts.text}
          </button>
        ) : (
          <button type="submit" class="button outline" name="do" value="form">
            {w.acts.form}
          </button>
        )}
      </Buttons>
    </>
  )
}

const TextParts: FC<Props> = ({ v, s }) => {
  const { w, faults } = v
  return (
    <>
      <Panel id="file" number={1} title={w.fields.text ?? ''}>
        <Field
          id={fieldId('text')}
          name="text"
          label={<English a={v.a}>{`${textIn(v.typed.fields, 'id') || 'new'}.plan.yaml`}</English>}
          value={s.text}
          lines={36}
          {...(faults.length > 0 && {
            error: `${w.check.faults(faults.length)}. ${s.holds ? '' : w.check.stay}`,
          })}
        />
        <div class="add-row">
          <Field id="f-upload" name="upload" label={w.acts.file} type="file" />
          <button type="submit" class="button outline" name="do" value="read-file">
            {w.acts.readFile}
          </button>
        </div>
      </Panel>
      <Panel id="save" number={2} title={w.sections.save}>
        <SaveParts v={v} s={s} />
      </Panel>
    </>
  )
}
