// Asks the history table for rates. Arguments: socket folder, file of questions.
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { answer, settingsFor } from './database.mjs';

const [socketFolder, file] = process.argv.slice(2);
const client = new pg.Client(settingsFor(socketFolder, 'history'));
await client.connect();

const STATUSES = `SELECT count(*) FILTER (WHERE status = 1) AS poor,
    coalesce(sum(members) FILTER (WHERE status = 1), 0) AS poor_persons,
    count(*) FILTER (WHERE status = 2) AS near_poor,
    coalesce(sum(members) FILTER (WHERE status = 2), 0) AS near_poor_persons
  FROM household_status_history h`;
const TOTALS = 'SELECT sum(households) AS total FROM unit_total h';
const LATEST = "h.effective_from <= $1 AND h.effective_to > $1 AND h.recorded_to = 'infinity'";
const KNOWN =
  'h.effective_from <= $1 AND h.effective_to > $1 AND h.recorded_from <= $2 AND h.recorded_to > $2';

/** A unit below the country is the set of its communes; the country is everything and needs no join. */
function statement({ unit, knownOn }, select, rest) {
  const known = knownOn !== undefined;
  const isCountry = unit === 'VN';
  const place = known ? 3 : 2;
  const join = isCountry ? '' : 'JOIN unit_closure c ON c.commune = h.unit_id';
  const where = isCountry ? '' : `AND c.ancestor = (SELECT unit_id FROM unit WHERE code = $${place})`;
  return {
    text: `${select} ${join} WHERE ${known ? KNOWN : LATEST} ${where} ${rest(place + (isCountry ? 0 : 1))}`,
  };
}

async function ask(question) {
  const { unit, on, knownOn, standard } = question;
  const kind = `${unit === 'VN' ? 'country' : 'unit'}-${knownOn === undefined ? 'latest' : 'known'}`;
  const values = [on, ...(knownOn === undefined ? [] : [knownOn]), ...(unit === 'VN' ? [] : [unit])];
  const statuses = statement(question, STATUSES, (next) => `AND h.standard = $${next} AND h.status < 3`);
  const totals = statement(question, TOTALS, () => '');
  // Both are on their way before the first answer comes back.
  const [counted, total] = await Promise.all([
    client.query({ name: `statuses-${kind}`, ...statuses, values: [...values, Number(standard.slice(3))] }),
    client.query({ name: `totals-${kind}`, ...totals, values }),
  ]);
  return { ...counted.rows[0], total: total.rows[0].total };
}

const { warmUp, questions } = JSON.parse(readFileSync(file, 'utf8'));
for (const question of warmUp) await ask(question);
const answers = [];
for (const question of questions) {
  const startedAt = performance.now();
  const { poor, poor_persons, near_poor, near_poor_persons, total } = await ask(question);
  const ms = performance.now() - startedAt;
  answers.push({ ms, said: [poor, poor_persons, near_poor, near_poor_persons, total].map(Number) });
}
answer(answers);
await client.end();
