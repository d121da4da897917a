/**
 * Every reason for which a command is refused, and what it means. A refused command changes nothing.
 * `docs/ledger.md` is made from this list. A name is never given another meaning.
 */
export const REFUSALS = {
  book_not_found: 'There is no book of this name.',
  clock_set_back:
    'The time of recording lies more than five minutes before the last batch of the book: the clock was set back.',
  id_used_with_other_content:
    'This id was used before for something else. An id that is sent again must carry the same content.',
  account_not_found: 'One of the accounts does not exist in this book.',
  account_closed: 'One of the accounts is closed.',
  account_not_zero: 'An account is closed only when its debits equal its credits.',
  account_has_holds: 'An account is closed only when no hold on it is open.',
  amount_missing: 'A transfer of kind posted or pending says its amount.',
  amount_not_positive: 'The amount is not above zero.',
  accounts_are_the_same: 'Debit and credit name the same account.',
  period_closed: 'The business date lies in a period that is closed.',
  exceeds_credits:
    'The debits of an account with the limit debits<=credits would exceed its credits, open holds counted.',
  exceeds_debits:
    'The credits of an account with the limit credits<=debits would exceed its debits, open holds counted.',
  exceeds_upper: 'The balance of an account would exceed its upper bound, open holds counted.',
  balance_too_large: 'A balance would exceed 999,999,999,999,999,999 cents.',
  pending_missing: 'A transfer of kind post, void or expire names the hold that it ends.',
  pending_unexpected: 'A transfer of kind posted or pending ends no hold, and names none.',
  pending_not_found: 'The hold that it names does not exist in this book.',
  pending_is_not_pending: 'The transfer that it names is not of kind pending.',
  pending_has_other_accounts: 'The hold that it names is on other accounts.',
  pending_has_other_amount: 'A void or expire that says an amount says that of the hold.',
  exceeds_pending_amount: 'More cannot be posted than is held.',
  pending_already_posted: 'The hold was posted before; it ends once.',
  pending_already_voided: 'The hold was voided before; it ends once.',
  pending_already_expired: 'The hold expired before; it ends once.',
  pending_expired: 'The business date lies after the last day of the hold; only expire ends it now.',
  pending_not_expired: 'The hold has no last day, or the business date is not after it.',
  date_before_pending: 'The business date lies before that of the hold.',
  expires_unexpected: 'Only a transfer of kind pending has a last day.',
  expires_before_date: 'The last day of the hold lies before its business date.',
  reversal_not_posted: 'A reversal is a transfer of kind posted.',
  reason_missing: 'A reversal says why.',
  reversed_not_found: 'The transfer that it reverses does not exist in this book.',
  reversed_moved_nothing:
    'A hold, void or expiry moved no money and cannot be reversed; end the hold instead.',
  reversal_not_mirrored:
    'A reversal debits the account that was credited and credits the one that was debited.',
  exceeds_reversed_amount: 'The reversals of a transfer would exceed its amount.',
  chain_refused: 'Another command of its linked chain was refused; the chain stands or falls as one.',
  chain_open: 'The last command of the batch is linked to one that does not follow.',
} as const satisfies Readonly<Record<string, string>>

export type Refusal = keyof typeof REFUSALS

/** `exists`: the same command took effect before; sending it again changes nothing. */
export type Status = 'ok' | 'exists' | Refusal
