import { inTurns } from './turns';

describe('the order of those who are measured', () => {
  it('has each of them first in as many runs as there are of them', () => {
    const runs = [1, 2, 3, 4].map((run) => inTurns(['a', 'b', 'c'], run).join(''));
    expect(runs).toEqual(['abc', 'bca', 'cab', 'abc']);
  });
});
