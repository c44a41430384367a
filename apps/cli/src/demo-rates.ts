import type { EventStore } from '@ledger/event-sourcing';
import type { Knowledge, RatesAnswer, ReadStore } from '@ledger/poverty-rates';
import { Librarian, ratesOf } from '@ledger/poverty-rates';
import { parseDay } from '@ledger/kernel';
import { ALL_HOUSEHOLDS } from '@ledger/standards';

const PROVINCE = '67';
const DAYS = ['2022-12-31', '2023-12-31'].map(parseDay);

interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/** The rates of the demo's province and districts, computed from its households: the first thing to see. */
export async function printRates(
  { eventStore, readStore }: Stores,
  print: (line: string) => void,
): Promise<void> {
  const today = DAYS.at(-1) ?? parseDay('2023-12-31');
  await new Librarian(readStore, eventStore).ask({ today }, async (knowledge) => {
    print('');
    print(`${'poor households'.padEnd(28)}${DAYS.map((day) => day.padStart(22)).join('')}`);
    for (const code of [...districtsOf(knowledge), PROVINCE]) {
      const answers = await Promise.all(
        DAYS.map((on) =>
          ratesOf(knowledge, { unit: knowledge.tree.resolve(code, on).id, on, group: ALL_HOUSEHOLDS }),
        ),
      );
      print(lineOf(answers));
    }
  });
}

function districtsOf({ tree }: Knowledge): string[] {
  const [day] = DAYS;
  return day ? tree.childrenOn(tree.resolve(PROVINCE, day).id, day).map(({ code }) => code) : [];
}

function lineOf(answers: readonly RatesAnswer[]): string {
  const name = answers[0]?.unit.name ?? '';
  const cells = answers.map(({ poor }) =>
    `${poor.households ?? '-'}  ${poor.rate?.toFixed(2) ?? '-'} %`.padStart(22),
  );
  return `${name.padEnd(28)}${cells.join('')}`;
}
