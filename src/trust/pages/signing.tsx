import { leaveFor, mayDo, principalOf } from '../../access/index.ts'
import { listPeople } from '../../access/store.ts'
import { actorOf, type Principal } from '../../base/index.ts'
import { href } from '../../ui/index.ts'
import { viewOf, type WaitingItem, waitingOf } from '../book-view.ts'
import { itemHash } from '../items.ts'
import { loadAch, sign } from '../store.ts'
import { type AtBook, download, missing, refused } from './at-book.tsx'
import { ItemPage, type MaySign } from './item.tsx'

interface AtItem extends AtBook {
  readonly waiting: WaitingItem
}

function findItem(at: AtBook): AtItem | undefined {
  const found = at.trust.rows.items.find(({ id }) => id === at.c.req.param('item'))
  return found && { ...at, waiting: waitingOf(at.trust.agreement, at.trust.rows, found, at.day) }
}

export function item(at: AtBook): Response | Promise<Response> {
  const found = findItem(at)
  if (!found) return missing(at.c, at.a, at.a.t.item.unknown(at.c.req.param('item') ?? ''))
  return itemPage(found, 200)
}

/** The NACHA file of a release that was carried out, for those who hand it to the bank. */
export async function paymentFile(at: AtBook): Promise<Response> {
  const { c, shell, a, trust } = at
  const id = c.req.param('item') ?? ''
  const one = trust.rows.items.find((found) => found.id === id)
  if (!one || !mayDo(principalOf(c), 'trust.read', one.member)) return refused(at, a.t.refused.notYours, 403)
  const text = await loadAch(shell.db, trust.book, id)
  if (text === undefined) return missing(c, a, a.t.item.unknown(id))
  const name = `${trust.kind}-${trust.book}-${id}.ach`
  return c.body(text, 200, { 'Content-Type': 'text/plain; charset=utf-8', ...download(name) })
}

async function itemPage(at: AtItem, status: 200 | 409 | 422, why?: string): Promise<Response> {
  const { c, shell, a, trust, day, path, waiting } = at
  const done = c.req.query('signed')
  const names = mayDo(principalOf(c), 'trust.read', waiting.item.member)
  const people = names ? await listPeople(shell.db) : []
  return c.html(
    <ItemPage
      a={{ ...a, people: new Map(people.map(({ id, name }) => [id, name])) }}
      view={viewOf(trust.agreement, trust.rows, day)}
      path={path}
      waiting={waiting}
      sha256={itemHash(waiting.item)}
      maySign={maySign(at)}
      names={names}
      hasFile={trust.rows.executed.some(
        ({ item: of, ach_sha256 }) => of === waiting.item.id && ach_sha256 !== undefined,
      )}
      {...((done === 'executed' || done === 'signed') && { done })}
      {...(why !== undefined && { refused: why })}
    />,
    status,
  )
}

function maySign({ c, trust, waiting: { item: one, signatures } }: AtItem): MaySign {
  const principal = principalOf(c)
  if (principal.kind !== 'user') return { may: 'sign-in' }
  if (!mayDo(principal, 'trust.sign', one.member)) return { may: 'not-yours' }
  if (one.prepared_by === principal.id) return { may: 'own' }
  if (signatures.some(({ person }) => person === principal.id)) return { may: 'already' }
  const { executed, withdrawn } = trust.rows
  if ([...executed, ...withdrawn].some(({ item: of }) => of === one.id)) return { may: 'closed' }
  return { may: 'yes', offices: officesOf(principal, one.member) }
}

/** The offices in which a person approves for a member; without one, as an approver. */
function officesOf(principal: Principal, member: string): readonly string[] {
  if (principal.kind !== 'user') return []
  const own = principal.grants.filter(
    ({ role, jurisdiction }) => role === 'approver' && (jurisdiction === 'all' || jurisdiction === member),
  )
  return [...new Set(own.map(({ office }) => office ?? 'approver'))]
}

export async function signing(at: AtBook): Promise<Response> {
  const { c, shell, a, trust, day, path } = at
  const found = findItem(at)
  if (!found) return missing(c, a, a.t.item.unknown(c.req.param('item') ?? ''))
  const { item: one } = found.waiting
  const leave = leaveFor(c, 'trust.sign', one.member)
  const principal = principalOf(c)
  if (leave === 'cross-site') return refused(at, a.t.refused.crossSite, 403)
  if (leave !== 'yes' || principal.kind !== 'user')
    return refused(at, leave === 'sign-in' ? a.t.item.signIn : a.t.item.notYours, 403)
  const body = await c.req.parseBody()
  if (body.seen !== 'yes') return itemPage(found, 422, a.t.refused.unseen)
  const office = officesOf(principal, one.member).find((name) => name === body.office)
  if (office === undefined) return itemPage(found, 422, a.t.refused.office)
  const signature = { item_sha256: String(body.sha256), person: principal.id, office }
  const signed = await sign(shell, trust.book, one.id, signature, day, { actor: actorOf(principal) })
  if (!signed.ok) {
    const { code } = signed.error
    return itemPage(found, 409, a.t.refused.codes[code] ?? a.t.refused.other(code))
  }
  return c.redirect(
    `${href(a.lang, `${path}/items/${one.id}`)}?signed=${signed.value.executed ? 'executed' : 'signed'}`,
    303,
  )
}
