import { parseDay } from '@ledger/kernel';
import type { AnsweredWhole } from '../measures/asking';
import { requireSameAnswers } from './compare';

const QUESTIONS = ['VN', '67'].map((unit) => ({ unit, on: parseDay('2020-01-01') }));

const answer = (poor: number): AnsweredWhole => ({ ms: 1, said: [poor], whole: `{"poor":${poor}}` });

function compare(ours: readonly AnsweredWhole[], theirs: readonly AnsweredWhole[]): void {
  requireSameAnswers(
    QUESTIONS,
    new Map([
      ['product', ours],
      ['embedded', theirs],
    ]),
  );
}

describe('the answers of servers beside those of the embedded engine', () => {
  it('pass where they are the same', () => {
    expect(() => compare([answer(3), answer(4)], [answer(3), answer(4)])).not.toThrow();
  });

  it('end the run at one difference, and say of which question', () => {
    expect(() => compare([answer(3), answer(5)], [answer(3), answer(4)])).toThrow(/"poor":5.*"poor":4.*67/);
  });

  it('end the run where one is missing', () => {
    expect(() => compare([answer(3)], [answer(3)])).toThrow('67');
    expect(() => compare([], [])).toThrow('VN');
  });

  it('end the run where the rates are unknown to both', () => {
    const nothing = [answer(Number.NaN), answer(Number.NaN)];
    expect(() => compare(nothing, nothing)).toThrow('only 0 of 2 rates are known');
  });
});
