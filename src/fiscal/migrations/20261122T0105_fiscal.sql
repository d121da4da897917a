-- Money between jurisdictions and the federal government. The jurisdiction (an Open Civic Data division id) stands
-- first in the key of every large table, so that it can be partitioned.
create domain fiscal_grade as text
  check (value in ('official', 'published-re-read', 'our-reconstruction', 'illustration-only', 'user'));
create domain fiscal_year_kind as text
  check (value in ('federal-fiscal', 'state-fiscal', 'calendar', 'tax-year', 'march', 'federal-fiscal-sum',
                   'mixed', 'unknown'));
create domain fiscal_strength as text
  check (value in ('entitlement', 'formula', 'project', 'contract', 'direct', 'not_coded'));

-- Every load of a set of files, in order: the newest number is the revision of all figures.
create table fiscal_load (
  revision  bigint         generated always as identity primary key,
  subject   text           not null,
  sha256    text           not null check (sha256 ~ '^[0-9a-f]{64}$'),
  row_count integer        not null check (row_count >= 0),
  loaded_at timestamptz(3) not null
);

create table fiscal_series (
  id       text primary key,
  -- Whose series it is: part of the project, or uploaded by a user.
  origin   text not null check (origin in ('project', 'user')),
  position integer not null,
  body     jsonb not null
);

create table fiscal_source (
  source_id text primary key,
  body      jsonb not null
);

create table fiscal_category (
  series   text    not null references fiscal_series on delete cascade,
  category text    not null,
  position integer not null,
  body     jsonb   not null,
  primary key (series, category)
);

create table fiscal_flow (
  jurisdiction text     not null,
  series       text     not null,
  category     text     not null,
  year         smallint not null,
  value        numeric  not null,
  source       text     not null,
  primary key (jurisdiction, series, category, year),
  foreign key (series, category) references fiscal_category on delete cascade
);

-- A list of federal awards of one jurisdiction, from one file.
create table fiscal_inventory (
  jurisdiction text           not null,
  id           text           not null,
  title        text           not null,
  format       text           not null check (format in ('sefa', 'usaspending', 'template', 'first')),
  file_name    text           not null,
  sha256       text           not null check (sha256 ~ '^[0-9a-f]{64}$'),
  award_count  integer        not null check (award_count >= 0),
  total_cents  bigint         not null,
  grade        fiscal_grade   not null,
  imported_at  timestamptz(3) not null,
  primary key (jurisdiction, id)
);

create table fiscal_award (
  jurisdiction text             not null,
  inventory    text             not null,
  line         integer          not null check (line > 0),
  award_id     text,
  agency       text             not null check (agency <> ''),
  aln          text,
  programme    text             not null check (programme <> ''),
  strength     fiscal_strength  not null,
  state_agency text,
  year         smallint         not null,
  year_kind    fiscal_year_kind not null,
  amount_cents bigint           not null,
  match_cents  bigint,
  effort_cents bigint,
  primary key (jurisdiction, inventory, line),
  foreign key (jurisdiction, inventory) references fiscal_inventory on delete cascade
);

-- Every version of every disruption; the newest counts, and none is changed or removed.
create table fiscal_disruption (
  jurisdiction text            not null,
  id           text            not null,
  version      integer         not null check (version > 0),
  record_id    text            not null,
  kind         text            not null check (kind in ('freeze', 'denial', 'termination', 'delay', 'restoration')),
  agency       text            not null check (agency <> ''),
  programme    text            not null check (programme <> ''),
  aln          text,
  strength     fiscal_strength not null,
  awarded_cents bigint         check (awarded_cents >= 0),
  drawn_cents   bigint         check (drawn_cents >= 0),
  stopped_cents bigint         check (stopped_cents >= 0),
  back_cents    bigint         check (back_cents >= 0),
  -- EDTF: as precise as the source, so text.
  since        text            not null,
  until        text,
  affected     text            not null,
  court_status text            not null check (court_status in
                 ('no-suit', 'pending', 'relief-granted', 'relief-denied', 'on-appeal', 'decided')),
  source_url   text            not null,
  recorded_at  timestamptz(3)  not null,
  recorded_by  text            not null,
  primary key (jurisdiction, id, version)
);
create index fiscal_disruption_by_record on fiscal_disruption (record_id);
create function fiscal_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
create trigger fiscal_disruption_append_only before update or delete on fiscal_disruption
  for each row execute function fiscal_refuse_change();

-- What a jurisdiction holds in reserve, as its own officer reports it; it opens the ratio that needs it.
create table fiscal_reserve (
  jurisdiction text             not null,
  as_of        date             not null,
  amount_cents bigint           not null check (amount_cents >= 0),
  source_url   text             not null,
  recorded_at  timestamptz(3)   not null,
  primary key (jurisdiction, as_of)
);
