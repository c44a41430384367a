import type { PlainDate, UnitId } from '@ledger/kernel';
import { addDays, dayBefore } from '@ledger/kernel';
import fc from 'fast-check';
import { day } from './testing/units';
import type { UnitOrder } from './unit-registry';
import { unitRegistry } from './unit-registry';
import type { UnitCreated, UnitFact } from './unit.facts';
import { COUNTRY } from './unit.facts';
import { UnitTree } from './unit-tree';

const START = day('2020-01-01');
const SPAN = 24;
const DAYS = Array.from({ length: SPAN + 2 }, (_, index) => addDays(START, index - 1));
const PROVINCES = ['10', '11'];
const DISTRICTS = ['100', '101', '102'];
const COMMUNES = ['10001', '10002', '10003', '10004'];

const days = fc.nat(SPAN - 1).map((index) => addDays(START, index));
const lastDays = fc.option(days, { nil: undefined, freq: 2 });
const creations = fc.oneof(
  creation('province', PROVINCES, ['VN']),
  creation('district', DISTRICTS, PROVINCES),
  { arbitrary: creation('commune', COMMUNES, [...DISTRICTS, ...PROVINCES]), weight: 3 },
);
const changes = fc.record({
  pick: fc.nat(100),
  effectiveOn: days,
  what: fc.oneof(
    fc.record({ name: fc.constantFrom('A', 'B', 'C') }),
    fc.record({ areaType: fc.constantFrom('rural' as const, 'urban' as const) }),
    fc.constant({ abolished: true as const }),
  ),
});

function creation(level: UnitCreated['level'], codes: string[], parents: string[]) {
  return fc.record({
    type: fc.constant('CreateUnit' as const),
    code: fc.constantFrom(...codes),
    name: fc.constantFrom('A', 'B'),
    level: fc.constant(level),
    parentCode: fc.constantFrom(...parents),
    validFrom: days,
    validTo: lastDays,
  });
}

/** Trees that the registry accepts: provinces and districts from the start, then anything in any order. */
const histories = fc
  .array(fc.oneof({ arbitrary: creations, weight: 3 }, { arbitrary: changes, weight: 2 }), { maxLength: 40 })
  .map((wishes) => {
    const facts: UnitFact[] = [];
    let state = unitRegistry.initial();
    const give = (order: UnitOrder): void => {
      try {
        const decision = unitRegistry.decide(order, state);
        for (const fact of 'facts' in decision ? decision.facts : []) {
          state = unitRegistry.evolve(state, fact);
          facts.push(fact);
        }
      } catch {
        // Refused: the wish is left out of the history.
      }
    };
    const base = { type: 'CreateUnit', name: 'A', validFrom: START } as const;
    give({ ...base, level: 'province', code: '10' });
    give({ ...base, level: 'district', code: '100', parentCode: '10' });
    for (const wish of wishes) {
      if ('type' in wish) give(wish);
      else {
        const units = facts.filter((fact) => fact.type === 'UnitCreated');
        const { unit } = units[wish.pick % units.length] as UnitCreated;
        give({ type: 'ChangeUnit', unit, effectiveOn: wish.effectiveOn, ...wish.what });
      }
    }
    return facts;
  });

/** The same questions, answered from the bare facts for one day at a time. */
class Oracle {
  readonly units: readonly UnitCreated[];

  constructor(private readonly facts: readonly UnitFact[]) {
    this.units = facts.filter((fact) => fact.type === 'UnitCreated');
  }

  alive(id: UnitId, on: PlainDate): boolean {
    if (id === COUNTRY) return true;
    const unit = this.unit(id);
    const abolished = this.facts.some(
      (fact) => fact.type === 'UnitAbolished' && fact.unit === id && fact.effectiveOn <= on,
    );
    return unit.effectiveOn <= on && !(unit.validTo !== undefined && unit.validTo < on) && !abolished;
  }

  parent(id: UnitId, on: PlainDate): UnitId | null {
    if (id === COUNTRY) return null;
    const { parent } = this.unit(id);
    return this.alive(parent, on) ? parent : this.parent(parent, on);
  }

  unitsOfPlace(place: UnitId, on: PlainDate): UnitId[] {
    if (!this.alive(place, on)) return [];
    const units: UnitId[] = [];
    for (let id: UnitId | null = place; id !== null; id = this.parent(id, on)) units.push(id);
    return units;
  }

  placesOn(id: UnitId, on: PlainDate): UnitId[] {
    return this.communes().filter((place) => this.unitsOfPlace(place, on).includes(id));
  }

  communes(): UnitId[] {
    return this.units.filter(({ level }) => level === 'commune').map(({ unit }) => unit);
  }

  ids(): UnitId[] {
    return [COUNTRY, ...this.units.map(({ unit }) => unit)];
  }

  name(id: UnitId, on: PlainDate): string {
    let name = this.unit(id).name;
    for (const at of DAYS.filter((each) => each <= on)) {
      for (const fact of this.facts) {
        if (fact.type === 'UnitRenamed' && fact.unit === id && fact.effectiveOn === at) name = fact.name;
      }
    }
    return name;
  }

  private unit(id: UnitId): UnitCreated {
    return this.units.find(({ unit }) => unit === id) as UnitCreated;
  }
}

const ids = (units: readonly { id: UnitId }[]): UnitId[] => units.map(({ id }) => id);
const holds = (check: (tree: UnitTree, oracle: Oracle) => void): void =>
  fc.assert(
    fc.property(histories, (facts) => check(UnitTree.of(facts), new Oracle(facts))),
    { numRuns: 100 },
  );

describe('For any history of units, on every day,', () => {
  it('a unit is alive, named and placed under a parent as the bare facts say', () => {
    holds((tree, oracle) => {
      for (const { unit } of oracle.units) {
        for (const on of DAYS) {
          expect(tree.isAlive(unit, on)).toBe(oracle.alive(unit, on));
          expect(tree.parentOn(unit, on)).toBe(oracle.parent(unit, on));
          if (!oracle.alive(unit, on)) continue;
          expect(tree.attributesOn(unit, on)).toMatchObject({
            name: oracle.name(unit, on),
            parent: oracle.parent(unit, on),
          });
        }
      }
    });
  });

  it('a code names the one unit that bears it, and no code has two', () => {
    holds((tree, oracle) => {
      for (const code of [...PROVINCES, ...DISTRICTS, ...COMMUNES]) {
        for (const on of DAYS) {
          const bearers = oracle.units.filter((unit) => unit.code === code && oracle.alive(unit.unit, on));
          expect(bearers.length).toBeLessThanOrEqual(1);
          if (bearers[0]) expect(tree.resolve(code, on).id).toBe(bearers[0].unit);
          else expect(() => tree.resolve(code, on)).toThrow(/unit\.(unknown|outside-its-life)/);
        }
      }
    });
  });

  it('children are the living units with that parent, by code', () => {
    holds((tree, oracle) => {
      for (const id of oracle.ids()) {
        for (const on of DAYS) {
          const expected = oracle.units
            .filter(({ unit }) => oracle.alive(unit, on) && oracle.parent(unit, on) === id)
            .sort((a, b) => (a.code < b.code ? -1 : 1));
          expect(ids(tree.childrenOn(id, on))).toEqual(expected.map(({ unit }) => unit));
        }
      }
    });
  });

  it('the communes of a unit are those of its children, each once, and its places', () => {
    holds((tree, oracle) => {
      for (const id of oracle.ids()) {
        for (const on of DAYS) {
          const communes = tree.communesOn(id, on);
          expect([...communes].sort()).toEqual(oracle.placesOn(id, on).sort());
          if (tree.find(id)?.level === 'commune') continue;
          const ofChildren = tree.childrenOn(id, on).flatMap((child) => tree.communesOn(child.id, on));
          expect(ofChildren.sort()).toEqual([...communes].sort());
        }
      }
    });
  });

  it('what a unit holds stays the same throughout a stretch of its days', () => {
    holds((tree, oracle) => {
      for (const id of oracle.ids()) {
        const begins = new Set(tree.changesBelow(id, DAYS[0] as PlainDate, DAYS.at(-1) as PlainDate));
        for (const [index, on] of DAYS.entries()) {
          const { unit, from, to, communes, places } = tree.stretchOn(id, on);
          expect(unit).toBe(id);
          expect(from <= on && on <= to).toBe(true);
          expect([...communes].sort()).toEqual(oracle.placesOn(id, on).sort());
          expect([...places].sort()).toEqual(oracle.placesOn(id, on).sort());
          expect([...tree.placesOn(id, on)].sort()).toEqual(oracle.placesOn(id, on).sort());
          if (index > 0) expect(from === on).toBe(begins.has(on));
        }
      }
    });
  });

  it('a place is held by its commune as long as it lives', () => {
    holds((tree, oracle) => {
      for (const place of [...oracle.communes(), COUNTRY]) {
        for (const on of DAYS)
          expect(tree.communeOfPlace(place, on)).toBe(
            place === COUNTRY ? undefined : oracle.unitsOfPlace(place, on)[0],
          );
      }
    });
  });

  it('a place belongs to the units of its period, and periods are as long as can be', () => {
    holds((tree, oracle) => {
      for (const place of oracle.communes()) {
        const periods = tree.periodsOfPlace(place);
        for (const on of DAYS) {
          const expected = oracle.unitsOfPlace(place, on);
          expect(tree.unitsOfPlace(place, on)).toEqual(expected);
          const period = periods.filter(({ from, to }) => from <= on && on <= to);
          expect(period.map(({ units }) => units)).toEqual(expected.length > 0 ? [expected] : []);
        }
        for (const { from, units } of periods) {
          expect(units.length).toBeGreaterThan(0);
          expect(oracle.unitsOfPlace(place, dayBefore(from))).not.toEqual(units);
        }
      }
    });
  });

  it('places ever in a unit and the days on which they change are those seen day by day', () => {
    holds((tree, oracle) => {
      for (const id of oracle.ids()) {
        const seen = DAYS.map((on) => oracle.placesOn(id, on));
        expect([...tree.placesEverIn(id)].sort()).toEqual([...new Set(seen.flat())].sort());
        const changed = DAYS.filter(
          (_on, index) => index > 0 && seen[index]?.join() !== seen[index - 1]?.join(),
        );
        expect(tree.boundaryChanges(id, DAYS[0] as PlainDate, DAYS.at(-1) as PlainDate)).toEqual(changed);
        const [from, to] = [DAYS[5] as PlainDate, DAYS[15] as PlainDate];
        expect(tree.boundaryChanges(id, from, to)).toEqual(changed.filter((on) => from < on && on <= to));
      }
    });
  });
});
