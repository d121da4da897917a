-- Finished runs of plans, kept so that nobody waits twice and a link keeps its figures when the facts change. A run is
-- computed from what is in the log already, so the log says nothing of it.
create table plan_run (
  -- SHA-256 of everything that the figures follow from (src/plan/runs/runs.ts).
  key         text           primary key check (key ~ '^[0-9a-f]{64}$'),
  plan        text           not null,
  title       text           not null,
  draws       integer        not null check (draws > 0),
  seed        bigint         not null check (seed >= 0),
  engine      text           not null,
  facts       text           not null,
  made_at     timestamptz(3) not null,
  -- The plan, its inputs and its assumptions as they were.
  ground      jsonb          not null,
  -- Results without the figures by month, which are float64 in little-endian order, deflated.
  results     jsonb          not null,
  figures     bytea          not null,
  -- What decides the result: a second stage, so it may come later.
  sensitivity jsonb
);
alter table plan_run alter column figures set storage external;
create index plan_run_by_plan on plan_run (plan, made_at desc);
