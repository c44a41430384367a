import type { PlainDate, UnitId } from '@ledger/kernel';
import { LAST_DAY } from '@ledger/kernel';
import { refusalOf } from './testing/given';
import { created, day } from './testing/units';
import type { UnitFact } from './unit.facts';
import { COUNTRY } from './unit.facts';
import { UnitTree } from './unit-tree';

const END = day('2025-06-30');
const NEW = day('2025-07-01');

/** Đắk Nông and Lâm Đồng around 2025-07-01: districts end, a province ends, the code 24611 lives again. */
const FACTS: readonly UnitFact[] = [
  created('67@2004-01-01', COUNTRY, { validTo: END }),
  created('68@2004-01-01', COUNTRY, { name: 'Tỉnh Lâm Đồng' }),
  created('660@2004-01-01', '67@2004-01-01', { validTo: END }),
  created('672@2004-01-01', '68@2004-01-01'),
  created('24611@2004-01-01', '660@2004-01-01', {
    name: 'Phường Nghĩa Đức',
    areaType: 'urban',
    validTo: END,
  }),
  created('24769@2004-01-01', '672@2004-01-01', { name: 'Xã Lát', areaType: 'rural' }),
  created('24611@2025-07-01', '68@2004-01-01', { name: 'Phường Bắc Gia Nghĩa', areaType: 'urban' }),
  { type: 'UnitAbolished', unit: '672@2004-01-01', effectiveOn: NEW },
  { type: 'UnitRenamed', unit: '24769@2004-01-01', effectiveOn: day('2022-01-01'), name: 'Xã Lạc Dương' },
  { type: 'UnitRetyped', unit: '24769@2004-01-01', effectiveOn: day('2020-01-01'), areaType: 'urban' },
  { type: 'UnitRenamed', unit: '24769@2004-01-01', effectiveOn: day('2019-01-01'), name: 'Xã Langbiang' },
];
const tree = UnitTree.of(FACTS);
const ids = (units: readonly { id: UnitId }[]) => units.map(({ id }) => id);
const LAT: UnitId = '24769@2004-01-01';

describe('Naming a unit', () => {
  it('takes a code for the unit that bears it on the day', () => {
    expect(tree.resolve('24611', END)).toEqual({
      id: '24611@2004-01-01',
      code: '24611',
      level: 'commune',
      validFrom: '2004-01-01',
      validTo: '2025-06-30',
    });
    expect(tree.resolve('24611', NEW)).toMatchObject({ id: '24611@2025-07-01', validTo: null });
  });

  it('knows the country from the start', () => {
    expect(UnitTree.of([]).resolve('VN', day('1945-09-02'))).toMatchObject({ id: COUNTRY, level: 'country' });
    expect(UnitTree.of([]).attributesOn(COUNTRY, NEW)).toMatchObject({ name: 'Việt Nam', parent: null });
  });

  it('takes a full id on any day', () => {
    expect(tree.resolve('24611@2004-01-01', day('2030-01-01')).id).toBe('24611@2004-01-01');
  });

  it.each(['99999', '24611@2020-01-01', '', 'VN@2020-01-01', 'constructor'])('does not know %j', (ref) => {
    expect(refusalOf(() => tree.resolve(ref, NEW))).toMatchObject({
      kind: 'unknown',
      code: 'unit.unknown',
      facts: { unit: ref },
    });
  });

  it('names the days that units of a code had when the day is outside them', () => {
    expect(refusalOf(() => tree.resolve('24611', day('2003-12-31')))).toMatchObject({
      kind: 'unknown',
      code: 'unit.outside-its-life',
      facts: { unit: '24611', day: '2003-12-31', days: '2004-01-01..2025-06-30, 2025-07-01..' },
    });
  });

  it('requires a unit to be alive', () => {
    const old = tree.resolve('24611@2004-01-01', NEW);
    expect(() => tree.requireAlive(old, END)).not.toThrow();
    expect(refusalOf(() => tree.requireAlive(old, NEW))).toMatchObject({
      kind: 'unknown',
      code: 'unit.outside-its-life',
      facts: { unit: '24611@2004-01-01', day: '2025-07-01', days: '2004-01-01..2025-06-30' },
    });
  });
});

describe('A unit on a day', () => {
  it.each([
    ['2018-12-31', 'Xã Lát', 'rural'],
    ['2019-01-01', 'Xã Langbiang', 'rural'],
    ['2020-01-01', 'Xã Langbiang', 'urban'],
    ['2021-12-31', 'Xã Langbiang', 'urban'],
    ['2022-01-01', 'Xã Lạc Dương', 'urban'],
    ['2000-01-01', 'Xã Lát', 'rural'],
  ])('has on %s the name %s and the type %s, in whatever order they were recorded', (on, name, areaType) => {
    expect(tree.attributesOn(LAT, day(on))).toMatchObject({ name, areaType });
  });

  it('has of two names for one day the one that arrived later', () => {
    const again = {
      type: 'UnitRenamed',
      unit: LAT,
      effectiveOn: day('2019-01-01'),
      name: 'Xã Khác',
    } as const;
    expect(UnitTree.of([...FACTS, again]).attributesOn(LAT, day('2021-01-01')).name).toBe('Xã Khác');
  });

  it('keeps after its end what it had on its last day, not what was announced for later', () => {
    const facts: UnitFact[] = [
      ...FACTS,
      { type: 'UnitAbolished', unit: LAT, effectiveOn: day('2021-06-01') },
    ];
    expect(UnitTree.of(facts).attributesOn(LAT, NEW)).toMatchObject({
      name: 'Xã Langbiang',
      parent: '672@2004-01-01',
      validTo: '2021-05-31',
    });
  });

  it('belongs to the nearest unit above that is alive', () => {
    expect(tree.parentOn(LAT, END)).toBe('672@2004-01-01');
    expect(tree.parentOn(LAT, NEW)).toBe('68@2004-01-01');
    expect(tree.attributesOn(LAT, NEW).parent).toBe('68@2004-01-01');
    expect(tree.parentOn('68@2004-01-01', NEW)).toBe(COUNTRY);
    expect(tree.parentOn(COUNTRY, NEW)).toBeNull();
  });

  it('that is not known has no day, and no attributes', () => {
    const unknown: UnitId = '99@2004-01-01';
    expect(tree.find(unknown)).toBeUndefined();
    expect(tree.isAlive(unknown, NEW)).toBe(false);
    expect(tree.parentOn(unknown, NEW)).toBeNull();
    expect(tree.childrenOn(unknown, NEW)).toEqual([]);
    expect(tree.communesOn(unknown, NEW)).toEqual([]);
    expect(tree.periodsOfPlace(unknown)).toEqual([]);
    expect(tree.boundaryChanges(unknown, END, NEW)).toEqual([]);
    expect(refusalOf(() => tree.attributesOn(unknown, NEW))).toMatchObject({ code: 'unit.unknown' });
  });
});

describe('The tree on a day', () => {
  it.each<[UnitId, PlainDate, UnitId[]]>([
    [COUNTRY, END, ['67@2004-01-01', '68@2004-01-01']],
    [COUNTRY, NEW, ['68@2004-01-01']],
    ['68@2004-01-01', END, ['672@2004-01-01']],
    ['68@2004-01-01', NEW, ['24611@2025-07-01', LAT]],
    ['67@2004-01-01', NEW, []],
    ['672@2004-01-01', NEW, []],
  ])('has under %s on %s the units %j', (id, on, expected) => {
    expect(ids(tree.childrenOn(id, on))).toEqual(expected);
  });

  it('counts the communes below a unit, and a commune as its own', () => {
    expect(tree.communesOn(COUNTRY, END)).toEqual(['24611@2004-01-01', LAT]);
    expect(tree.communesOn(COUNTRY, NEW)).toEqual(['24611@2025-07-01', LAT]);
    expect(tree.communesOn(LAT, NEW)).toEqual([LAT]);
    expect(tree.communesOn('24611@2004-01-01', NEW)).toEqual([]);
  });

  it('can be searched by parent and level', () => {
    expect(ids(tree.search({ level: 'province', on: NEW }))).toEqual(['68@2004-01-01']);
    expect(ids(tree.search({ parent: '68@2004-01-01', on: END }))).toEqual(['672@2004-01-01']);
    expect(ids(tree.search({ parent: '68@2004-01-01', level: 'commune', on: END }))).toEqual([LAT]);
    expect(ids(tree.search({ parent: '67@2004-01-01', level: 'commune', on: NEW }))).toEqual([]);
    expect(tree.search({ on: NEW }).map(({ code }) => code)).toEqual(['24611', '24769', '68', 'VN']);
  });

  it('refuses facts about units that nothing created', () => {
    expect(() => UnitTree.of(FACTS.slice(1))).toThrow('no earlier fact creates the unit 67@2004-01-01');
  });
});

describe('A place in time', () => {
  it('belongs to its commune and the units above, as long as the commune lives', () => {
    expect(tree.unitsOfPlace(LAT, END)).toEqual([LAT, '672@2004-01-01', '68@2004-01-01', COUNTRY]);
    expect(tree.unitsOfPlace(LAT, NEW)).toEqual([LAT, '68@2004-01-01', COUNTRY]);
    expect(tree.unitsOfPlace(LAT, day('2003-12-31'))).toEqual([]);
    expect(tree.unitsOfPlace('24611@2004-01-01', NEW)).toEqual([]);
    expect(tree.unitsOfPlace('672@2004-01-01', END)).toEqual([]);
  });

  it('has periods', () => {
    expect(tree.periodsOfPlace(LAT)).toEqual([
      { from: '2004-01-01', to: END, units: [LAT, '672@2004-01-01', '68@2004-01-01', COUNTRY] },
      { from: NEW, to: LAST_DAY, units: [LAT, '68@2004-01-01', COUNTRY] },
    ]);
    expect(tree.periodsOfPlace('24611@2004-01-01')).toEqual([
      {
        from: '2004-01-01',
        to: END,
        units: ['24611@2004-01-01', '660@2004-01-01', '67@2004-01-01', COUNTRY],
      },
    ]);
    expect(tree.periodsOfPlace(LAT)).toBe(tree.periodsOfPlace(LAT));
  });

  it('has a new period when a unit above begins later than itself', () => {
    const late = UnitTree.of([
      created('68@2004-01-01'),
      created('672@2010-01-01', '68@2004-01-01'),
      created('24769@2004-01-01', '672@2010-01-01'),
    ]);
    expect(late.periodsOfPlace(LAT).map(({ from, to }) => [from, to])).toEqual([
      ['2004-01-01', '2009-12-31'],
      ['2010-01-01', LAST_DAY],
    ]);
  });

  it('tells the places that a unit ever had, and when they changed', () => {
    expect(tree.placesEverIn('68@2004-01-01')).toEqual([LAT, '24611@2025-07-01']);
    expect(tree.placesEverIn('672@2004-01-01')).toEqual([LAT]);
    expect(tree.boundaryChanges('68@2004-01-01', day('2004-01-01'), LAST_DAY)).toEqual([NEW]);
    expect(tree.boundaryChanges('68@2004-01-01', day('2003-12-31'), END)).toEqual(['2004-01-01']);
    expect(tree.boundaryChanges('672@2004-01-01', END, NEW)).toEqual([NEW]);
    expect(tree.boundaryChanges(LAT, day('2004-01-01'), LAST_DAY)).toEqual([]);
  });
});

describe('the changes of a unit', () => {
  it('are the first days of its stretches: reclassed, renamed, and the end of the district above it', () => {
    const again: UnitFact = {
      type: 'UnitRenamed',
      unit: '24769@2004-01-01',
      effectiveOn: day('2023-01-01'),
      name: 'Xã Lạc Dương',
    };
    const days = UnitTree.of([...FACTS, again]).changesOf('24769@2004-01-01');
    expect(days).toEqual(['2004-01-01', '2019-01-01', '2020-01-01', '2022-01-01', '2025-07-01']);
  });

  it('are none for a unit that nobody knows', () => {
    expect(tree.changesOf('99999@2004-01-01')).toEqual([]);
  });
});
