/**
 * `node scripts/generate-data-schema.ts`: writes amplify/data/schema.sql.ts, what AppSync knows of our Postgres, from the
 * migrations run on an embedded database. Amplify's own command reads a database in the cloud; the same generator is called
 * here with what it would have read. Needs the packages of the cloud definition, and installs them where they are missing.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { amplifyPackagesFolder, installAmplifyPackages } from './deploy/amplify-packages.ts';
import { withMigratedDatabase } from './database/migrated-database.ts';
import { repositoryRoot } from './support/paths.ts';

export const DATA_SCHEMA_FILE = 'amplify/data/schema.sql.ts';
/** Of the whole schema, only what is made for other clients (supabase/migrations/0014_graphql_role.sql). */
const EXPOSED = /^graphql_/;
const HEADER = `/* The data other clients read, from supabase/migrations. Do not edit: node scripts/generate-data-schema.ts */\n`;

interface ColumnRow {
  table_name: string;
  column_name: string;
  [column: string]: unknown;
}
interface Generator {
  PostgresStringDataSourceAdapter: new (csv: string) => { getModels(): unknown[] };
  Schema: new (engine: unknown) => { addModel(model: unknown): void };
  Engine: new (name: 'Postgres') => unknown;
  generateTypescriptDataSchema(schema: unknown, config: { identifier: string; secretNames: { connectionUri: string; sslCertificate: string } }): string;
}

/** @param databaseUrl of a migrated database. @param packages the folder above the node_modules of the cloud definition. */
export async function dataSchema(databaseUrl: string, packages: string): Promise<string> {
  const require = createRequire(path.join(packages, 'package.json'));
  const generator = require('@aws-amplify/graphql-schema-generator') as Generator;
  // Not exported: the query Amplify asks a database with, and how it makes text of the answer. The version is pinned.
  const lib = path.dirname(require.resolve('@aws-amplify/graphql-schema-generator'));
  const { getPostgresSchemaQuery } = require(path.join(lib, 'datasource-adapter/pg-datasource-adapter.js')) as { getPostgresSchemaQuery(database: string): string };
  const { DataSourceAdapter } = require(path.join(lib, 'datasource-adapter/datasource-adapter.js')) as { DataSourceAdapter: { prototype: { queryToCSV(rows: unknown[]): string } } };

  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows: ColumnRow[] = await client.query<ColumnRow>(getPostgresSchemaQuery('postgres')).then(({ rows: found }) => found).finally(() => client.end());
  const exposed = rows.filter((row) => EXPOSED.test(row.table_name)).map(asTable).sort(inOrder);
  const adapter = new generator.PostgresStringDataSourceAdapter(DataSourceAdapter.prototype.queryToCSV.call({}, exposed));
  const schema = new generator.Schema(new generator.Engine('Postgres'));
  for (const model of adapter.getModels()) schema.addModel(model);
  // A name of our own: the generator's is made of host and port, which would differ from environment to environment.
  const text = generator.generateTypescriptDataSchema(schema, { identifier: 'spool', secretNames: { connectionUri: 'SQL_CONNECTION_STRING', sslCertificate: 'SQL_CA' } });
  return HEADER + onlyRead(withTimes(text));
}

/** A view has no key in the catalogue, and Amplify makes no model without one: its `id` is one. */
function asTable(row: ColumnRow): ColumnRow {
  if (row.column_name === 'id') return { ...row, is_nullable: 'NO', indexname: `${row.table_name}_pkey`, constraint_type: 'PRIMARY KEY', index_columns: 'id' };
  return row;
}

function inOrder(a: ColumnRow, b: ColumnRow): number {
  return a.table_name.localeCompare(b.table_name) || Number(a.ordinal_position) - Number(b.ordinal_position);
}

/** The views write times as GraphQL does; the columns are text, which is all the generator sees. */
function withTimes(text: string): string {
  return text.replaceAll(/("\w+_at"): a\.string\(\)/g, '$1: a.datetime()');
}

/** The role behind the views writes nothing: neither changes nor news of changes made by AppSync exist. */
function onlyRead(text: string): string {
  return text.replaceAll(/(\.identifier\(\[\s*"id"\s*\]\))/g, '$1.disableOperations(["mutations", "subscriptions"])');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const missing = await installAmplifyPackages(new AbortController().signal);
  if (missing) throw new Error(missing);
  const text = await withMigratedDatabase((url) => dataSchema(url, amplifyPackagesFolder()));
  fs.writeFileSync(path.join(repositoryRoot, DATA_SCHEMA_FILE), text);
}
