-- The records that satisfy a query of words. Always by the index: near a fifth of all records the planner changes over
-- to reading the whole table, which takes several times as long where the table is in memory.
create function registry_found(question tsquery, is_ranked boolean)
  returns table (id text, group_id integer, date_first date, spans datemultirange, score float8)
  language sql stable parallel safe rows 1000 set enable_seqscan = off
  as $$
    select id, group_id, date_first, spans,
      -- Weights of D, C, B and A; a longer record is damped by the logarithm of its length.
      case when is_ranked then ts_rank('{0.1, 0.3, 0.6, 1}', vector, question, 1)::float8 else 0 end
    from registry_search where vector @@ question
  $$;
