import type { TotalsFact } from '@ledger/areas';
import { totalsCodec, unitCodec, UnitTree } from '@ledger/areas';
import type { NewFact, RecordedFact } from '@ledger/event-sourcing';
import { NO_STREAM } from '@ledger/event-sourcing';
import type { Household, HouseholdFact, HouseholdOrder } from '@ledger/households';
import { householdCodec, householdDecider } from '@ledger/households';
import type { PlainDate } from '@ledger/kernel';
import type { CountryAppend, CountryOptions } from './country';
import { countryAppends } from './country';

const SMALL: CountryOptions = { households: 400, communes: 50, years: 10, seed: 7, overwrites: 2 };

function appendsOf(options: CountryOptions): CountryAppend[] {
  return [...countryAppends(options)];
}

const recorded = (fact: NewFact, stream: string, revision: number): RecordedFact =>
  ({ ...fact, stream, revision, position: '', recordedAt: '' }) as unknown as RecordedFact;

describe('the country of the measurements', () => {
  const appends = appendsOf(SMALL);
  const facts = appends.flatMap(({ stream, expectedRevision, facts: some }) =>
    some.map((fact, index) => recorded(fact, stream, expectedRevision + 1 + index)),
  );
  const ofHouseholds = facts.filter(({ stream }) => stream.startsWith('household-'));

  it('is the same for the same numbers', () => {
    expect(appendsOf(SMALL)).toEqual(appends);
    expect(appendsOf({ ...SMALL, seed: 8 })).not.toEqual(appends);
  });

  it('has its units, its totals and every household', () => {
    const units = facts.filter(({ stream }) => stream === 'units').map((fact) => unitCodec.decode(fact));
    expect(units.filter((unit) => unit.type === 'UnitCreated' && unit.level === 'commune')).toHaveLength(50);
    const totals: TotalsFact[] = facts
      .filter(({ stream }) => stream.startsWith('totals-'))
      .map((fact) => totalsCodec.decode(fact));
    expect(totals).toHaveLength(50 * 11);
    expect(new Set(ofHouseholds.map(({ stream }) => stream)).size).toBe(400);
    const tree = UnitTree.of(units);
    for (const { unit, effectiveOn } of totals)
      tree.requireAlive(tree.resolve(unit, effectiveOn), effectiveOn);
  });

  it('is told in the order of recording, and every append knows its stream', () => {
    const days = facts.map(({ metadata }) => metadata.recordedOn ?? '');
    expect(days).toEqual(days.toSorted());
    const revisions = new Map<string, number>();
    for (const { stream, expectedRevision, facts: some } of appends) {
      expect(expectedRevision).toBe(revisions.get(stream) ?? NO_STREAM);
      revisions.set(stream, expectedRevision + some.length);
    }
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  it('is what the deciders would have decided, fact by fact', () => {
    const decider = householdDecider(() => undefined);
    const states = new Map<string, Household>();
    for (const fact of ofHouseholds) {
      const said = householdCodec.decode(fact);
      const state = states.get(fact.stream) ?? decider.initial();
      const today = fact.metadata.recordedOn ?? ('' as PlainDate);
      expect(decider.decide(orderOf(said, today), state)).toMatchObject({ facts: [said] });
      states.set(fact.stream, decider.evolve(state, said));
    }
  });

  it('has all that happens to households, and papers that come late or overrule', () => {
    const kinds = new Set(ofHouseholds.map(({ type }) => type));
    expect(kinds.size).toBe(7);
    const reviews = ofHouseholds.filter(({ type }) => type === 'ReviewRecorded');
    const yearsLate = reviews.filter(
      ({ data, metadata }) =>
        Number(metadata.recordedOn?.slice(0, 4)) - Number(JSON.stringify(data['effectiveOn']).slice(1, 5)) ===
        1,
    );
    expect(yearsLate.length).toBeGreaterThan(50);
    // About nine facts for each household before the overwrites.
    const before = ofHouseholds.filter(({ metadata }) => (metadata.recordedOn ?? '') < '2026-05-11');
    expect(before.length / 400).toBeGreaterThan(8);
    expect(before.length / 400).toBeLessThan(10);
  });

  it('is overwritten by reviews of the same days', () => {
    const isLater = ({ metadata }: RecordedFact): boolean => (metadata.recordedOn ?? '') >= '2026-05-11';
    const statuses = ofHouseholds.filter(
      (fact) =>
        !isLater(fact) &&
        ['ReviewRecorded', 'EscapeRecognised', 'ReimpoverishmentFlagged'].includes(fact.type),
    );
    expect(ofHouseholds.filter(isLater)).toHaveLength(2 * statuses.length);
  });
});

/** The order that says what a fact says. */
function orderOf(fact: HouseholdFact, today: PlainDate): HouseholdOrder {
  switch (fact.type) {
    case 'HouseholdRegistered': {
      const { effectiveOn, ...said } = fact;
      return { ...said, type: 'RegisterHousehold', registeredOn: effectiveOn, today };
    }
    case 'ReviewRecorded': {
      const { check: _check, ...said } = fact;
      return { ...said, type: 'RecordReview', today };
    }
    case 'EscapeRecognised':
      return { ...fact, type: 'MarkEscaped', today };
    case 'ReimpoverishmentFlagged':
      return { ...fact, type: 'FlagReimpoverished', today };
    case 'HouseholdMoved':
      return { ...fact, type: 'MoveHousehold', today };
    case 'HouseholdDetailsChanged':
      return { ...fact, type: 'ChangeDetails', today };
    case 'HouseholdDissolved':
      return { ...fact, type: 'DissolveHousehold', today };
  }
}
