import type { FC } from 'hono/jsx'
import { DEFAULTS, PARAMETER_NAMES, type ParameterName } from '../../scenario/index.ts'
import { DataTable } from '../../ui/index.ts'
import { assumptionName, isReplaced, SHAPES, type Shape, shapeOf } from '../editor/form-document.ts'
import { typedAt } from '../editor/typed.ts'
import { shapeText } from '../shape-text.ts'
import { ActButton, ChoiceField, type EditorView, TextField } from './editor-fields.tsx'
import { English } from './parts.tsx'

type Of = { readonly v: EditorView; readonly action: string }

/** Assumptions that the plan replaces, then the defaults with where they come from. */
export const Assumptions: FC<Of> = ({ v, action }) => {
  const { w, typed } = v
  const own = PARAMETER_NAMES.filter((name) => isReplaced(typed, name))
  const usual = PARAMETER_NAMES.filter((name) => !isReplaced(typed, name))
  const [first, rest] = [usual.slice(0, FIRST_ROWS), usual.slice(FIRST_ROWS)]
  return (
    <>
      {own.map((name) => (
        <OwnAssumption v={v} action={action} name={name} />
      ))}
      <p class="hint">{w.assumptions.lede}</p>
      <UsualTable v={v} action={action} names={first} />
      {rest.length > 0 && (
        <details>
          <summary>{w.assumptions.more(rest.length)}</summary>
          <UsualTable v={v} action={action} names={rest} />
        </details>
      )}
    </>
  )
}

const FIRST_ROWS = 6
const SHAPE_NAMES = Object.keys(SHAPES) as Shape[]

const anchorOf = (name: ParameterName) => `assumption-${name.replaceAll('.', '-')}`

const OwnAssumption: FC<Of & { name: ParameterName }> = ({ v, action, name }) => {
  const { w, typed } = v
  const field = (...rest: readonly string[]) => assumptionName(name, ...rest)
  const shape = shapeOf(typedAt(typed, field('distribution', 'kind')) ?? '')
  const id = anchorOf(name)
  return (
    <div class="assumption" id={id} role="group" aria-labelledby={`${id}-title`}>
      <div class="row-head">
        <h3 id={`${id}-title`}>{w.assumption[name]}</h3>
        <ActButton v={v} act={['default', name]} at="assumptions" what={w.assumption[name]} action={action}>
          {w.acts.default}
        </ActButton>
      </div>
      <p class="hint">{w.assumptions.usual(shapeText(v.shapes[name], w))}</p>
      <div class="fields narrow">
        <ChoiceField
          v={v}
          name={field('distribution', 'kind')}
          options={SHAPE_NAMES.map((value) => ({ value, label: w.shapes[value] }))}
        />
        {(shape ? SHAPES[shape] : []).map((value) => (
          <TextField v={v} name={field('distribution', value)} inputmode="decimal" />
        ))}
        <div class="no-live">
          <ActButton v={v} act={['show']} at={id} what={w.assumption[name]} action={action}>
            {w.acts.show}
          </ActButton>
        </div>
      </div>
      <TextField v={v} name={field('source')} lines={2} />
    </div>
  )
}

const UsualTable: FC<Of & { names: readonly ParameterName[] }> = ({ v, action, names }) => {
  const { w, a } = v
  return (
    <DataTable
      lang={a.lang}
      caption={w.sections.assumptions}
      rows={names}
      columns={[
        {
          key: 'name',
          head: w.assumptions.name,
          rowHead: true,
          cell: (name) => <span id={anchorOf(name)}>{w.assumption[name]}</span>,
        },
        { key: 'shape', head: w.assumptions.shape, cell: (name) => shapeText(v.shapes[name], w) },
        { key: 'source', head: w.assumptions.source, cell: (name) => <Basis v={v} name={name} /> },
        {
          key: 'act',
          head: w.assumptions.act,
          cell: (name) => (
            <ActButton
              v={v}
              act={['replace', name]}
              at={anchorOf(name)}
              what={w.assumption[name]}
              action={action}
            >
              {w.acts.replace}
            </ActButton>
          ),
        },
      ]}
    />
  )
}

const Basis: FC<{ v: EditorView; name: ParameterName }> = ({ v: { w, a }, name }) => {
  const { basis, source } = DEFAULTS[name]
  const words = {
    source: w.assumptions.published,
    assumption: w.assumptions.isAssumed,
    'given by the caller': w.assumptions.fromRegistry,
  }[basis]
  return (
    <>
      {words}
      <span class="note-line">
        <English a={a}>{source}</English>
      </span>
    </>
  )
}
