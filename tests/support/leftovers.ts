/** What is left of erased words: looked for in every table of the database and in every file of an instance. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/** Tables with a row that holds `text` anywhere. */
export async function tablesHolding(databaseUrl: string, text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`);
    const holding: string[] = [];
    for (const { name } of rows) {
      const found = await client.query(`select 1 from ${name} as one where one::text like $1 limit 1`, [`%${text}%`]);
      if (found.rowCount) holding.push(name);
    }
    return holding;
  } finally {
    await client.end();
  }
}

/** Files of the instance, those of its database and its logs included, in which the bytes stand. */
export async function filesHolding(folder: string, bytes: Buffer): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const file of entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))) {
    // A file may be removed while one looks.
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    if (content.includes(bytes)) holding.push(path.relative(folder, file));
  }
  return holding;
}
