-- The time of recording stands with each transfer too: balances as known at a time need no second table.
alter table ledger_transfer disable trigger user;
alter table ledger_transfer add column recorded_at timestamptz(3);
update ledger_transfer t set recorded_at = b.at from ledger_batch b where b.book = t.book and b.batch = t.batch;
alter table ledger_transfer alter column recorded_at set not null;
alter table ledger_transfer enable trigger user;
