import type { Json } from '../../base/index.ts'
import { type Asked, money, officeName } from './parts.tsx'

type Fields = Readonly<Record<string, Json>>

/** What a condition was judged on, in words. A fact that is not recorded has its own words. */
export function factText(a: Asked, fact: string, value: Json): string {
  if (value === null || value === undefined) return a.t.facts.none
  const say = SAYINGS[fact]
  return say ? say(a, value) : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const cents = (value: Json | undefined): bigint => BigInt(Number(value ?? 0))
const listed = (a: Asked, offices: Json | undefined): string =>
  (offices as readonly string[]).map((office) => officeName(a, office)).join(', ')

const SAYINGS: Readonly<Record<string, (a: Asked, value: Json) => string>> = {
  report: (a, value) => {
    const { age_days, arrears_cents } = value as Fields
    return a.t.facts.report(Number(age_days), money(a, cents(arrears_cents)))
  },
  finding: ({ t }, value) => {
    const { contravenes, stayed } = value as Fields
    return stayed ? t.facts.finding.stayed : contravenes ? t.facts.finding.yes : t.facts.finding.no
  },
  federal_action: (a, value) => {
    const { in_force, unpaid_cents } = value as Fields
    return in_force ? a.t.facts.federal.yes(money(a, cents(unpaid_cents))) : a.t.facts.federal.no
  },
  sign_offs: (a, value) =>
    (value as readonly string[]).length === 0
      ? a.t.facts.signOffs.none
      : a.t.facts.signOffs.some(listed(a, value)),
  orders: ({ t }, value) => {
    const said = ORDERS.filter((order) => (value as Fields)[order]).map((order) => t.facts.orders[order])
    return said.length === 0 ? t.facts.orders.none : said.join('; ')
  },
  signed: (a, value) => {
    const { people, by_preparer, other_content, offices } = value as Fields
    const { signed } = a.t.facts
    const who = (offices as readonly string[]).length > 0 ? `: ${listed(a, offices)}` : ''
    return [
      `${signed.people(Number(people))}${who}`,
      ...(by_preparer ? [signed.preparer] : []),
      ...(Number(other_content) > 0 ? [signed.other] : []),
    ].join('; ')
  },
  panel: (a, value) => {
    const { finds_unconstitutional, released_cents } = value as Fields
    const { panel } = a.t.facts
    const finds = finds_unconstitutional ? panel.finds : panel.not
    return cents(released_cents) > 0n ? `${finds}; ${panel.released(money(a, cents(released_cents)))}` : finds
  },
  exit: ({ t }, value) => {
    const { days_since_notice, notice_days } = value as Fields
    return t.facts.exit(Number(days_since_notice), Number(notice_days))
  },
  state: ({ t }, value) => t.facts.state(t.states[value as keyof typeof t.states] ?? String(value)),
  authority_enacted: ({ t }, value) => (value ? t.facts.enacted.yes : t.facts.enacted.no),
  ground_ended: ({ t }, value) => (value ? t.facts.ground.yes : t.facts.ground.no),
  cap_cents: (a, value) => a.t.facts.cap(money(a, cents(value))),
  amount_cents: (a, value) => money(a, cents(value)),
  held_cents: (a, value) => a.t.facts.held(money(a, cents(value))),
  member_held_cents: (a, value) => a.t.facts.held(money(a, cents(value))),
  earnings_cents: (a, value) => a.t.facts.earnings(money(a, cents(value))),
  days_to_deposit: ({ t }, value) => t.facts.days(Number(value)),
  is_member: ({ t }, value) => (value ? t.facts.yes : t.facts.no),
  class_agreed: ({ t }, value) => (value ? t.facts.yes : t.facts.no),
  special_account_notice: ({ t }, value) => (value ? t.facts.yes : t.facts.no),
}

const ORDERS = ['stayed', 'struck', 'pay_treasury', 'not_owed', 'frozen'] as const
