import type { PlainDate } from '@ledger/kernel';
import { parseDay } from '@ledger/kernel';
import { Diary } from './diary';
import type { DemoEntry } from './entry';

const entry = (day: string, recordedBy: string): DemoEntry => ({
  recordedOn: parseDay(day),
  recordedBy,
  householdId: 'dn-24611-00001',
  order: { type: 'DissolveHousehold', effectiveOn: '2022-01-01' as PlainDate, reason: 'left' },
});
const told = (diary: Diary, day: string) =>
  [...diary.upTo(parseDay(day))].map(({ recordedBy }) => recordedBy);

describe('the diary', () => {
  it('hands entries over by the day on which they were recorded, and within a day as they came', () => {
    const diary = new Diary();
    diary.add(entry('2022-03-02', 'c'));
    diary.add(entry('2022-03-01', 'a'));
    diary.add(entry('2022-03-01', 'b'));
    diary.add(entry('2022-06-14', 'late'));
    expect(told(diary, '2022-03-31')).toEqual(['a', 'b', 'c']);
    expect(told(diary, '2022-12-31')).toEqual(['late']);
  });

  it('takes nothing more for a day that has been handed over', () => {
    const diary = new Diary();
    told(diary, '2022-03-31');
    expect(() => diary.add(entry('2022-03-31', 'a'))).toThrow('closed up to 2022-03-31');
  });
});
