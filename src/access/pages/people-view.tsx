import type { FC } from 'hono/jsx'
import { type Instant, ROLES } from '../../base/index.ts'
import {
  Button,
  Buttons,
  DataTable,
  ErrorSummary,
  Field,
  type FormError,
  href,
  Note,
  PageHead,
  Section,
} from '../../ui/index.ts'
import { ACTIONS } from '../actions.ts'
import type { Person } from '../schema.ts'
import { Act, dutyText } from './account-view.tsx'
import { AccessPage, type Asked } from './parts.tsx'

export const NobodyView: FC<{ a: Asked }> = ({ a }) => {
  const w = a.t.people
  return (
    <AccessPage a={a} title={w.title} path="/access">
      <PageHead title={w.none} lede={w.noneWhy} />
      <p class="one-time">
        <code>./bin/tenth access invite --operator "Ana Ruiz" --email ana@agency.example</code>
      </p>
      <Powers a={a} />
    </AccessPage>
  )
}

export const PeopleView: FC<{
  a: Asked
  people: readonly Person[]
  mayGrant: boolean
  faults: readonly FormError[]
  isSaved: boolean
}> = ({ a, people, mayGrant, faults, isSaved }) => {
  const w = a.t.people
  return (
    <AccessPage a={a} title={w.title} path="/access">
      <PageHead title={w.title} lede={w.lede} />
      {isSaved && <Note>{a.t.account.saved}</Note>}
      {faults.length > 0 && <ErrorSummary lang={a.lang} errors={faults} />}
      <div id="people">
        <DataTable
          lang={a.lang}
          caption={w.title}
          rows={people}
          columns={[
            {
              key: 'person',
              head: w.person,
              rowHead: true,
              cell: (one) => <PersonCell a={a} person={one} />,
            },
            { key: 'state', head: w.state, cell: (one) => w.states[one.state] },
            { key: 'ways', head: w.ways, cell: (one) => waysText(a, one) },
            {
              key: 'duties',
              head: w.duties,
              cell: (one) => <DutiesCell a={a} person={one} mayGrant={mayGrant} />,
            },
            ...(mayGrant
              ? [
                  {
                    key: 'act',
                    head: a.t.account.act,
                    cell: (one: Person) => <PersonActs a={a} person={one} />,
                  },
                ]
              : []),
          ]}
        />
      </div>
      {mayGrant && <GiveForm a={a} people={people} />}
      {mayGrant && <InviteForm a={a} />}
      <Powers a={a} />
    </AccessPage>
  )
}

const PersonCell: FC<{ a: Asked; person: Person }> = ({ a, person }) => (
  <>
    {person.name}
    {person.state !== 'closed' && <span class="note-line">{person.email}</span>}
    <span class="note-line">
      {a.t.people.logName} <code>{person.id}</code>
    </span>
  </>
)

const waysText = ({ t }: Asked, { ways }: Person): string => {
  const names = Object.entries(t.people.wayNames).flatMap(([way, name]) =>
    ways[way as keyof typeof ways] ? [name] : [],
  )
  return names.length === 0 ? t.people.noWay : names.join(', ')
}

const DutiesCell: FC<{ a: Asked; person: Person; mayGrant: boolean }> = ({ a, person, mayGrant }) => (
  <ul class="duties">
    {person.grants.map((one) => (
      <li>
        {dutyText(a, one)}
        {mayGrant && <Act a={a} path="/access/revoke" label={a.t.people.take} fields={{ id: one.id }} />}
      </li>
    ))}
  </ul>
)

const PersonActs: FC<{ a: Asked; person: Person }> = ({ a, person }) => {
  const w = a.t.people
  if (person.state === 'closed') return null
  return (
    <details>
      <summary>{w.more}</summary>
      <Act a={a} path="/access/reset" label={`${w.reset} (${w.resetWhy})`} fields={{ person: person.id }} />
      <Act a={a} path="/access/sessions" label={w.endAll} fields={{ person: person.id }} />
      <Act a={a} path="/access/close" label={w.close} fields={{ person: person.id }} />
    </details>
  )
}

const DutyFields: FC<{ a: Asked; id: string }> = ({ a, id }) => {
  const w = a.t.people
  return (
    <>
      <Field
        id={`${id}-role`}
        name="role"
        label={w.role}
        value="reader"
        options={ROLES.map((role) => ({ value: role, label: a.t.roles[role] }))}
      />
      <Field id={`${id}-jurisdiction`} name="jurisdiction" label={w.where} hint={w.whereHint} required />
      <Field id={`${id}-office`} name="office" label={w.office} hint={w.officeHint} />
    </>
  )
}

const GiveForm: FC<{ a: Asked; people: readonly Person[] }> = ({ a, people }) => {
  const w = a.t.people
  const options = people
    .filter(({ state }) => state !== 'closed')
    .map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))
  return (
    <Section id="give" title={w.give} rail={<p>{w.giveRail}</p>}>
      <form method="post" action={href(a.lang, '/access/grant')}>
        <Field id="give-person" name="person" label={w.person} options={options} />
        <DutyFields a={a} id="give" />
        <Buttons>
          <Button>{w.giveSubmit}</Button>
        </Buttons>
      </form>
    </Section>
  )
}

const InviteForm: FC<{ a: Asked }> = ({ a }) => {
  const w = a.t.people
  return (
    <Section id="invite" title={w.inviteTitle} rail={<p>{w.inviteRail}</p>}>
      <form method="post" action={href(a.lang, '/access/invite')}>
        <Field id="name" label={w.name} autocomplete="off" required />
        <Field id="email" label={w.email} type="email" autocomplete="off" required />
        <DutyFields a={a} id="invite" />
        <Buttons>
          <Button kind="outline">{w.inviteSubmit}</Button>
        </Buttons>
      </form>
    </Section>
  )
}

/** The table that decides, as it stands in the program. */
const Powers: FC<{ a: Asked }> = ({ a }) => (
  <Section id="powers" title={a.t.people.what} rail={<p>{a.t.people.whatRail}</p>}>
    <DataTable
      lang={a.lang}
      caption={a.t.people.what}
      rows={Object.entries(ACTIONS)}
      columns={[
        {
          key: 'action',
          head: a.t.people.action,
          rowHead: true,
          cell: ([action]) => a.t.actions[action] ?? action,
        },
        {
          key: 'roles',
          head: a.t.people.whose,
          cell: ([, roles]) => roles.map((role) => a.t.roles[role]).join(', '),
        },
      ]}
    />
  </Section>
)

export const LinkView: FC<{ a: Asked; name: string; link: string; until: Instant }> = ({
  a,
  name,
  link,
  until,
}) => {
  const w = a.t.people
  return (
    <AccessPage a={a} title={w.link} path="/access">
      <PageHead title={w.link} lede={w.linkWhy(name, `${until.slice(0, 10)} ${until.slice(11, 16)} UTC`)} />
      <p class="one-time">
        <code>{link}</code>
      </p>
      <p>
        <a href={href(a.lang, '/access')}>{w.linkDone}</a>
      </p>
    </AccessPage>
  )
}
