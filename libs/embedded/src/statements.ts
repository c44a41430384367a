import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

export type Row = Record<string, SQLOutputValue>;

/** The statements of one connection: each is prepared once. */
export class Statements {
  private readonly prepared = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values);
  }

  /** Rows as arrays, in the order of the columns: for many of them. */
  rows<Columns extends readonly SQLOutputValue[]>(sql: string, ...values: SQLInputValue[]): Columns[] {
    const statement = this.prepare(sql);
    statement.setReturnArrays(true);
    return statement.all(...values) as unknown as Columns[];
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values);
  }

  /** How many rows it has changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.prepare(sql).run(...values).changes);
  }

  /** What has been asked so far. */
  get texts(): readonly string[] {
    return [...this.prepared.keys()];
  }

  private prepare(sql: string): StatementSync {
    const statement = this.prepared.get(sql) ?? this.database.prepare(sql);
    this.prepared.set(sql, statement);
    return statement;
  }
}
