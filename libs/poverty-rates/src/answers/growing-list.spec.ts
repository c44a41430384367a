import { GrowingList } from './growing-list';

function growing(whole: readonly string[]) {
  const taken: string[] = [];
  const list = new GrowingList<string>((row) => taken.push(row));
  /** What a snapshot with so many rows gives. */
  const rest = (count: number) => jest.fn(async (from: number) => whole.slice(from, count));
  return { list, taken, rest };
}

describe('A list that only grows', () => {
  it('is read on from where it was, and not again', async () => {
    const { list, taken, rest } = growing(['a', 'b', 'c']);
    const [two, three] = [rest(2), rest(3)];
    await list.reach(2, two);
    await list.reach(2, two);
    await list.reach(3, three);
    await list.reach(1, two);
    expect(taken).toEqual(['a', 'b', 'c']);
    expect([two.mock.calls, three.mock.calls]).toEqual([[[0]], [[2]]]);
  });

  it('takes each row once when snapshots read it at the same time', async () => {
    const { list, taken, rest } = growing(['a', 'b', 'c']);
    const again = rest(3);
    await Promise.all([
      list.reach(2, rest(2)),
      list.reach(3, rest(3)),
      list.reach(1, again),
      list.reach(3, again),
    ]);
    expect(again).not.toHaveBeenCalled();
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('is read by the next one where one has failed', async () => {
    const { list, taken, rest } = growing(['a', 'b']);
    const failed = list.reach(2, () => Promise.reject(new Error('closed')));
    await Promise.all([expect(failed).rejects.toThrow('closed'), list.reach(2, rest(2))]);
    expect(taken).toEqual(['a', 'b']);
  });
});
