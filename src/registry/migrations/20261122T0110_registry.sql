-- The registry: every version of every record, kept for ever. The newest version of an id is the record.
create table registry_version (
  id          text           not null check (id ~ '^(m|fed|suit|alliance|doc|play)-[a-z0-9-]+$'),
  version     integer        not null check (version >= 1),
  kind        text           not null check (kind in
                ('measure', 'federal-action', 'lawsuit', 'alliance', 'doctrine', 'playbook-type')),
  -- Valid time: from when the record's status is known to hold (EDTF level 0); null where nothing tells.
  valid_from  text           check (valid_from ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
  -- Recorded time: when this version entered the registry.
  recorded_at timestamptz(3) not null,
  -- Canonical JSON (RFC 8785), as text: the bytes that `hash` is the SHA-256 of.
  record      text           not null,
  hash        bytea          not null,
  -- Whence it came: the files of src/registry/data, or the operator of this workbench.
  origin      text           not null check (origin in ('file', 'operator')),
  change      text           not null check (change in ('added', 'correction', 'status')),
  reason      text           check (reason <> ''),
  -- The number of the change to the registry (one transaction) in which it came.
  revision    bigint         not null check (revision >= 1),
  audit_seq   bigint         not null unique references audit_event (seq),
  primary key (id, version),
  constraint hash_is_of_record check (hash = sha256(convert_to(record, 'UTF8'))),
  check ((version = 1) = (change = 'added')),
  check (record::jsonb ->> 'id' = id and record::jsonb ->> 'kind' = kind)
);
create index registry_version_by_revision on registry_version (revision);
create index registry_version_by_time on registry_version (recorded_at);

create function registry_version_follows() returns trigger language plpgsql as $$
declare
  newest record;
begin
  select version, kind, recorded_at, revision into newest
    from registry_version where id = new.id order by version desc limit 1;
  if new.version <> coalesce(newest.version, 0) + 1 then
    raise exception 'version % of % does not follow version %', new.version, new.id, coalesce(newest.version, 0)
      using errcode = 'check_violation';
  end if;
  if newest.version is not null and (new.kind <> newest.kind or new.recorded_at < newest.recorded_at) then
    raise exception 'version % of % changes its kind or was recorded before the one it follows', new.version, new.id
      using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger registry_version_in_order before insert on registry_version
  for each row execute function registry_version_follows();
create trigger registry_version_append_only before update or delete on registry_version
  for each row execute function audit_refuse_change();
create trigger registry_version_never_truncated before truncate on registry_version
  for each statement execute function audit_refuse_change();

-- One row: the number of the last change. It is locked while a change is made, so that changes follow each other.
create table registry_revision (
  one      boolean primary key default true check (one),
  revision bigint  not null check (revision >= 0)
);
insert into registry_revision (revision) values (0);

-- The files as last taken in, so that a start on unchanged files reads none of them twice.
create table registry_file (
  path   text  primary key,
  sha256 bytea not null check (octet_length(sha256) = 32)
);

-- The hash of each record as last taken from the files: a record is taken again only when its own text changed.
create table registry_file_record (
  id   text  primary key,
  hash bytea not null check (octet_length(hash) = 32)
);
