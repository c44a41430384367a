import type { Booking, JournalEntry, ReadModelBatch } from '@ledger/poverty-rates';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { codeOf, NOTHING } from './read-schema';

const ADD = 'households = households + excluded.households, persons = persons + excluded.persons';

/** Writes a batch within the transaction of its caller. */
export class ReadWriter {
  private readonly statements: Readonly<Record<string, StatementSync>>;

  constructor(database: DatabaseSync) {
    this.statements = {
      journal: database.prepare(
        `INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${ADD}`,
      ),
      emptyJournal: database.prepare(`DELETE FROM journal WHERE ${NOTHING}`),
      balance: database.prepare(
        `INSERT INTO balances VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET ${ADD}`,
      ),
      emptyBalances: database.prepare(`DELETE FROM balances WHERE ${NOTHING}`),
      household: database.prepare('INSERT OR REPLACE INTO households VALUES (?, ?, ?, ?)'),
      unit: database.prepare('INSERT INTO units (recorded_on, fact) VALUES (?, ?)'),
      total: database.prepare('INSERT INTO totals (unit, grp, recorded_on, fact) VALUES (?, ?, ?, ?)'),
      park: database.prepare('INSERT OR REPLACE INTO parked VALUES (?, ?)'),
      unpark: database.prepare('DELETE FROM parked WHERE stream = ?'),
      meta: database.prepare('UPDATE meta SET value = ? WHERE key = ?'),
    };
  }

  write(batch: ReadModelBatch): void {
    const { position, lastDay } = batch.checkpoint;
    this.run('meta', position, 'position');
    this.run('meta', lastDay ?? '', 'lastDay');
    for (const entry of batch.journal) this.addToJournal(entry);
    for (const booking of batch.balances) this.addToBalance(booking);
    this.run('emptyJournal');
    this.run('emptyBalances');
    for (const { id, facts, listed } of batch.households) {
      this.run('household', id, JSON.stringify(facts), listed?.place ?? null, listed?.number ?? null);
    }
    for (const { fact, recordedOn } of batch.units) this.run('unit', recordedOn, JSON.stringify(fact));
    for (const { fact, recordedOn } of batch.totals) {
      this.run('total', fact.unit, fact.group, recordedOn, JSON.stringify(fact));
    }
    for (const stream of batch.unparked) this.run('unpark', stream);
    for (const parked of batch.parked) this.run('park', parked.stream, JSON.stringify(parked));
  }

  private addToJournal(entry: JournalEntry): void {
    const { place, standard, recordedOn, effectiveOn, household, group, column, counterpart } = entry;
    const key = [
      place,
      standard,
      recordedOn,
      effectiveOn,
      household,
      group,
      codeOf(column),
      counterpart ?? '',
    ];
    this.run('journal', ...key, entry.households, entry.persons);
  }

  private addToBalance({ unit, standard, group, effectiveOn, column, households, persons }: Booking): void {
    this.run('balance', unit, standard, group, effectiveOn, codeOf(column), households, persons);
  }

  private run(name: string, ...values: (string | number | null)[]): void {
    (this.statements[name] as StatementSync).run(...values);
  }
}
