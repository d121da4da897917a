-- Plans that were written in this workbench. Each version is the document as it was saved, and never changes.
create table plan_version (
  id       text           not null check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 60),
  version  integer        not null check (version >= 1),
  sha256   text           not null check (sha256 ~ '^[0-9a-f]{64}$'),
  text     text           not null,
  why      text           not null check (why <> ''),
  saved_at timestamptz(3) not null,
  saved_by text           not null,
  primary key (id, version)
);

-- A plan stands here while it is set aside; its versions stay where they are.
create table plan_set_aside (
  id     text           primary key,
  why    text           not null check (why <> ''),
  set_at timestamptz(3) not null,
  set_by text           not null
);
