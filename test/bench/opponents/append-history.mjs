// Writes reviews into the history table, each in one transaction. Arguments: socket folder, workload, writers.
import pg from 'pg';
import { answer, freshDatabase, perSecond, sqlOf, workloadOf } from './database.mjs';

const [socketFolder, file, writers] = process.argv.slice(2);
const settings = await freshDatabase(socketFolder, 'history_writes');
const pool = new pg.Pool({ ...settings, max: Number(writers), min: Number(writers) });
await pool.query(sqlOf('schema.sql'));
await pool.query(sqlOf('indexes.sql'));

// One round trip: close the open row, keep what it said of the days before, and add the new one.
const REVIEW = `WITH old AS (
    UPDATE household_status_history SET recorded_to = $7
    WHERE household_id = $1 AND standard = $3 AND recorded_to = 'infinity' AND effective_to = 'infinity'
    RETURNING unit_id, status, members, effective_from
  ), kept AS (
    INSERT INTO household_status_history
    SELECT $1, unit_id, $3, status, members, effective_from, $6, $7, 'infinity' FROM old WHERE effective_from < $6
  )
  INSERT INTO household_status_history VALUES ($1, $2, $3, $4, $5, $6, 'infinity', $7, 'infinity')`;

const write = ({ row }) => pool.query({ name: 'review', text: REVIEW, values: row });
answer({ perSecond: await perSecond(workloadOf(file), Number(writers), write) });
await pool.end();
