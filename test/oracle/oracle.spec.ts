import { parseDay } from '@ledger/kernel';
import { LAST_DAY, NEW, OLD, asked, books, flowsOf, poorInMarch, stockOf } from './asking';
import { Notebook } from './books';
import type { Act } from './tree';
import { COAST, COUNTRY, HILLS, LOWER, NORTH, RIVER, SEA, SOUTH, UPPER, treeKnownOn } from './tree';

describe('what is known', () => {
  it('knows nothing of a commune whose households were never classified', () => {
    const of = books(new Notebook().registered('A', '2022-03-01', NORTH, 4));
    expect(stockOf(of, asked(NORTH), 'poor', '2022-12-31')).toBeNull();
    expect(flowsOf(of, asked(NORTH), '2022-01-01', '2022-12-31')).toEqual({ poor: {}, nearPoor: {} });
  });

  it('tells zero poor from nothing known once somebody was found above', () => {
    const of = books(
      poorInMarch().registered('B', '2022-03-01', COAST, 2).reviewed('B', '2022-05-10', NEW, 'above'),
    );
    expect(stockOf(of, asked(COAST), 'poor', '2022-05-09')).toBeNull();
    expect(stockOf(of, asked(COAST), 'poor', '2022-05-10')).toEqual({ households: 0, persons: 0 });
    expect(stockOf(of, asked(COAST, OLD), 'poor', '2022-05-10')).toBeNull();
  });

  it('counts households and persons at the end of the day, in every unit above', () => {
    const of = books(poorInMarch());
    for (const unit of [NORTH, UPPER, HILLS, COUNTRY]) {
      expect(stockOf(of, asked(unit), 'poor', '2022-03-10')).toEqual({ households: 1, persons: 4 });
      expect(stockOf(of, asked(unit), 'near-poor', '2022-03-10')).toEqual({ households: 0, persons: 0 });
    }
    expect(stockOf(of, asked(SEA), 'poor', '2022-03-10')).toBeNull();
  });

  it('keeps knowing a place from which the only household has moved or gone', () => {
    const of = books(poorInMarch().moved('A', '2022-05-01', SOUTH).dissolved('A', '2022-06-01'));
    expect(stockOf(of, asked(NORTH), 'poor', '2022-07-01')).toEqual({ households: 0, persons: 0 });
    expect(stockOf(of, asked(SOUTH), 'poor', '2022-04-30')).toBeNull();
    expect(stockOf(of, asked(SOUTH), 'poor', '2022-05-01')).toEqual({ households: 1, persons: 4 });
    expect(stockOf(of, asked(SOUTH), 'poor', '2022-07-01')).toEqual({ households: 0, persons: 0 });
  });

  it('says what was known on a day, though a late review reclassifies what came after it', () => {
    const notebook = poorInMarch()
      .recordedOn('2022-08-01')
      .reviewed('A', '2021-07-01', OLD, 'poor')
      .escaped('A', '2021-11-01', OLD, 'above');
    const flows = (knownOn: string) =>
      flowsOf(books(notebook, knownOn), asked(NORTH), '2022-03-01', '2022-03-31').poor;
    expect(flows('2022-07-31')).toEqual({ newlyArising: [1, 4], closing: [1, 4] });
    expect(flows('2022-08-01')).toEqual({ rePoor: [1, 4], closing: [1, 4] });
    expect(flows('2022-03-09')).toEqual({});
  });
});

describe('a life', () => {
  it('counts no fact before the registration', () => {
    const notebook = new Notebook()
      .registered('A', '2022-03-01', NORTH, 4)
      .reviewed('A', '2022-02-28', NEW, 'poor')
      .dissolved('A', '2022-01-01');
    expect(stockOf(books(notebook), asked(NORTH), 'poor', '2022-12-31')).toBeNull();
    notebook.reviewed('A', '2022-03-01', NEW, 'near-poor');
    expect(stockOf(books(notebook), asked(NORTH), 'near-poor', '2022-12-31')?.households).toBe(1);
  });

  it('counts no fact after the dissolution', () => {
    const notebook = new Notebook()
      .registered('A', '2022-03-01', NORTH, 4)
      .dissolved('A', '2022-06-01')
      .reviewed('A', '2022-06-02', NEW, 'poor')
      .registered('A', '2022-07-01', NORTH, 4);
    expect(stockOf(books(notebook), asked(NORTH), 'poor', '2022-12-31')).toBeNull();
  });

  it('takes a household that ends off its list as another decrease, with what it was yesterday', () => {
    const of = books(poorInMarch().changed('A', '2022-06-01', { members: 9 }).dissolved('A', '2022-06-01'));
    expect(flowsOf(of, asked(NORTH), '2022-06-01', '2022-06-01').poor).toEqual({
      opening: [1, 4],
      otherDecrease: [1, 4],
    });
  });

  it('sees no escape on the day on which the household ends', () => {
    const of = books(poorInMarch().escaped('A', '2022-06-01', NEW, 'above').dissolved('A', '2022-06-01'));
    expect(flowsOf(of, asked(NORTH), '2022-06-01', '2022-06-01').poor).toEqual({
      opening: [1, 4],
      otherDecrease: [1, 4],
    });
  });

  it('counts nothing of a household that comes and goes on one day', () => {
    const of = books(
      new Notebook()
        .registered('A', '2022-06-01', NORTH, 4)
        .reviewed('A', '2022-06-01', NEW, 'poor')
        .dissolved('A', '2022-06-01'),
    );
    expect(stockOf(of, asked(NORTH), 'poor', '2022-06-01')).toBeNull();
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-07-01').poor).toEqual({});
  });
});

describe('the opening of a standard', () => {
  it('opens with every classification before the day on which it applies, also to replace another', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2021-10-01', NEW, 'poor', 'regular')
        .reviewed('A', '2021-11-01', NEW, 'near-poor', 'periodic', { members: 5 }),
    );
    expect(flowsOf(of, asked(NORTH), '2021-10-01', '2021-10-31')).toEqual({
      poor: { opened: [1, 4], closing: [1, 4] },
      nearPoor: {},
    });
    expect(flowsOf(of, asked(NORTH), '2021-11-01', '2021-11-30')).toEqual({
      poor: { opening: [1, 4], opened: [-1, -4] },
      nearPoor: { opened: [1, 4], otherIncrease: [0, 1], closing: [1, 5] },
    });
  });

  it('remembers no escape from a status that an opening replaced', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2021-10-01', NEW, 'poor')
        .escaped('A', '2021-12-31', NEW, 'above')
        .reviewed('A', '2022-05-05', NEW, 'poor'),
    );
    expect(flowsOf(of, asked(NORTH), '2021-12-31', '2021-12-31').poor).toEqual({
      opening: [1, 4],
      opened: [-1, -4],
    });
    expect(flowsOf(of, asked(NORTH), '2022-01-01', '2022-12-31').poor).toEqual({
      newlyArising: [1, 4],
      closing: [1, 4],
    });
  });

  it.each([
    ['periodic', '2022-01-01', 'opened'],
    ['periodic', '2022-02-28', 'opened'],
    ['general-survey', '2022-02-28', 'opened'],
    ['regular', '2022-01-01', 'newlyArising'],
    ['periodic', '2022-03-01', 'newlyArising'],
  ] as const)('books a first %s review on %s as %s', (channel, on, column) => {
    const of = books(
      new Notebook().registered('A', '2021-06-01', NORTH, 4).reviewed('A', on, NEW, 'poor', channel),
    );
    expect(flowsOf(of, asked(NORTH), on, on).poor).toEqual({ [column]: [1, 4], closing: [1, 4] });
  });

  it('asks the last word of the day whether it opens', () => {
    const first = new Notebook()
      .registered('A', '2021-06-01', NORTH, 4)
      .reviewed('A', '2022-01-10', NEW, 'above');
    const of = books(first.flagged('A', '2022-01-10', NEW));
    expect(flowsOf(of, asked(NORTH), '2022-01-10', '2022-01-10').poor).toEqual({
      newlyArising: [1, 4],
      closing: [1, 4],
    });
  });

  it('asks the last word under the same standard', () => {
    const both = new Notebook()
      .registered('A', '2021-06-01', NORTH, 4)
      .reviewed('A', '2022-01-10', NEW, 'poor')
      .flagged('A', '2022-01-10', OLD);
    expect(flowsOf(books(both), asked(NORTH), '2022-01-10', '2022-01-10').poor).toEqual({
      opened: [1, 4],
      closing: [1, 4],
    });
  });

  it('no longer opens from the day of application on for a household classified before', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2021-12-31', NEW, 'poor')
        .reviewed('A', '2022-01-01', NEW, 'near-poor'),
    );
    expect(flowsOf(of, asked(NORTH), '2022-01-01', '2022-01-01')).toEqual({
      poor: { opening: [1, 4], escapedToNearPoor: [1, 4] },
      nearPoor: { becameNearPoorFromPoor: [1, 4], closing: [1, 4] },
    });
  });
});

describe('coming back', () => {
  it('calls it re-poor after an escape under any standard, wherever that was', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', COAST, 4)
        .reviewed('A', '2021-06-10', OLD, 'poor')
        .escaped('A', '2021-07-10', OLD, 'near-poor')
        .moved('A', '2021-08-01', NORTH)
        .reviewed('A', '2022-05-10', NEW, 'poor', 'regular'),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-31').poor).toEqual({
      rePoor: [1, 4],
      closing: [1, 4],
    });
  });

  it('needs the escape on an earlier day', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2021-06-10', OLD, 'poor')
        .escaped('A', '2022-05-10', OLD, 'above')
        .reviewed('A', '2022-05-10', NEW, 'poor'),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-10', '2022-05-10').poor).toEqual({
      newlyArising: [1, 4],
      closing: [1, 4],
    });
  });

  it('books near-poor to poor in its own column, also after an escape', () => {
    const of = books(
      poorInMarch().escaped('A', '2022-05-01', NEW, 'near-poor').flagged('A', '2022-08-01', NEW),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-08-31')).toEqual({
      poor: {
        opening: [1, 4],
        escapedToNearPoor: [1, 4],
        becamePoorFromNearPoor: [1, 4],
        closing: [1, 4],
      },
      nearPoor: { becameNearPoorFromPoor: [1, 4], becamePoor: [1, 4] },
    });
  });

  it('is re-near-poor only after near-poverty was left for above', () => {
    const fromPoor = poorInMarch()
      .escaped('A', '2022-05-01', NEW, 'above')
      .reviewed('A', '2022-08-01', NEW, 'near-poor');
    expect(flowsOf(books(fromPoor), asked(NORTH), '2022-08-01', '2022-08-01').nearPoor).toEqual({
      newlyArising: [1, 4],
      closing: [1, 4],
    });
    const again = fromPoor
      .escaped('A', '2022-09-01', NEW, 'above')
      .reviewed('A', '2022-11-01', NEW, 'near-poor');
    expect(flowsOf(books(again), asked(NORTH), '2022-09-01', '2022-11-01').nearPoor).toEqual({
      opening: [1, 4],
      escapedAbove: [1, 4],
      reNearPoor: [1, 4],
      closing: [1, 4],
    });
  });
});

describe('the end of a day', () => {
  it('counts only the last status of the day', () => {
    const of = books(
      poorInMarch()
        .reviewed('A', '2022-05-01', NEW, 'near-poor')
        .escaped('A', '2022-05-01', NEW, 'above')
        .reviewed('A', '2022-06-01', NEW, 'poor')
        .escaped('A', '2022-06-01', NEW, 'above'),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-06-30')).toEqual({
      poor: { opening: [1, 4], escapedAbove: [1, 4] },
      nearPoor: {},
    });
  });

  it('takes members from reviews, then from details, then from the move, whatever came first', () => {
    const notebook = poorInMarch().changed('A', '2022-05-01', { members: 6 });
    const review = () => notebook.reviewed('A', '2022-05-01', NEW, 'poor', 'regular', { members: 5 });
    expect(stockOf(books(review()), asked(NORTH), 'poor', '2022-05-01')?.persons).toBe(6);
    const move = notebook.moved('A', '2022-05-01', SOUTH, 7).changed('A', '2022-05-01', { members: 8 });
    expect(stockOf(books(move), asked(SOUTH), 'poor', '2022-05-01')?.persons).toBe(7);
  });

  it('lets the review under the later standard have the last word on members', () => {
    const of = books(
      poorInMarch()
        .reviewed('A', '2022-05-01', NEW, 'poor', 'periodic', { members: 5 })
        .reviewed('A', '2022-05-01', OLD, 'poor', 'periodic', { members: 6 }),
    );
    expect(stockOf(of, asked(NORTH), 'poor', '2022-05-01')?.persons).toBe(5);
  });

  it('carries yesterday’s members over a passage, so that both forms agree, and books the rest apart', () => {
    const of = books(poorInMarch().reviewed('A', '2022-05-01', NEW, 'near-poor', 'periodic', { members: 6 }));
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-01')).toEqual({
      poor: { opening: [1, 4], escapedToNearPoor: [1, 4] },
      nearPoor: { becameNearPoorFromPoor: [1, 4], otherIncrease: [0, 2], closing: [1, 6] },
    });
  });

  it('lets a household come in with its closing members and leave with yesterday’s', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2022-05-01', NEW, 'poor', 'regular', { members: 6 })
        .reviewed('A', '2022-06-01', NEW, 'above', 'regular', { members: 3 }),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-06-01').poor).toEqual({
      newlyArising: [1, 6],
      escapedAbove: [1, 6],
    });
  });

  it('books a change of members on the list in persons only', () => {
    const of = books(
      poorInMarch().changed('A', '2022-05-01', { members: 3 }).changed('A', '2022-05-02', { members: 7 }),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-02').poor).toEqual({
      opening: [1, 4],
      otherDecrease: [0, 1],
      otherIncrease: [0, 4],
      closing: [1, 7],
    });
  });
});

describe('groups', () => {
  it('lets a household that joins a group on the list enter it by another increase', () => {
    const of = books(poorInMarch().changed('A', '2022-05-01', { groups: ['merit'], members: 5 }));
    expect(flowsOf(of, asked(NORTH, NEW, 'merit'), '2022-05-01', '2022-05-01').poor).toEqual({
      otherIncrease: [1, 5],
      closing: [1, 5],
    });
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-01').poor).toEqual({
      opening: [1, 4],
      otherIncrease: [0, 1],
      closing: [1, 5],
    });
  });

  it('passes between the lists in yesterday’s groups, and leaves the group after it', () => {
    const notebook = new Notebook()
      .registered('A', '2021-06-01', NORTH, 4, ['merit'])
      .reviewed('A', '2022-03-10', NEW, 'poor')
      .reviewed('A', '2022-05-01', NEW, 'near-poor', 'regular', { groups: ['no-labour'], members: 5 });
    const flows = (group: string) =>
      flowsOf(books(notebook), asked(NORTH, NEW, group), '2022-05-01', '2022-05-01');
    expect(flows('merit')).toEqual({
      poor: { opening: [1, 4], escapedToNearPoor: [1, 4] },
      nearPoor: { becameNearPoorFromPoor: [1, 4], otherDecrease: [1, 4] },
    });
    expect(flows('no-labour')).toEqual({ poor: {}, nearPoor: { otherIncrease: [1, 5], closing: [1, 5] } });
  });
});

describe('moves', () => {
  it('leaves with yesterday’s members and arrives with the closing ones', () => {
    const of = books(poorInMarch().moved('A', '2022-05-01', COAST, 6));
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-01').poor).toEqual({
      opening: [1, 4],
      otherDecrease: [1, 4],
    });
    expect(flowsOf(of, asked(COAST), '2022-05-01', '2022-05-01').poor).toEqual({
      otherIncrease: [1, 6],
      closing: [1, 6],
    });
  });

  it('changes the status in the old place, then moves', () => {
    const of = books(
      poorInMarch().moved('A', '2022-05-01', COAST, 6).escaped('A', '2022-05-01', NEW, 'near-poor'),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-01')).toEqual({
      poor: { opening: [1, 4], escapedToNearPoor: [1, 4] },
      nearPoor: { becameNearPoorFromPoor: [1, 4], otherDecrease: [1, 4] },
    });
    expect(flowsOf(of, asked(COAST), '2022-05-01', '2022-05-01')).toEqual({
      poor: {},
      nearPoor: { otherIncrease: [1, 6], closing: [1, 6] },
    });
  });

  it('carries the closing members through the old place after an entry on the same day', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4)
        .reviewed('A', '2022-05-01', NEW, 'poor', 'regular')
        .moved('A', '2022-05-01', COAST, 6),
    );
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-01').poor).toEqual({
      newlyArising: [1, 6],
      otherDecrease: [1, 6],
    });
    expect(flowsOf(of, asked(COAST), '2022-05-01', '2022-05-01').poor).toEqual({
      otherIncrease: [1, 6],
      closing: [1, 6],
    });
    expect(stockOf(of, asked(NORTH), 'poor', '2022-05-01')).toEqual({ households: 0, persons: 0 });
  });

  it('enters at the closing place where there was no household yesterday', () => {
    const of = books(
      new Notebook()
        .registered('A', '2022-05-01', NORTH, 4)
        .reviewed('A', '2022-05-01', NEW, 'poor', 'regular')
        .moved('A', '2022-05-01', COAST),
    );
    expect(stockOf(of, asked(NORTH), 'poor', '2022-05-01')).toBeNull();
    expect(flowsOf(of, asked(COAST), '2022-05-01', '2022-05-01').poor).toEqual({
      newlyArising: [1, 4],
      closing: [1, 4],
    });
  });

  it('is no movement where both ends are inside, and says what its parts have in excess', () => {
    const of = books(poorInMarch().moved('A', '2022-05-01', SOUTH, 6));
    const [from, to] = [parseDay('2022-05-01'), parseDay('2022-05-31')];
    expect(flowsOf(of, asked(UPPER), from, to).poor).toEqual({
      opening: [1, 4],
      otherIncrease: [0, 2],
      closing: [1, 6],
    });
    expect(of.movedInside(asked(UPPER), 'poor', from, to)).toEqual({ households: 1, persons: 4 });
    expect(of.movedInside(asked(HILLS), 'poor', from, to)).toEqual({ households: 0, persons: 0 });
    expect(of.movedInside(asked(UPPER), 'near-poor', from, to)).toEqual({ households: 0, persons: 0 });
  });

  it('says how many were on the way both before and after, where the household has become smaller', () => {
    const of = books(poorInMarch().moved('A', '2022-05-01', RIVER, 3));
    const day = parseDay('2022-05-01');
    expect(flowsOf(of, asked(UPPER), day, day).poor).toEqual({ opening: [1, 4], otherDecrease: [1, 4] });
    expect(flowsOf(of, asked(LOWER), day, day).poor).toEqual({ otherIncrease: [1, 3], closing: [1, 3] });
    expect(flowsOf(of, asked(HILLS), day, day).poor).toEqual({
      opening: [1, 4],
      otherDecrease: [0, 1],
      closing: [1, 3],
    });
    expect(of.movedInside(asked(HILLS), 'poor', day, day)).toEqual({ households: 1, persons: 3 });
  });

  it('moves nobody of a group that the household leaves on the way', () => {
    const of = books(
      new Notebook()
        .registered('A', '2021-06-01', NORTH, 4, ['merit'])
        .reviewed('A', '2022-03-10', NEW, 'poor')
        .moved('A', '2022-05-01', SOUTH)
        .changed('A', '2022-05-01', { groups: [] }),
    );
    const merit = asked(UPPER, NEW, 'merit');
    expect(flowsOf(of, merit, '2022-05-01', '2022-05-01').poor).toEqual({
      opening: [1, 4],
      otherDecrease: [1, 4],
    });
    expect(of.movedInside(merit, 'poor', parseDay('2022-05-01'), parseDay('2022-05-01')).households).toBe(0);
  });
});

describe('a changing tree', () => {
  const MAY = { on: parseDay('2022-05-01'), recordedOn: parseDay('2022-05-01') };
  const CENTRE = '04190@2022-05-01';
  const merged = treeKnownOn([{ type: 'merge', ...MAY, places: [NORTH, SOUTH], into: CENTRE }], LAST_DAY);

  it('takes the stock over the boundary on the morning of a merge', () => {
    const of = books(poorInMarch(), LAST_DAY, merged);
    expect(flowsOf(of, asked(NORTH), '2022-05-01', '2022-05-31').poor).toEqual({
      opening: [1, 4],
      boundaryOut: [1, 4],
    });
    expect(flowsOf(of, asked(CENTRE), '2022-05-01', '2022-05-31').poor).toEqual({
      boundaryIn: [1, 4],
      closing: [1, 4],
    });
    expect(flowsOf(of, asked(UPPER), '2022-05-01', '2022-05-31').poor).toEqual({
      opening: [1, 4],
      closing: [1, 4],
    });
  });

  it('sees no move between two places that have become one commune', () => {
    const of = books(poorInMarch().moved('A', '2022-05-01', SOUTH), LAST_DAY, merged);
    expect(flowsOf(of, asked(CENTRE), '2022-05-01', '2022-05-31').poor).toEqual({
      boundaryIn: [1, 4],
      closing: [1, 4],
    });
    const [from, to] = [parseDay('2022-05-01'), parseDay('2022-05-31')];
    expect(of.movedInside(asked(UPPER), 'poor', from, to).households).toBe(0);
  });

  it('changes over yesterday’s stock first and books the day by the day’s tree', () => {
    const act: Act = { type: 'other-parent', ...MAY, unit: NORTH, parent: LOWER };
    const of = books(
      poorInMarch().moved('A', '2022-05-01', RIVER).escaped('A', '2022-05-01', NEW, 'near-poor'),
      LAST_DAY,
      treeKnownOn([act], LAST_DAY),
    );
    expect(flowsOf(of, asked(UPPER), '2022-05-01', '2022-05-01')).toEqual({
      poor: { opening: [1, 4], boundaryOut: [1, 4] },
      nearPoor: {},
    });
    expect(flowsOf(of, asked(LOWER), '2022-05-01', '2022-05-01')).toEqual({
      poor: { boundaryIn: [1, 4], escapedToNearPoor: [1, 4] },
      nearPoor: { becameNearPoorFromPoor: [1, 4], closing: [1, 4] },
    });
  });
});
