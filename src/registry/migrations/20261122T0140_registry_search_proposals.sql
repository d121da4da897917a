-- Versions that an importer proposes and a person accepts or declines. They are no facts until then.
create table registry_proposal (
  n           bigint generated always as identity primary key,
  record_id   text not null check (record_id ~ '^(m|fed|suit|alliance|doc|play)-[a-z0-9-]+$'),
  kind        text not null,
  service     text not null,
  -- Canonical JSON of the record as far as the service tells it; the fields in `needs` are for a person to give.
  record      text not null,
  hash        bytea not null check (hash = sha256(convert_to(record, 'UTF8'))),
  needs       text[] not null,
  proposed_at timestamptz(3) not null,
  state       text not null default 'proposed' check (state in ('proposed', 'accepted', 'declined')),
  decided_at  timestamptz(3),
  reason      text,
  check ((state = 'proposed') = (decided_at is null)),
  -- The same text is proposed once, even after it was declined.
  unique (record_id, hash)
);
create index registry_proposal_open on registry_proposal (n) where state = 'proposed';
