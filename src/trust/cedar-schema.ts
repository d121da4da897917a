/**
 * What a condition may read. Every name here is filled from recorded facts by `context.ts`; a policy that names
 * anything else does not pass Cedar's validator, so it is refused before it can decide anything.
 * Amounts are whole cents; ages are days on the day of the decision.
 */
export const CEDAR_SCHEMA = `
entity Trust;
entity Money;

type Facts = {
  book_kind: String,
  authority_enacted: Bool,
  state: String,
  amount_cents: Long,
  is_member: Bool,
  class_agreed: Bool,
  held_cents: Long,
  member_held_cents: Long,
  earnings_cents: Long,
  awaiting_cents: Long,
  ground_ended: Bool,
  days_to_deposit?: Long,
  cap_cents?: Long,
  federal_action?: { in_force: Bool, unpaid_cents: Long },
  finding?: { contravenes: Bool, stayed: Bool },
  report?: { age_days: Long, stale_after_days: Long, arrears_cents: Long },
  sign_offs: Set<String>,
  orders: { stayed: Bool, struck: Bool, pay_treasury: Bool, not_owed: Bool, frozen: Bool },
  panel: { finds_unconstitutional: Bool, released_cents: Long },
  exit?: { days_since_notice: Long, notice_days: Long },
  special_account_notice: Bool,
  signed: { people: Long, by_preparer: Bool, other_content: Long, offices: Set<String> },
};

action hold, "release-to-treasury", "return-to-depositor", "pay-member", "wind-up"
  appliesTo { principal: [Trust], resource: [Money], context: Facts };
`
