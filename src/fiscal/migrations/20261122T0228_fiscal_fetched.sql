-- A third owner of a series: fetched from a public service. It is neither part of the project's files, which are
-- replaced with them, nor a user's own estimate.
alter table fiscal_series drop constraint fiscal_series_origin_check;
alter table fiscal_series add constraint fiscal_series_origin_check
  check (origin in ('project', 'user', 'fetched'));
