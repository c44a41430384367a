import type { Declaration, Denominator } from '@ledger/areas';
import { declarationOf, denominatorOf, lastDeclaration } from '@ledger/areas';
import type { PlainDate, UnitId } from '@ledger/kernel';
import type { Knowledge } from './knowledge';

/** The denominator of a unit's rates on a day, by rule 15 of the ledger, as known then. */
export async function totalHouseholds(
  knowledge: Knowledge,
  unit: UnitId,
  group: string,
  on: PlainDate,
): Promise<Denominator> {
  const communes = knowledge.tree.communesOn(unit, on).map(({ id }) => id);
  const parts = communes.filter((id) => id !== unit);
  const declared = Map.groupBy(
    (await knowledge.models.totals([unit, ...parts], group)).filter(
      ({ recordedOn }) => knowledge.knownOn === undefined || recordedOn <= knowledge.knownOn,
    ),
    ({ fact }) => fact.unit,
  );
  const last = (id: UnitId): Declaration | undefined =>
    lastDeclaration((declared.get(id) ?? []).map(({ fact }) => declarationOf(fact)), on);
  return denominatorOf({ own: last(unit), parts: parts.map(last), on });
}
