-- Books of double entry. The book stands first in every key, so that the tables can be partitioned by it.
create domain ledger_id as text collate "C" check (value ~ '^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,63}$');
create domain ledger_cents as bigint check (value between 0 and 999999999999999999);

create table ledger_book (
  book      ledger_id      primary key,
  -- Simulated and operating money never share a book; it is never changed.
  kind      text           not null check (kind in ('simulation', 'operating')),
  title     text           not null check (title <> ''),
  opened_at timestamptz(3) not null,
  opened_by text           not null,
  audit_seq bigint         not null
);

-- Numbers batches in the order in which they were evaluated; a refused batch leaves a gap.
create sequence ledger_batch_number;

-- What took effect together, as one event of the audit log tells it.
create table ledger_batch (
  book      ledger_id      not null references ledger_book,
  batch     bigint         not null,
  -- The time of recording of all that is in it.
  at        timestamptz(3) not null,
  actor     text           not null,
  audit_seq bigint         not null,
  accounts  integer        not null check (accounts >= 0),
  closings  integer        not null check (closings >= 0),
  transfers integer        not null check (transfers >= 0),
  -- SHA-256 of its rows in canonical form (docs/methods/ledger.md).
  sha256    bytea          not null check (octet_length(sha256) = 32),
  primary key (book, batch)
);

create table ledger_account (
  book            ledger_id    not null references ledger_book,
  id              ledger_id    not null,
  code            text         not null check (code <> ''),
  normal          text         not null check (normal in ('debit', 'credit')),
  "limit"         text         check ("limit" in ('debits<=credits', 'credits<=debits')),
  upper           ledger_cents,
  opened_batch    bigint       not null,
  closed_batch    bigint,
  debits_pending  ledger_cents not null,
  debits_posted   ledger_cents not null,
  credits_pending ledger_cents not null,
  credits_posted  ledger_cents not null,
  primary key (book, id),
  check ("limit" is distinct from 'debits<=credits' or debits_posted + debits_pending <= credits_posted),
  check ("limit" is distinct from 'credits<=debits' or credits_posted + credits_pending <= debits_posted),
  check (closed_batch is null
         or (debits_pending = 0 and credits_pending = 0 and debits_posted = credits_posted))
) with (fillfactor = 50);

-- Never changed, never deleted. That its accounts, its batch and what it names exist is held by the engine, which has
-- them locked, and proven by `tenth ledger verify`: foreign keys would look each of them up a second time.
create table ledger_transfer (
  book      text collate "C" not null,
  id        text collate "C" not null,
  debit     text collate "C" not null,
  credit    text collate "C" not null,
  amount    bigint not null check (amount > 0),
  kind      text   not null check (kind in ('posted', 'pending', 'post', 'void', 'expire')),
  date      date   not null,
  batch     bigint not null,
  -- Its place among the transfers of its batch, from 0.
  place     integer not null,
  code      text,
  -- The hold that it ends, and the amount that was held.
  pending   text collate "C" check ((pending is not null) = (kind in ('post', 'void', 'expire'))),
  released  bigint check ((released is not null) = (pending is not null)),
  expires   date check (expires >= date),
  reverses  text collate "C",
  why       text check (reverses is null or why is not null),
  documents text,
  primary key (book, id)
);
-- A hold ends once.
create unique index ledger_transfer_ending on ledger_transfer (book, pending) where pending is not null;
create index ledger_transfer_reversal on ledger_transfer (book, reverses) where reverses is not null;
-- Small, and cheap to write: rows lie in the order of their batches.
create index ledger_transfer_by_batch on ledger_transfer using brin (book, batch);

-- Periods that are closed: no business date up to `through` is taken any more.
create table ledger_period (
  book      ledger_id      not null references ledger_book,
  through   date           not null,
  closed_at timestamptz(3) not null,
  closed_by text           not null,
  audit_seq bigint         not null,
  primary key (book, through)
);

-- What each account stood at on the last day of a closed period, by business date.
create table ledger_period_balance (
  book            ledger_id    not null,
  through         date         not null,
  account         ledger_id    not null,
  debits_pending  ledger_cents not null,
  debits_posted   ledger_cents not null,
  credits_pending ledger_cents not null,
  credits_posted  ledger_cents not null,
  primary key (book, through, account),
  foreign key (book, through) references ledger_period
);

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is never changed: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
create trigger ledger_book_kept before update or delete on ledger_book
  for each row execute function ledger_refuse_change();
create trigger ledger_batch_kept before update or delete on ledger_batch
  for each row execute function ledger_refuse_change();
create trigger ledger_transfer_kept before update or delete on ledger_transfer
  for each row execute function ledger_refuse_change();
create trigger ledger_period_kept before update or delete on ledger_period
  for each row execute function ledger_refuse_change();
create trigger ledger_period_balance_kept before update or delete on ledger_period_balance
  for each row execute function ledger_refuse_change();
create trigger ledger_account_kept before delete on ledger_account
  for each row execute function ledger_refuse_change();
create trigger ledger_account_terms_kept
  before update of book, id, code, normal, "limit", upper, opened_batch on ledger_account
  for each row execute function ledger_refuse_change();
create trigger ledger_transfer_never_truncated before truncate on ledger_transfer
  for each statement execute function ledger_refuse_change();
create trigger ledger_batch_never_truncated before truncate on ledger_batch
  for each statement execute function ledger_refuse_change();
