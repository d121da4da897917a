-- Full-text search over the current version of every record. Derived: it can be rebuilt from the records at any time.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- English stems, with accents taken off first, so that "Peña" is found by "pena" and the other way round.
create text search configuration registry_english (copy = english);
alter text search configuration registry_english
  alter mapping for word, hword, hword_part, asciiword, asciihword, hword_asciipart
  with unaccent, english_stem;

-- Every combination of filter values that some record has. There are far fewer of these than records, so that the
-- counts beside each filter are sums over groups.
create table registry_search_group (
  id         integer generated always as identity primary key,
  kind       text not null,
  area       text not null,
  status     text not null,
  -- Empty where the kind has no such field.
  stance     text not null,
  party      text not null,
  confidence text not null,
  -- Legal tiers of a measure's playbook types; of a playbook type its own.
  tiers      text[] not null,
  -- Postal codes of the states, and US for the nation.
  states     text[] not null,
  -- The divisions, and the states that they lie in: a search for a state finds its counties and cities.
  places     text[] not null,
  unique (kind, area, status, stance, party, confidence, tiers, states, places)
);

-- What is matched and sorted. What is only shown stands apart, so that this table stays small enough to be read whole.
create table registry_search (
  id         text collate "C" primary key,
  group_id   integer not null references registry_search_group,
  -- First day of the date that a list shows.
  date_first date,
  -- Every date of the record, as the days that it may stand for.
  spans      datemultirange not null,
  -- Playbook types of a measure.
  types      text[] not null,
  vector     tsvector not null
);
create table registry_search_text (
  id            text collate "C" primary key references registry_search on delete cascade,
  title         text not null,
  summary       text not null,
  body          text not null,
  -- As precise as its source.
  date          text,
  jurisdictions text[] not null,
  -- Distinct surface words, so that the vocabulary can be kept in step.
  words         text[] not null
);
create index registry_search_title on registry_search_text (title collate "C", id);
create index registry_search_vector on registry_search using gin (vector) with (fastupdate = off);
create index registry_search_types on registry_search using gin (types) with (fastupdate = off);
create index registry_search_group_id on registry_search (group_id);
create index registry_search_newest on registry_search (date_first desc nulls last, id) include (group_id);

-- The words that records hold, as written: a mistyped word is corrected to one of these.
create table registry_word (
  word      text collate "C" primary key,
  lexeme    text collate "C",
  documents integer not null
);
create index registry_word_lexeme on registry_word (lexeme);
create index registry_word_trigrams on registry_word using gist (word gist_trgm_ops (siglen = 64));
