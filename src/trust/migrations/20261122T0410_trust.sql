-- Books of a trust. Every table but trust_book only grows: what was recorded is never changed and never deleted. What a
-- book stands at is read from these rows (src/trust/book.ts); the money itself is in the ledger book of the same name.
create table trust_book (
  book             ledger_id      primary key references ledger_book,
  agreement        text           not null,
  -- The file as it was adopted; its conditions are read from here, not from the file of today.
  agreement_text   text           not null,
  agreement_sha256 text           not null check (agreement_sha256 ~ '^[0-9a-f]{64}$'),
  kind             text           not null check (kind in ('simulation', 'operating')),
  authority        jsonb          not null,
  accounts         jsonb          not null,
  adopted_at       timestamptz(3) not null,
  adopted_by       text           not null,
  -- An operating book stands on an enacted law, with its citation and an opinion of counsel.
  check (kind = 'simulation' or (authority ->> 'kind' = 'enacted' and authority ? 'citation' and authority ? 'opinion'))
);

create table trust_fact (
  seq         bigint         generated always as identity,
  book        ledger_id      not null references trust_book,
  id          text           not null,
  recorded_at timestamptz(3) not null,
  recorded_by text           not null,
  fact        jsonb          not null,
  primary key (book, id)
);

create table trust_deposit (
  seq             bigint    generated always as identity,
  book            ledger_id not null references trust_book,
  id              text      not null,
  member          text      not null,
  depositor_class text      not null,
  agency          text      not null check (agency <> ''),
  payday          date      not null,
  tax             text      not null check (tax in ('income_tax', 'social_security', 'medicare')),
  deposit_due     date      not null,
  amount_cents    bigint    not null check (amount_cents > 0),
  payroll_sha256  text      not null check (payroll_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (book, id)
);

create table trust_item (
  seq    bigint    generated always as identity,
  book   ledger_id not null references trust_book,
  id     text      not null,
  item   jsonb     not null,
  sha256 text      not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (book, id)
);

-- A signature is for the content that the person saw, by its hash.
create table trust_signature (
  seq         bigint         generated always as identity,
  book        ledger_id      not null,
  item        text           not null,
  item_sha256 text           not null check (item_sha256 ~ '^[0-9a-f]{64}$'),
  person      text           not null check (person <> ''),
  office      text           not null check (office <> ''),
  at          timestamptz(3) not null,
  primary key (book, item, person),
  foreign key (book, item) references trust_item
);

-- An item is carried out once, or withdrawn once, never both: src/trust/acts.ts decides under the lock of the book.
create table trust_executed (
  seq        bigint    generated always as identity,
  book       ledger_id not null,
  item       text      not null,
  on_day     date      not null,
  ach_sha256 text      check (ach_sha256 ~ '^[0-9a-f]{64}$'),
  primary key (book, item),
  foreign key (book, item) references trust_item
);

create table trust_ach (
  book ledger_id not null,
  item text      not null,
  text text      not null,
  primary key (book, item),
  foreign key (book, item) references trust_executed
);

create table trust_withdrawn (
  seq     bigint    generated always as identity,
  book    ledger_id not null,
  item    text      not null,
  on_day  date      not null,
  because text[]    not null,
  primary key (book, item),
  foreign key (book, item) references trust_item
);

create table trust_sent (
  seq          bigint    generated always as identity,
  book         ledger_id not null,
  item         text      not null,
  trace        text      not null,
  amount_cents bigint    not null check (amount_cents > 0),
  sent_on      date      not null,
  primary key (book, trace),
  foreign key (book, item) references trust_executed
);

create table trust_settled (
  seq          bigint    generated always as identity,
  book         ledger_id not null,
  item         text      not null,
  trace        text      not null,
  amount_cents bigint    not null check (amount_cents > 0),
  on_day       date      not null,
  line         text      not null,
  primary key (book, trace),
  foreign key (book, trace) references trust_sent
);

-- One row for each day that was run: the picture of balance and exposure at its last run. The log has every run.
create table trust_day (
  book   ledger_id      not null references trust_book,
  day    date           not null,
  run_at timestamptz(3) not null,
  body   jsonb          not null,
  sha256 text           not null check (sha256 ~ '^[0-9a-f]{64}$'),
  primary key (book, day)
);
