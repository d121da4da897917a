-- The audit log: one row per event, kept for ever. `seq` is the leaf's index in the Merkle tree (RFC 6962), so
-- it starts at 0 and has no gaps.
create table audit_event (
  seq          bigint         primary key check (seq >= 0),
  at           timestamptz(3) not null,
  actor        text           not null check (actor <> ''),
  kind         text           not null check (kind <> ''),
  subject      text           not null check (subject <> ''),
  -- Canonical JSON (RFC 8785), as text: the bytes that `payload_hash` is the SHA-256 of.
  payload      text           not null,
  payload_hash bytea          not null check (octet_length(payload_hash) = 32),
  leaf_hash    bytea          not null check (octet_length(leaf_hash) = 32),
  -- Hashes of the perfect subtrees that end with this leaf, from level 1 upwards, 32 bytes each.
  -- Leaf `seq` completes one for each trailing 1 bit of `seq`; every inner node of the tree is in here once.
  subtrees     bytea          not null check (octet_length(subtrees) % 32 = 0)
);
create index audit_event_by_kind on audit_event (kind, seq);
create index audit_event_by_subject on audit_event (subject, seq);

-- Every tree head that was ever signed and handed out.
create table audit_checkpoint (
  size   bigint         primary key check (size >= 0),
  root   bytea          not null check (octet_length(root) = 32),
  key_id text           not null check (key_id ~ '^[0-9a-f]{8}$'),
  note   text           not null,
  at     timestamptz(3) not null
);

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
create trigger audit_event_append_only before update or delete on audit_event
  for each row execute function audit_refuse_change();
create trigger audit_event_never_truncated before truncate on audit_event
  for each statement execute function audit_refuse_change();
create trigger audit_checkpoint_append_only before update or delete on audit_checkpoint
  for each row execute function audit_refuse_change();
create trigger audit_checkpoint_never_truncated before truncate on audit_checkpoint
  for each statement execute function audit_refuse_change();
