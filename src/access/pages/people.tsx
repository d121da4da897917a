import { Hono } from 'hono'
import { actorOf, type Grant, type Result } from '../../base/index.ts'
import type { PageEnv } from '../../ui/index.ts'
import type { Access } from '../access-store.ts'
import { leaveFor, principalOf } from '../leave.ts'
import { barredFrom, seesPeople, visibleTo } from '../people.ts'
import { GrantInput, InviteInput, type Person } from '../schema.ts'
import { endSessions } from '../session-store.ts'
import {
  type AccessError,
  type By,
  close,
  findGrant,
  findPerson,
  grant,
  type Invited,
  invite,
  listPeople,
  reset,
  revoke,
} from '../store.ts'
import { ask, type C, goTo, isAtOrigin, readForm, refuse, show } from './parts.tsx'
import { LinkView, NobodyView, PeopleView } from './people-view.tsx'

export const peoplePages = (access: Access): Hono<PageEnv> =>
  new Hono<PageEnv>()
    .get('/access', (c) => peoplePage(c, access))
    .post('/access/invite', (c) => invitePerson(c, access))
    .post('/access/grant', (c) => giveDuty(c, access))
    .post('/access/revoke', (c) => takeDuty(c, access))
    .post('/access/reset', (c) => onPerson(c, access, resetPerson))
    .post('/access/sessions', (c) => onPerson(c, access, endAll))
    .post('/access/close', (c) => onPerson(c, access, closePerson))

interface Fault {
  readonly field: string
  readonly message: string
}

async function peoplePage(c: C, access: Access, faults: readonly Fault[] = []): Promise<Response> {
  const a = ask(c)
  const principal = principalOf(c)
  if (principal.kind === 'local') return show(c, <NobodyView a={a} />)
  if (principal.kind === 'anonymous') return goTo(c, '/sign-in?next=/access')
  // The list is asked for in no one place: a refusal is logged as one for all.
  if (!seesPeople(principal)) {
    leaveFor(c, 'access.read', 'all')
    return refuse(c, 'not-yours')
  }
  const people = visibleTo(principal, await listPeople(access.shell.db))
  const mayGrant = principal.grants.some(({ role }) => role === 'operator')
  return show(
    c,
    <PeopleView
      a={a}
      people={people}
      mayGrant={mayGrant}
      faults={faults}
      isSaved={c.req.query('saved') !== undefined}
    />,
    faults.length > 0 ? 422 : 200,
  )
}

const byOf = (c: C): By => {
  const principal = principalOf(c)
  return { actor: actorOf(principal), ...(principal.kind === 'user' && { person: principal.id }) }
}

/** The refusal's page where this may not be done; nothing where it may. */
function barred(c: C, access: Access, place: Grant['jurisdiction']) {
  if (!isAtOrigin(c, access)) return refuse(c, 'cross-site')
  const leave = leaveFor(c, 'access.grant', place)
  return leave === 'yes' ? undefined : refuse(c, leave)
}

const faultsOf = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]) =>
  issues.map(({ path, message }) => ({ field: String(path[0]), message: `${String(path[0])}: ${message}` }))

const refusalOf = (c: C, error: AccessError): readonly Fault[] => {
  const { t } = ask(c)
  const words = t.people.refused[error.code]
  const pair = error.code === 'duties_apart' ? ` ${t.roles[error.held]}, ${t.roles[error.role]}.` : ''
  return [{ field: 'people', message: words + pair }]
}

async function answer<T>(
  c: C,
  access: Access,
  done: Result<T, AccessError>,
  then: (value: T) => Response | Promise<Response>,
): Promise<Response> {
  return done.ok ? then(done.value) : peoplePage(c, access, refusalOf(c, done.error))
}

async function invitePerson(c: C, access: Access): Promise<Response> {
  const form = await readForm(c)
  const who = InviteInput.safeParse(form)
  const duty = GrantInput.safeParse(form)
  // Before anything is said about the form: whether it may be sent at all.
  const refusal = barred(c, access, duty.success ? duty.data.jurisdiction : 'all')
  if (refusal) return refusal
  if (!who.success || !duty.success)
    return peoplePage(c, access, faultsOf([...(who.error?.issues ?? []), ...(duty.error?.issues ?? [])]))
  const asked = { ...who.data, grants: [dutyOf(duty.data)] }
  return answer(c, access, await invite(access.shell, asked, byOf(c)), (made) =>
    showLink(c, access, who.data.name, made),
  )
}

const dutyOf = ({ role, jurisdiction, office }: GrantInput): Grant => ({
  role,
  jurisdiction,
  ...(office !== undefined && { office }),
})

const showLink = (c: C, access: Access, name: string, { token, expires_at }: Invited) =>
  show(c, <LinkView a={ask(c)} name={name} link={`${access.origin}/invite/${token}`} until={expires_at} />)

async function giveDuty(c: C, access: Access): Promise<Response> {
  const form = await readForm(c)
  const duty = GrantInput.safeParse(form)
  const refusal = barred(c, access, duty.success ? duty.data.jurisdiction : 'all')
  if (refusal) return refusal
  if (!duty.success) return peoplePage(c, access, faultsOf(duty.error.issues))
  return answer(c, access, await grant(access.shell, form.person ?? '', dutyOf(duty.data), byOf(c)), () =>
    goTo(c, '/access?saved=1'),
  )
}

async function takeDuty(c: C, access: Access): Promise<Response> {
  const { id = '' } = await readForm(c)
  const found = await findGrant(access.shell.db, id)
  // An id that is not there is refused like one that is not theirs: nothing is told of it.
  const refusal = barred(c, access, found?.grant.jurisdiction ?? 'all')
  if (refusal) return refusal
  return answer(c, access, await revoke(access.shell, id, byOf(c)), () => goTo(c, '/access?saved=1'))
}

/** An act on a whole account needs leave in every place where the person has a duty. */
async function onPerson(
  c: C,
  access: Access,
  act: (c: C, access: Access, person: Person) => Promise<Response>,
): Promise<Response> {
  const { person: id = '' } = await readForm(c)
  const person = await findPerson(access.shell.db, id)
  const place = person ? barredFrom(principalOf(c), 'access.grant', person) : 'all'
  const refusal = barred(c, access, place ?? person?.grants[0]?.jurisdiction ?? 'all')
  if (refusal) return refusal
  return person ? act(c, access, person) : peoplePage(c, access, refusalOf(c, { code: 'no_such_person' }))
}

const resetPerson = async (c: C, access: Access, person: Person): Promise<Response> =>
  answer(c, access, await reset(access.shell, person.id, byOf(c)), (made) =>
    showLink(c, access, person.name, made),
  )

async function endAll(c: C, { shell }: Access, person: Person): Promise<Response> {
  const ended = { person: person.id, reason: 'by-operator', by: byOf(c).actor } as const
  await shell.db.transaction().execute((tx) => endSessions(tx, { ...ended, now: shell.now() }))
  return goTo(c, '/access?saved=1')
}

const closePerson = async (c: C, access: Access, person: Person): Promise<Response> =>
  answer(c, access, await close(access.shell, person.id, byOf(c)), () => goTo(c, '/access?saved=1'))
