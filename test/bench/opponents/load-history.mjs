// Fills the history table from files. Arguments: socket folder, folder of the files.
import pg from 'pg';
import { answer, freshDatabase, sqlOf } from './database.mjs';

const [socketFolder, folder] = process.argv.slice(2);
const client = new pg.Client(await freshDatabase(socketFolder, 'history'));
await client.connect();
const startedAt = performance.now();
await client.query(sqlOf('schema.sql'));
for (const table of ['unit', 'unit_closure', 'unit_total', 'household_status_history']) {
  await client.query(`COPY ${table} FROM '${folder}/${table}'`);
}
await client.query(sqlOf('indexes.sql'));
await client.query('VACUUM (ANALYZE)');
await client.query('CHECKPOINT');
const { rows } = await client.query(
  "SELECT count(*) AS rows, pg_database_size('history') AS bytes FROM household_status_history",
);
answer({ seconds: (performance.now() - startedAt) / 1_000, ...rows[0] });
await client.end();
