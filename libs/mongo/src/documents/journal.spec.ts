import type { JournalEntry } from '@ledger/poverty-rates';
import { day, entry, THERE } from '@ledger/poverty-rates/testing';
import { idOf } from './ids';
import { entriesOf, journalDocuments } from './journal';

const inGroups = (...groups: readonly string[]): readonly JournalEntry[] =>
  groups.map((group) => entry({ group }));

describe('the entries of a batch become', () => {
  it('one document where they differ in their group alone, as people would read it', () => {
    expect(journalDocuments(inGroups('merit', 'all'))).toEqual([
      {
        _id: '24611@2004-06-30|VN-2022|2023-01-05|2023-01-01|h-1|poor.newlyArising||all|merit',
        place: '24611@2004-06-30',
        standard: 'VN-2022',
        recordedOn: '2023-01-05',
        effectiveOn: '2023-01-01',
        household: 'h-1',
        column: 'poor.newlyArising',
        counterpart: null,
        groups: ['all', 'merit'],
        households: 1,
        persons: 4,
      },
    ]);
  });

  it('one for each amount that groups differ in', () => {
    const documents = journalDocuments([...inGroups('all', 'merit'), entry({ group: 'merit', persons: 1 })]);
    expect(documents.map(({ groups, persons }) => [groups, persons])).toEqual([
      [['all'], 4],
      [['merit'], 5],
    ]);
  });

  it('the same document again for the same key, in whatever order the groups come', () => {
    const [first] = journalDocuments(inGroups('all', 'merit'));
    const [second] = journalDocuments(inGroups('merit', 'all'));
    expect(first?._id).toBe(second?._id);
    const others = [
      entry({ recordedOn: day('2023-01-06') }),
      entry({ counterpart: THERE }),
      entry({ group: 'all' }),
    ];
    expect(
      new Set([first, ...others.flatMap((one) => journalDocuments([one]))].map((one) => one?._id)).size,
    ).toBe(4);
  });

  it('nothing where they come to nothing', () => {
    expect(journalDocuments([entry(), entry({ households: -1, persons: -4 })])).toEqual([]);
  });

  it('the same entries again', () => {
    const entries = inGroups('all', 'merit');
    expect(journalDocuments(entries).flatMap(entriesOf)).toEqual(entries);
  });
});

describe('an id', () => {
  it('is one for no two lists of texts', () => {
    const lists = [
      ['a', 'b'],
      ['a|b'],
      ['a\\', 'b'],
      ['a\\|b'],
      ['a\\\\', 'b'],
      ['a', '', 'b'],
      ['a', 'b', ''],
    ];
    expect(new Set(lists.map((texts) => idOf(...texts))).size).toBe(lists.length);
  });
});
