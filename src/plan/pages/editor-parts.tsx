import type { FC } from 'hono/jsx'
import { JURISDICTIONS } from '../../scenario/index.ts'
import { stateName } from '../../ui/index.ts'
import { allIn, type ListName, nameInRow, textIn } from '../editor/typed.ts'
import { streamText } from '../editor/values.ts'
import { areEven } from '../read.ts'
import { ActButton, ChecksField, type EditorView, TextField } from './editor-fields.tsx'
import { English } from './parts.tsx'

type Of = { readonly v: EditorView; readonly action: string }

export const WhoAndWhen: FC<Of> = ({ v, action }) => {
  const { w, typed, a } = v
  const members = allIn(typed.fields, 'members')
  return (
    <>
      <TextField v={v} name="title" />
      <TextField v={v} name="question" lines={2} hint={w.hints.question} />
      <TextField v={v} name="summary" lines={4} />
      <div class="fields lead">
        <TextField v={v} name="id" hint={w.hints.id} />
        <TextField v={v} name="firstMonth" hint={w.hints.firstMonth} inputmode="numeric" />
        <TextField v={v} name="months" hint={w.hints.months} inputmode="numeric" />
      </div>
      <details class="members" open={members.length === 0 || v.faults.some(({ name }) => name === 'members')}>
        <summary>
          {w.fields.members}: {members.length === 0 ? w.choose : members.join(', ')}
        </summary>
        <ChecksField
          v={v}
          name="members"
          wide
          options={JURISDICTIONS.map((usps) => ({ value: usps, label: stateName(usps, a.lang) }))}
          chosen={members}
        />
        <div class="no-live">
          <ActButton v={v} act={['show']} at="who" action={action}>
            {w.acts.showMembers}
          </ActButton>
        </div>
      </details>
    </>
  )
}

/** Balances at the start beside what the facts say, and what offices can do at once. */
export const Money: FC<Of> = ({ v, action }) => {
  const { w, typed, a } = v
  return (
    <>
      <h3>{w.reserves.title}</h3>
      <p class="hint">{w.reserves.note}</p>
      {allIn(typed.fields, 'members').map((usps) => (
        <div class="fields wide">
          <TextField
            v={v}
            name={`reserves.${usps}.amount`}
            label={`${stateName(usps as never, a.lang)}: ${w.fields['reserve.amount']}`}
            inputmode="decimal"
            hint={<ReserveHint v={v} usps={usps} />}
          />
          <TextField v={v} name={`reserves.${usps}.source`} />
        </div>
      ))}
      <h3 id="staff">{w.reserves.staffTitle}</h3>
      <p class="hint">{w.reserves.staffNote}</p>
      {typed.rows.staff.map((_, i) => (
        <div class="line-row">
          <div class="fields wide">
            <TextField v={v} name={nameInRow('staff', i, 'office')} />
            <TextField v={v} name={nameInRow('staff', i, 'works')} inputmode="numeric" />
          </div>
          <ActButton
            v={v}
            act={['remove', 'staff', i]}
            at="staff"
            what={`${w.fields['staff.office']} ${i + 1}`}
            action={action}
          >
            {w.acts.remove}
          </ActButton>
        </div>
      ))}
      <ActButton v={v} act={['add', 'staff']} at="staff" action={action}>
        {w.acts.addStaff}
      </ActButton>
    </>
  )
}

const ReserveHint: FC<{ v: EditorView; usps: string }> = ({ v: { w, a, places }, usps }) => {
  const line = places.find((place) => place.usps === usps)?.lines.find(({ symbol }) => symbol === 'R0')
  if (!line) return <>{w.hints['reserve.unknown']}</>
  const [before, after] = w.hints['reserve.known'](`$${streamText(Math.round(line.value))}`, '\u0000').split(
    '\u0000',
  )
  return (
    <>
      {before}
      <English a={a}>{line.how}</English>
      {after}
    </>
  )
}

/** Both cases at one length, then harm and doubt, line by line. */
export const Cases: FC<Of> = ({ v, action }) => {
  const { w, typed } = v
  const lengthOf = (name: string) => textIn(typed.fields, name).length
  const [pro, con] = [lengthOf('case_for'), lengthOf('case_against')]
  return (
    <>
      <div class="fields cases" data-cases="">
        <TextField
          v={v}
          name="case_for"
          lines={8}
          hint={<span data-balance="">{w.hints.case(pro, con, areEven(pro, con))}</span>}
        />
        <TextField
          v={v}
          name="case_against"
          lines={8}
          hint={<span data-balance="">{w.hints.case(con, pro, areEven(pro, con))}</span>}
        />
      </div>
      {(['harm', 'would_change', 'not_known'] as const).map((list) => (
        <Lines v={v} action={action} list={list} />
      ))}
    </>
  )
}

const Lines: FC<Of & { list: ListName }> = ({ v, action, list }) => {
  const { w, typed } = v
  const anchor = list.replace('_', '-')
  const rows = typed.rows[list]
  return (
    <div class="lines" id={anchor} role="group" aria-labelledby={`${anchor}-title`}>
      <h3 id={`${anchor}-title`}>{w.fields[list]}</h3>
      <p class="hint">{w.hints.harm}</p>
      {rows.map((_, i) => (
        <div class="line-row" data-row={`${list}:${i}`}>
          <TextField v={v} name={nameInRow(list, i, '')} label={w.measure.line(i + 1)} lines={2} />
          <div class="row-acts">
            {i > 0 && (
              <ActButton v={v} act={['up', list, i]} at={anchor} what={w.measure.line(i + 1)} action={action}>
                {w.acts.up}
              </ActButton>
            )}
            {rows.length > 1 && (
              <ActButton
                v={v}
                act={['remove', list, i]}
                at={anchor}
                what={w.measure.line(i + 1)}
                action={action}
              >
                {w.acts.remove}
              </ActButton>
            )}
          </div>
        </div>
      ))}
      <ActButton v={v} act={['add', list]} at={anchor} what={w.fields[list] ?? list} action={action}>
        {w.acts.addLine}
      </ActButton>
    </div>
  )
}

export const Sources: FC<Of> = ({ v, action }) => {
  const { w, typed } = v
  return (
    <>
      {typed.rows.sources.map((_, i) => {
        const name = (rest: string) => nameInRow('sources', i, rest)
        const heading = w.measure.source(i + 1)
        return (
          <div class="source-row" role="group" aria-label={heading} data-row={`sources:${i}`}>
            <div class="fields wide">
              <TextField v={v} name={name('title')} />
              <TextField v={v} name={name('publisher')} />
            </div>
            <div class="fields">
              <TextField v={v} name={name('record')} hint={i === 0 ? w.hints['source.record'] : undefined} />
              <TextField v={v} name={name('url')} />
              <TextField v={v} name={name('date')} />
            </div>
            <div class="row-acts">
              <ActButton v={v} act={['remove', 'sources', i]} at="sources" what={heading} action={action}>
                {w.acts.remove}
              </ActButton>
            </div>
          </div>
        )
      })}
      <ActButton v={v} act={['add', 'sources']} at="sources" action={action}>
        {w.acts.addSource}
      </ActButton>
    </>
  )
}
