import type { UnitTree } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { dayAfter, dayBefore, earlierOf, laterOf } from '@ledger/kernel';
import type { Standard } from '@ledger/standards';
import type { Column, StockList } from '../ledger/columns';
import type { Amount } from '../ledger/movement';
import { isNothing, minus, NOTHING, plus } from '../ledger/movement';
import type { FlowsQuestion, RangeColumns } from './flows';
import { endsOf } from './flows';
import type { Columns } from './book';
import type { Knowledge } from './knowledge';
import { stockOf } from './knowledge';

/** Days, both included, on which one unit is directly below another. */
interface Stretch {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/**
 * The columns of a unit as a part of the unit that is asked about: only for the days on which it is directly
 * below it. What it brings along when it comes is `boundaryIn`, what it takes away `boundaryOut`. A commune
 * whose district ends passes to the province: the district is left, and nothing is counted twice.
 */
export async function columnsAsChild(
  knowledge: Knowledge,
  child: UnitId,
  standard: Standard,
  question: FlowsQuestion,
): Promise<RangeColumns> {
  const { unit, group } = question;
  const { opening, closing } = endsOf(question, standard);
  const upTo = (to: PlainDate): Promise<Columns> => knowledge.columns(child, standard.id, group, { to });
  const within = new Map<Column, Amount>();
  const stretches = stretchesBelow(knowledge.tree, child, unit, opening, closing);
  for (const { from, to } of stretches) {
    if (from > opening) addStock(within, await upTo(dayBefore(from)), 'boundaryIn');
    const days = { from: laterOf(from, dayAfter(opening)), to: earlierOf(to, closing) };
    add(within, await knowledge.columns(child, standard.id, group, days));
    if (to < closing) addStock(within, await upTo(to), 'boundaryOut');
  }
  const belongs = (day: PlainDate): boolean => stretches.some(({ from, to }) => from <= day && day <= to);
  return {
    opening: belongs(opening) ? await upTo(opening) : new Map(),
    within,
    closing: belongs(closing) ? await upTo(closing) : new Map(),
  };
}

/** The stretches of days from `opening` to `closing` on which the child is directly below the unit. */
function stretchesBelow(
  tree: UnitTree,
  child: UnitId,
  unit: UnitId,
  opening: PlainDate,
  closing: PlainDate,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const starts = [opening, ...tree.changesBelow(unit, opening, closing)];
  for (const [index, from] of starts.entries()) {
    const next = starts[index + 1];
    const to = next === undefined ? closing : dayBefore(next);
    if (!tree.isAlive(child, from) || !tree.isAlive(unit, from) || tree.parentOn(child, from) !== unit)
      continue;
    const last = stretches.at(-1);
    if (last && dayAfter(last.to) === from) stretches[stretches.length - 1] = { from: last.from, to };
    else stretches.push({ from, to });
  }
  return stretches;
}

function add(into: Map<Column, Amount>, columns: Columns): void {
  for (const [column, amount] of columns) into.set(column, plus(into.get(column) ?? NOTHING, amount));
}

function addStock(into: Map<Column, Amount>, upTo: Columns, kind: 'boundaryIn' | 'boundaryOut'): void {
  for (const [list, stock] of Object.entries(stockOf(upTo)) as [StockList, Amount][]) {
    const column: Column = `${list}.${kind}`;
    if (!isNothing(stock)) add(into, new Map([[column, kind === 'boundaryIn' ? stock : minus(stock)]]));
  }
}
