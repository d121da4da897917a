-- Runs that sweeps asked for, each once by what its figures follow from (src/plan/runs/runs.ts): a job of the queue names a
-- row, and any process on this database can do it. A run is computed from what is in the log already, so the log says
-- nothing of it.
create table plan_sweep_run (
  key      text        primary key check (key ~ '^[0-9a-f]{64}$'),
  engine   text        not null,
  draws    integer     not null check (draws > 0),
  seed     bigint      not null check (seed >= 0),
  -- What the result says about itself: plan, facts, places left out.
  about    text        not null,
  -- What the model is run on, as JSON; no longer needed when there is a result.
  scenario text,
  -- Canonical JSON (RFC 8785), the same bytes whoever made it.
  result   text,
  error    text,
  check (result is null or error is null),
  check (scenario is not null or result is not null)
);
