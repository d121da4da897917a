import type pg from 'pg'

/** Everything of ours stands in the schema `public`; what an extension brought is not ours. */
const OURS = `c.relnamespace = 'public'::regnamespace and not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

export interface TableShape {
  readonly name: string
  readonly columns: readonly string[]
}

/** Tables that hold rows (a partitioned table's rows are in its partitions), with the columns that are stored. */
export async function listTables(client: pg.ClientBase): Promise<readonly TableShape[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             order by a.attnum) as columns
     from pg_class c where c.relkind = 'r' and ${OURS} order by c.relname collate "C"`,
  )
  return rows
}

export async function listSequences(
  client: pg.ClientBase,
): Promise<readonly { readonly name: string; readonly last_value: string; readonly is_called: boolean }[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'S' and ${OURS} order by c.relname collate "C"`,
  )
  const sequences = []
  for (const { name } of rows) {
    const state = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value::text, is_called from ${quote(name)}`,
    )
    sequences.push({
      name,
      last_value: state.rows[0]?.last_value ?? '1',
      is_called: state.rows[0]?.is_called ?? false,
    })
  }
  return sequences
}

export async function listMaterializedViews(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relkind = 'm' and ${OURS} order by c.oid`,
  )
  return rows.map((row) => row.name)
}

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

export async function listForeignKeys(client: pg.ClientBase): Promise<readonly ForeignKey[]> {
  const { rows } = await client.query<{ table: string; name: string; definition: string }>(
    `select c.relname as "table", k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.contype = 'f' and k.conparentid = 0 and ${OURS} order by c.relname, k.conname`,
  )
  return rows
}

/** Triggers of ours, with how each is switched (`tgenabled` in pg_trigger: O origin, A always, R replica, D off). */
export async function listTriggers(
  client: pg.ClientBase,
): Promise<readonly { readonly table: string; readonly name: string; readonly enabled: string }[]> {
  const { rows } = await client.query<{ table: string; name: string; enabled: string }>(
    `select c.relname as "table", t.tgname as name, t.tgenabled::text as enabled
     from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and ${OURS}`,
  )
  return rows
}

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
