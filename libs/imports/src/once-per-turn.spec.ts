import { setImmediate as nextTurn } from 'node:timers/promises';
import { oncePerTurn } from './once-per-turn';

describe('What is asked once in a turn of the event loop', () => {
  let asked = 0;
  const ask = oncePerTurn(async () => ++asked);

  it('is one answer for all who ask in that turn, and another in the next', async () => {
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    await nextTurn();
    expect(await ask()).toBe(2);
  });
});
