import type { RecordedFact } from '@ledger/event-sourcing';
import { situationOn } from '@ledger/households';
import { parseDay, rateInPercent } from '@ledger/kernel';
import { A_LUOI_COMMUNES } from './data/a-luoi.units';
import { DAK_NONG_FIGURES } from './data/dak-nong.plan';
import { DAK_NONG_COMMUNES } from './data/dak-nong.units';
import { DEMO_HIGHLIGHTS } from './highlights';
import { codeOf, DemoBooks, writtenDemo } from './testing/demo-books';

const END_2020 = parseDay('2020-12-31');
const END_2021 = parseDay('2021-12-31');
const END_2022 = parseDay('2022-12-31');
const END_2023 = parseDay('2023-12-31');

/** The plan for 2023, copied here a second time: poor households and rates at the ends of 2022 and 2023. */
const PLAN = [
  ['660', 115, 0.57, 85, 0.41],
  ['661', 4_545, 25.68, 2_435, 13.68],
  ['662', 1_183, 5.33, 703, 3.17],
  ['663', 601, 2.15, 431, 1.54],
  ['664', 851, 4.32, 671, 3.41],
  ['665', 833, 4.07, 633, 3.09],
  ['666', 590, 2.45, 420, 1.74],
  ['667', 4_624, 30.78, 2_974, 19.5],
  ['67', 13_342, 7.97, 8_352, 4.97],
] as const;

const communesOf = (unit: string) =>
  DAK_NONG_COMMUNES.filter(({ district }) => unit === '67' || district === unit);

let log: readonly RecordedFact[];
let books: DemoBooks;

beforeAll(async () => {
  log = await writtenDemo();
  books = new DemoBooks(log);
});

const EVERY_KIND = [
  'escapedToNearPoor',
  'escapedAbove',
  'becamePoorFromNearPoor',
  'rePoor',
  'reNearPoor',
  'newlyArising',
  'otherDecrease',
  'moved within the district',
  'moved to another district',
  'members',
  'groups',
];

/** What happens to households of a district in a year. */
function movementsIn(district: string, year: string): ReadonlySet<string> {
  const codes = new Set(communesOf(district).map(({ code }) => code));
  const kinds = new Set<string>();
  for (const { changes } of books.timelines.values()) {
    for (const { on, before, after, passages } of changes) {
      const place = before?.place ?? after?.place;
      if (!on.startsWith(year) || !place || !codes.has(codeOf(place))) continue;
      for (const { kind } of passages) kinds.add(kind);
      if (!before || !after) continue;
      const stays = codes.has(codeOf(after.place));
      if (after.place !== before.place)
        kinds.add(stays ? 'moved within the district' : 'moved to another district');
      if (after.members !== before.members) kinds.add('members');
      if (after.groups.join() !== before.groups.join()) kinds.add('groups');
    }
  }
  return kinds;
}

describe('Đắk Nông in the demo', () => {
  it.each(PLAN)('%s: %i poor (%d%%) at the end of 2022, %i (%d%%) at the end of 2023', (unit, ...plan) => {
    const communes = communesOf(unit);
    const [poor2022, poor2023] = [END_2022, END_2023].map((on) =>
      books.count('poor', 'VN-2022', on, communes),
    );
    const [total2022, total2023] = [END_2022, END_2023].map((on) => books.households(on, communes));
    const rate2022 = rateInPercent(poor2022 ?? null, total2022 ?? null);
    const rate2023 = rateInPercent(poor2023 ?? null, total2023 ?? null);
    expect([poor2022, rate2022, poor2023, rate2023]).toEqual(plan);
  });

  it('was known otherwise on the day itself', () => {
    const then = new DemoBooks(log, END_2022);
    const communes = communesOf('67');
    const knownThen = then.count('poor', 'VN-2022', END_2022, communes);
    expect(knownThen).toBeGreaterThan(13_342);
    expect(knownThen).toBeLessThan(13_600);
    expect(then.households(END_2022, communes)).toBeLessThan(books.households(END_2022, communes));
  });

  it('learned something of 2022 as late as the middle of 2023', () => {
    const inSpring = new DemoBooks(log, parseDay('2023-05-31'));
    const communes = communesOf('667');
    expect(inSpring.count('poor', 'VN-2022', END_2022, communes)).toBeGreaterThan(4_624);
  });

  it.each(DAK_NONG_FIGURES.filter(({ poor }) => poor[2022] > 500).map(({ code }) => code))(
    'shows every kind of movement in district %s, in both years',
    (district) => {
      for (const year of ['2022', '2023']) {
        expect([...movementsIn(district, year)]).toEqual(expect.arrayContaining(EVERY_KIND));
      }
    },
  );

  it('opens its books with the review of 2021, which moves nobody', () => {
    const kinds = new Set<string>();
    for (const { changes } of books.timelines.values()) {
      const opening = changes.filter(({ on }) => on < '2022-01-01').flatMap(({ passages }) => passages);
      for (const { standard, kind } of opening) if (standard === 'VN-2022') kinds.add(kind);
    }
    expect([...kinds]).toEqual(['opened']);
  });

  it('has somebody on the lists of every commune', () => {
    for (const on of [END_2021, END_2022, END_2023]) {
      for (const each of DAK_NONG_COMMUNES)
        expect(books.count('poor', 'VN-2022', on, [each])).toBeGreaterThan(0);
    }
  });
});

describe('A Lưới in the demo', () => {
  const percentOf = (status: 'poor' | 'near-poor', standard: string, on: typeof END_2020) => {
    const count = books.count(status, standard, on, A_LUOI_COMMUNES);
    return { count, rate: rateInPercent(count, books.households(on, A_LUOI_COMMUNES)) };
  };

  it('has 14.82% poor at the end of 2020 under VN-2016', () => {
    expect(percentOf('poor', 'VN-2016', END_2020)).toEqual({ count: 2_082, rate: 14.82 });
    expect(percentOf('poor', 'VN-2022', END_2020).count).toBe(0);
  });

  it('has 7,022 poor (49.98%) and 2,185 near-poor (15.55%) under VN-2022 by the review of 2021', () => {
    expect(percentOf('poor', 'VN-2022', END_2021)).toEqual({ count: 7_022, rate: 49.98 });
    expect(percentOf('near-poor', 'VN-2022', END_2021)).toEqual({ count: 2_185, rate: 15.55 });
  });

  it('has fewer poor under VN-2016 on the same day, and everybody has both classifications', () => {
    const listed = 7_022 + 2_185;
    const statuses = ['poor', 'near-poor', 'above'] as const;
    const counts = statuses.map((status) => books.count(status, 'VN-2016', END_2021, A_LUOI_COMMUNES));
    expect(counts[0]).toBeLessThan(2_082);
    expect(counts[0]).toBeGreaterThan(1_000);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(listed);
  });
});

describe('the minorities in the demo', () => {
  it.each(['ethnic-minority', 'local-ethnic-minority'])(
    'are never more on the lists than in all: %s',
    (group) => {
      const days = { dakNong: [END_2021, END_2022, END_2023], aLuoi: [END_2021] };
      const communes = [
        ...DAK_NONG_COMMUNES.flatMap((each) => days.dakNong.map((on) => [each, on] as const)),
        ...(group === 'ethnic-minority'
          ? A_LUOI_COMMUNES.flatMap((each) => days.aLuoi.map((on) => [each, on] as const))
          : []),
      ];
      for (const [each, on] of communes) {
        const listed =
          books.count('poor', 'VN-2022', on, [each], group) +
          books.count('near-poor', 'VN-2022', on, [each], group);
        const total = books.households(on, [each], group);
        if (listed > total) throw new Error(`${each.code} on ${on}: ${listed} of ${total}`);
      }
    },
  );

  it('are the large majority in A Lưới, and poorer than others in Đắk Nông', () => {
    const inALuoi = books.households(END_2021, A_LUOI_COMMUNES, 'ethnic-minority');
    expect(inALuoi / 14_050).toBeGreaterThan(0.7);
    const rate = (group: string) => {
      const poor = books.count('poor', 'VN-2022', END_2022, DAK_NONG_COMMUNES, group);
      return rateInPercent(poor, books.households(END_2022, DAK_NONG_COMMUNES, group)) ?? 0;
    };
    expect(rate('ethnic-minority')).toBeGreaterThan(rate('all'));
    expect(rate('local-ethnic-minority')).toBeGreaterThan(rate('ethnic-minority'));
  });
});

describe('the households worth a look', () => {
  const passagesOf = (household: string) =>
    (books.timelines.get(household)?.changes ?? []).flatMap(({ on, passages }) =>
      passages.map(({ kind }) => `${on} ${kind}`),
    );

  it('fell back twice', () => {
    expect(passagesOf(DEMO_HIGHLIGHTS.fellBackTwice)).toEqual([
      '2021-11-26 opened',
      '2022-05-20 escapedAbove',
      '2022-08-24 rePoor',
      '2023-04-18 escapedAbove',
      '2023-11-21 rePoor',
    ]);
  });

  it('moved and fell back', () => {
    const household = DEMO_HIGHLIGHTS.movedAndFellBack;
    const changes = books.timelines.get(household)?.changes ?? [];
    expect(passagesOf(household).at(-1)).toBe('2023-09-18 rePoor');
    expect(new Set(changes.map(({ after }) => after && codeOf(after.place)))).toEqual(
      new Set(['24742', '24746']),
    );
  });

  it('escaped in June 2022, which was known in June 2023', () => {
    const household = DEMO_HIGHLIGHTS.escapeRecordedLate;
    const inSpring = new DemoBooks(log, parseDay('2023-05-31')).timelines.get(household);
    expect(inSpring && situationOn(inSpring, parseDay('2022-06-30'))?.statuses['VN-2022']).toBe('poor');
    expect(passagesOf(household)).toContain('2022-06-24 escapedToNearPoor');
  });

  it('was gone in October 2022, which was known in June 2023', () => {
    const household = DEMO_HIGHLIGHTS.goneUnnoticed;
    const then = new DemoBooks(log, END_2022).timelines.get(household);
    expect(then && situationOn(then, END_2022)?.statuses['VN-2022']).toBe('poor');
    expect(books.timelines.get(household)?.dissolvedOn).toBe('2022-10-23');
  });
});
