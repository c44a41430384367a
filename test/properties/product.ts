import type { UnitFact } from '@ledger/areas';
import { UNITS_STREAM, unitCodec } from '@ledger/areas';
import type { FactCodec, LogPage, Position, RecordedFact } from '@ledger/event-sourcing';
import type { HouseholdFact } from '@ledger/households';
import { householdCodec, householdStream } from '@ledger/households';
import type { PlainDate, UnitId } from '@ledger/kernel';
import { parseDay, splitUnitId } from '@ledger/kernel';
import type { ReadStore } from '@ledger/poverty-rates';
import { Projector } from '@ledger/poverty-rates';
import type { Known } from '../oracle/days';
import type { Act } from '../oracle/tree';
import { COMMUNES, DISTRICTS, HILLS, LOWER, PROVINCES, SEA, SHORE, UPPER } from '../oracle/tree';

const PARENTS: Readonly<Record<UnitId, readonly UnitId[]>> = {
  [UPPER]: COMMUNES.slice(0, 2),
  [LOWER]: COMMUNES.slice(2, 4),
  [SHORE]: COMMUNES.slice(4),
  [HILLS]: [UPPER, LOWER],
  [SEA]: [SHORE],
};

/** The facts of a random history as the log of the product would hold them. */
export function logOf(known: readonly Known[], acts: readonly Act[]): readonly RecordedFact[] {
  const first = parseDay('2004-01-01');
  const units = [...PROVINCES, ...DISTRICTS, ...COMMUNES].map((unit) => ({
    stream: UNITS_STREAM,
    recordedOn: first,
    encoded: unitCodec.encode(creationOf(unit)),
  }));
  const abolitions = acts.flatMap((act) => {
    if (act.type !== 'abolition') return [];
    const fact: UnitFact = { type: 'UnitAbolished', unit: act.unit, effectiveOn: act.on };
    return [{ stream: UNITS_STREAM, recordedOn: act.recordedOn, encoded: unitCodec.encode(fact) }];
  });
  const households = known.map(({ fact, household, recordedOn }) => ({
    stream: householdStream(household),
    recordedOn,
    encoded: householdCodec.encode(fact),
  }));
  const revisions = new Map<string, number>();
  return [...units, ...abolitions, ...households]
    .toSorted((a, b) => a.recordedOn.localeCompare(b.recordedOn))
    .map(({ stream, recordedOn, encoded }, index) => {
      const revision = (revisions.get(stream) ?? -1) + 1;
      revisions.set(stream, revision);
      return recordedFact(stream, revision, index, recordedOn, encoded);
    });
}

function recordedFact(
  stream: string,
  revision: number,
  index: number,
  recordedOn: PlainDate,
  encoded: ReturnType<FactCodec<HouseholdFact>['encode']>,
): RecordedFact {
  const id = `fact-${index}`;
  const metadata = { recordedBy: 'officer', commandId: id, causationId: id, correlationId: id, recordedOn };
  const position = String(index + 1).padStart(16, '0') as Position;
  return { id, stream, revision, position, recordedAt: `${recordedOn}T03:00:00.000Z`, metadata, ...encoded };
}

function creationOf(unit: UnitId): UnitFact {
  const { code = '', validFrom = parseDay('2004-01-01') } = splitUnitId(unit) ?? {};
  const parent = Object.entries(PARENTS).find(([, parts]) => parts.includes(unit))?.[0] as UnitId | undefined;
  const level = code.length === 2 ? 'province' : code.length === 3 ? 'district' : 'commune';
  return {
    type: 'UnitCreated',
    effectiveOn: validFrom,
    unit,
    code,
    name: code,
    level,
    parent: parent ?? 'VN@1945-09-02',
  };
}

/** Takes a log in, in pages of the sizes given (the last one over and over). */
export async function project(
  store: ReadStore,
  log: readonly RecordedFact[],
  sizes: readonly number[],
): Promise<void> {
  const projector = new Projector(store);
  for (let at = 0, page = 0; at < log.length; page++) {
    const size = Math.max(1, sizes[Math.min(page, sizes.length - 1)] ?? log.length);
    const facts = log.slice(at, at + size);
    at += size;
    await projector.project({ facts, position: facts.at(-1)?.position } as LogPage);
  }
}
