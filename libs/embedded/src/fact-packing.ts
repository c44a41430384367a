import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BareFact } from '@ledger/households';
import { numberOfDay } from '@ledger/kernel';
import type { FactNumbers, Known, Saying } from '@ledger/poverty-rates';
import { FACT_AT, factsIn, NUMBERS_OF_A_FACT, partsOf } from '@ledger/poverty-rates';
import type { Names } from './names';
import { numbersIn } from './numbers-in';

/**
 * Packs the facts of a household in 20 bytes each. What facts say is kept once; days, places and villages
 * are numbers.
 */
export class FactPacking {
  private readonly ids = new Map<string, number>();
  private readonly sayings = new Map<number, Saying>();
  private readonly byText: StatementSync;
  private readonly byId: StatementSync;
  private readonly insert: StatementSync;
  private readonly known: FactNumbers = {
    sayingOf: (number) => this.sayingOf(number),
    nameOf: (number) => this.names.nameOf(number),
  };

  constructor(
    database: DatabaseSync,
    private readonly names: Names,
  ) {
    this.byText = database.prepare('SELECT id FROM sayings WHERE saying = ?');
    this.byId = database.prepare('SELECT saying FROM sayings WHERE id = ?');
    this.insert = database.prepare('INSERT INTO sayings (saying) VALUES (?)');
  }

  pack(facts: readonly Known<BareFact>[]): Uint8Array {
    const numbers = new Int32Array(facts.length * NUMBERS_OF_A_FACT);
    facts.forEach(({ fact, recordedOn }, index) => {
      const at = index * NUMBERS_OF_A_FACT;
      const { says, place, village } = partsOf(fact);
      numbers[at + FACT_AT.recordedOn] = numberOfDay(recordedOn);
      numbers[at + FACT_AT.effectiveOn] = numberOfDay(fact.effectiveOn);
      numbers[at + FACT_AT.says] = this.numberOf(says);
      numbers[at + FACT_AT.place] = place === undefined ? 0 : this.names.numberOf(place);
      numbers[at + FACT_AT.village] = village === undefined ? 0 : this.names.numberOf(village);
    });
    return new Uint8Array(numbers.buffer);
  }

  unpack(bytes: Uint8Array): readonly Known<BareFact>[] {
    return factsIn(numbersIn(bytes), this.known);
  }

  /** After a transaction that was rolled back: its numbers go to others. */
  forget(): void {
    this.ids.clear();
    this.sayings.clear();
  }

  /** For a writer: gives a number to a saying that has none. */
  numberOf(text: string): number {
    const known = this.ids.get(text) ?? this.byText.get(text)?.['id'];
    const id = Number(known ?? this.insert.run(text).lastInsertRowid);
    this.ids.set(text, id);
    return id;
  }

  private sayingOf(id: number): Saying {
    const known = this.sayings.get(id);
    if (known) return known;
    const saying = JSON.parse(String(this.byId.get(id)?.['saying'])) as Saying;
    this.sayings.set(id, saying);
    return saying;
  }
}
