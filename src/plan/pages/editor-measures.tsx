import type { FC } from 'hono/jsx'
import type { PlaybookType } from '../../registry/index.ts'
import { BUDGET_CHANNELS, CHANNELS, HOLD_WHEN, TRIGGERS } from '../../scenario/index.ts'
import { formatDate, label, stateName, TierChip } from '../../ui/index.ts'
import { monthOf, monthText } from '../agenda/calendar.ts'
import { fieldId } from '../editor/faults.ts'
import { KIND_FIELDS, KINDS, kindOf } from '../editor/form-document.ts'
import { allIn, type Fields, nameInRow, type Typed, textIn } from '../editor/typed.ts'
import { numberIn } from '../editor/values.ts'
import {
  ActButton,
  ChecksField,
  ChoiceField,
  type EditorView,
  type Option,
  TextField,
} from './editor-fields.tsx'
import { English, Link } from './parts.tsx'

type Of = { readonly v: EditorView; readonly action: string }

/** The measures in order, each with its lever's tier and warning beside it. */
export const Measures: FC<Of> = ({ v, action }) => {
  const { w, typed } = v
  const rows = typed.rows.measures
  return (
    <>
      {rows.length === 0 && <p class="muted">{w.measure.none}</p>}
      {rows.map((_, m) => (
        <Measure v={v} action={action} m={m} />
      ))}
      <div class="add-row">
        <div class="field">
          <label for="f-new-type">{w.acts.addMeasure}</label>
          <select id="f-new-type" name="new_type">
            <option value="">{w.choose}</option>
            {typeOptions(v).map(({ value, label: word }) => (
              <option value={value}>{word}</option>
            ))}
          </select>
        </div>
        <ActButton v={v} act={['add', 'measures']} at={`measure-${rows.length + 1}`} action={action}>
          {w.acts.addMeasure}
        </ActButton>
      </div>
    </>
  )
}

const rowAt = ({ rows }: Typed, m: number): Fields => rows.measures[m] ?? new Map()

const typeOptions = ({ types, a }: EditorView): readonly Option[] =>
  types.map((type) => ({
    value: type.id,
    label: `${type.title} (${label(a.lang, 'tier', type.legal_tier).toLowerCase()})`,
  }))

const Measure: FC<Of & { m: number }> = ({ v, action, m }) => {
  const { w, typed, types } = v
  const row = rowAt(typed, m)
  const name = (rest: string) => nameInRow('measures', m, rest)
  const type = types.find(({ id }) => id === textIn(row, 'playbook_type'))
  const heading = w.measure.heading(m + 1)
  const members = allIn(typed.fields, 'members')
  const others = typed.rows.measures.flatMap((other, i) => {
    const id = textIn(other, 'id')
    return i === m || id === '' ? [] : [{ value: id, label: id }]
  })
  const last = typed.rows.measures.length - 1
  const at = (place: number) => `measure-${Math.min(Math.max(place, 0), last) + 1}`
  return (
    <div
      class="measure"
      id={`measure-${m + 1}`}
      role="group"
      aria-labelledby={`measure-${m + 1}-title`}
      data-row={`measures:${m}`}
    >
      <div class="row-head">
        <h3 id={`measure-${m + 1}-title`}>
          {heading}
          {type && (
            <>
              {': '}
              <English a={v.a}>{type.title}</English>
            </>
          )}
        </h3>
        {type && <TierChip lang={v.a.lang} tier={type.legal_tier} />}
      </div>
      {type && <Warning v={v} type={type} />}
      <div class="row-acts">
        {m > 0 && (
          <ActButton v={v} act={['up', 'measures', m]} at={at(m - 1)} what={heading} action={action}>
            {w.acts.up}
          </ActButton>
        )}
        {m < last && (
          <ActButton v={v} act={['down', 'measures', m]} at={at(m + 1)} what={heading} action={action}>
            {w.acts.down}
          </ActButton>
        )}
        <ActButton v={v} act={['remove', 'measures', m]} at="measures" what={heading} action={action}>
          {w.acts.remove}
        </ActButton>
      </div>
      <div class="fields lead">
        <ChoiceField v={v} name={name('playbook_type')} options={typeOptions(v)} blank={w.chooseType} />
        <TextField v={v} name={name('id')} />
      </div>
      <TextField v={v} name={name('what')} lines={2} />
      <div class="fields tail">
        <TextField v={v} name={name('start')} inputmode="numeric" hint={startHint(v, textIn(row, 'start'))} />
        <ChoiceField
          v={v}
          name={name('kind')}
          options={KINDS.map((kind) => ({ value: kind, label: w.kinds[kind] }))}
        />
        <div class="no-live">
          <ActButton v={v} act={['show']} at={`measure-${m + 1}`} what={heading} action={action}>
            {w.acts.show}
          </ActButton>
        </div>
      </div>
      <KindFields v={v} m={m} />
      <ChecksField
        v={v}
        name={name('atRisk')}
        hint={w.measure.atRiskNote}
        options={CHANNELS.map((value) => ({ value, label: w.channels[value] ?? value }))}
        chosen={allIn(row, 'atRisk')}
      />
      {(others.length > 0 || allIn(row, 'after').length > 0) && (
        <ChecksField v={v} name={name('after')} options={others} chosen={allIn(row, 'after')} />
      )}
      {(members.length > 1 || allIn(row, 'members').length > 0) && (
        <ChecksField
          v={v}
          name={name('members')}
          hint={w.hints['measure.membersAll']}
          options={members.map((usps) => ({ value: usps, label: usps }))}
          chosen={allIn(row, 'members')}
        />
      )}
    </div>
  )
}

const Warning: FC<{ v: EditorView; type: PlaybookType }> = ({ v, type }) => (
  <p class="hint warning">
    <English a={v.a}>{type.costs_risks.slice(0, 2).join('. ')}.</English>{' '}
    <Link a={v.a} to={`/records/${type.id}`}>
      {v.w.measure.record}
      <span class="vh">: {type.title}</span>
    </Link>
  </p>
)

function startHint({ w, typed, a }: EditorView, start: string): string {
  const first = textIn(typed.fields, 'firstMonth')
  const month = numberIn(start)
  const isKnown =
    /^20\d{2}-(0[1-9]|1[0-2])$/.test(first) && typeof month === 'number' && month >= 1 && month <= 240
  return isKnown && Number.isInteger(month)
    ? w.hints['measure.startsIn'](formatDate(monthText(monthOf(first) + month - 1), a.lang))
    : w.hints['measure.start']
}

/** What the kind of the measure asks for; what was typed for another kind waits unseen. */
const KindFields: FC<{ v: EditorView; m: number }> = ({ v, m }) => {
  const { w, typed } = v
  const row = rowAt(typed, m)
  const kind = kindOf(textIn(row, 'kind'))
  const shown = KIND_FIELDS[kind].map(([field]) => field)
  const hasMoney = KIND_FIELDS[kind].some(([, sort]) => sort === 'money')
  const members = allIn(typed.fields, 'members')
  const waiting = [...row].filter(([field]) => {
    const [first = '', usps] = field.split('.')
    if (shown.includes(first)) return usps !== undefined && !members.includes(usps)
    return KIND_NAMES.has(first) || (first === 'money_source' && !hasMoney)
  })
  return (
    <>
      <div class={hasMoney ? 'money-fields' : 'fields'}>
        {KIND_FIELDS[kind].map(([field, sort]) => (
          <KindField v={v} m={m} field={field} sort={sort} />
        ))}
      </div>
      {hasMoney && (
        <TextField
          v={v}
          name={nameInRow('measures', m, 'money_source')}
          lines={2}
          hint={w.hints['measure.money_source']}
        />
      )}
      {waiting.flatMap(([field, values]) =>
        values
          .filter((value) => value !== '')
          .map((value) => <input type="hidden" name={nameInRow('measures', m, field)} value={value} />),
      )}
    </>
  )
}

const KIND_NAMES = new Set(Object.values(KIND_FIELDS).flatMap((fields) => fields.map(([name]) => name)))

const KindField: FC<{ v: EditorView; m: number; field: string; sort: string }> = ({ v, m, field, sort }) => {
  const { w, typed } = v
  const row = rowAt(typed, m)
  const name = nameInRow('measures', m, field)
  switch (sort) {
    case 'choice':
      return (
        <ChoiceField
          v={v}
          name={name}
          options={(field === 'trigger' ? TRIGGERS : HOLD_WHEN).map((value) => ({
            value,
            label: (field === 'trigger' ? w.trigger : w.holdWhen)[value] ?? value,
          }))}
        />
      )
    case 'yes':
      return (
        <fieldset class="checks">
          <legend class="vh">{w.fields['measure.openV']}</legend>
          <div class="boxes">
            <label>
              <input
                type="checkbox"
                id={fieldId(name)}
                name={name}
                value="true"
                checked={textIn(row, field) === 'true'}
              />
              <span>{w.fields['measure.openV']}</span>
            </label>
          </div>
        </fieldset>
      )
    case 'several':
      return (
        <ChecksField
          v={v}
          name={name}
          options={BUDGET_CHANNELS.map((value) => ({ value, label: w.channels[value] ?? value }))}
          chosen={allIn(row, field)}
        />
      )
    case 'money':
      return <MoneyField v={v} m={m} field={field} />
    default:
      return (
        <TextField
          v={v}
          name={name}
          inputmode="decimal"
          hint={
            field === 'yield'
              ? w.hints['measure.yield']
              : field === 'replace'
                ? w.hints['measure.replace']
                : w.hints['measure.share']
          }
        />
      )
  }
}

/** One amount for all members, and where the plan has several, one for each. */
const MoneyField: FC<{ v: EditorView; m: number; field: string }> = ({ v, m, field }) => {
  const { w, typed, a } = v
  const row = rowAt(typed, m)
  const name = nameInRow('measures', m, field)
  const members = allIn(typed.fields, 'members')
  const isOwn = members.some((usps) => textIn(row, `${field}.${usps}`) !== '')
  return (
    <div class="money-field">
      <TextField v={v} name={name} hint={w.hints['measure.money']} />
      {(members.length > 1 || isOwn) && (
        <details open={isOwn}>
          <summary>{w.hints['measure.byMember']}</summary>
          <p class="hint">{w.hints['measure.byMemberNote']}</p>
          <div class="fields narrow">
            {members.map((usps) => (
              <TextField v={v} name={`${name}.${usps}`} label={stateName(usps as never, a.lang)} />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
