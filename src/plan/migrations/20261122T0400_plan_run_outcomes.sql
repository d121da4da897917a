-- What the horizon changes in each draw, packed like the figures: two plans are compared draw by draw. Runs that lack it
-- can be made again, so they go.
delete from plan_run;
alter table plan_run add column outcomes bytea not null;
alter table plan_run alter column outcomes set storage external;
