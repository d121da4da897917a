/*
 * A batch reads what it needs in one round trip and writes what took effect in another. The functions keep their plans:
 * planning these statements takes longer than a small batch itself. Plans are made for any numbers of rows and by the
 * indexes alone, since one that was made while a table was empty would be kept when it is large.
 */

/* Each statement sees what was committed while the ones before it waited. `next_batch` is null where there is no book. */
create function ledger_load(
  of_book text, account_ids text[], transfer_ids text[], hold_ids text[], original_ids text[],
  out closed_through date, out last_at timestamptz, out next_batch bigint,
  out accounts json, out transfers json, out endings json, out reversed json
) language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger ' || of_book, 0));
  -- Locked in the order of their ids, so that no two batches wait for each other.
  select json_agg(a) into accounts from (
    select t.id, t.code, t.normal, t."limit", t.upper::text, t.closed_batch is not null as closed,
           t.debits_pending::text, t.debits_posted::text, t.credits_pending::text, t.credits_posted::text
    from ledger_account t where t.book = of_book and t.id = any(account_ids)
    order by t.id for no key update) a;
  select (select max(p.through) from ledger_period p where p.book = b.book),
         (select l.at from ledger_batch l where l.book = b.book order by l.batch desc limit 1),
         nextval('ledger_batch_number')
    into closed_through, last_at, next_batch
    from ledger_book b where b.book = of_book;
  if not found then return; end if;
  if cardinality(transfer_ids) > 0 then
    select json_agg(a) into transfers from (
      select t.id, t.debit, t.credit, t.amount::text, t.kind, t.date, t.code, t.pending, t.released::text, t.expires,
             t.reverses, t.why, t.documents
      from ledger_transfer t where t.book = of_book and t.id = any(transfer_ids)) a;
  end if;
  if cardinality(hold_ids) > 0 then
    select json_agg(a) into endings from (
      select t.pending, t.kind from ledger_transfer t where t.book = of_book and t.pending = any(hold_ids)) a;
  end if;
  if cardinality(original_ids) > 0 then
    select json_agg(a) into reversed from (
      select t.reverses, sum(t.amount)::text as amount
      from ledger_transfer t where t.book = of_book and t.reverses = any(original_ids) group by t.reverses) a;
  end if;
end
$$;

/* Transfers, and the accounts that they changed. */
create function ledger_write(
  of_book text, of_batch bigint, recorded timestamptz,
  ids text[], debits text[], credits text[], amounts bigint[], kinds text[], dates date[], codes text[],
  holds text[], releases bigint[], last_days date[], originals text[], reasons text[], links text[],
  account_ids text[], new_debits_pending bigint[], new_debits_posted bigint[], new_credits_pending bigint[],
  new_credits_posted bigint[], new_closed_batch bigint[]
) returns void language plpgsql
  set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
begin
  insert into ledger_transfer (book, batch, recorded_at, place, id, debit, credit, amount, kind, date, code,
                               pending, released, expires, reverses, why, documents)
  select of_book, of_batch, recorded, n.place - 1, n.id, n.debit, n.credit, n.amount, n.kind, n.date, n.code,
         n.pending, n.released, n.expires, n.reverses, n.why, n.documents
  from unnest(ids, debits, credits, amounts, kinds, dates, codes, holds, releases, last_days, originals, reasons, links)
       with ordinality as n (id, debit, credit, amount, kind, date, code, pending, released, expires, reverses, why,
                             documents, place);
  update ledger_account a
  set debits_pending = n.debits_pending, debits_posted = n.debits_posted,
      credits_pending = n.credits_pending, credits_posted = n.credits_posted,
      closed_batch = coalesce(a.closed_batch, n.closed_batch)
  from unnest(account_ids, new_debits_pending, new_debits_posted, new_credits_pending, new_credits_posted,
              new_closed_batch)
       as n (id, debits_pending, debits_posted, credits_pending, credits_posted, closed_batch),
       -- One look into the index for each, whatever the plan is made for; the rows are locked and stay where they are.
       lateral (select x.ctid as row from ledger_account x where x.book = of_book and x.id = n.id offset 0) found
  where a.ctid = found.row;
end
$$;
