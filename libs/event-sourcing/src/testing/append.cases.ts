import { NO_STREAM, RevisionConflict, StoreUnavailable } from '../event-store';
import type { StoreInTest } from './event-store.contract';
import { appendBehind, insist } from './contract-steps';
import { newFact, newFacts, newStream } from './sample-facts';

export function appendCases(test: StoreInTest): void {
  it('numbers the facts of a stream from 0, and answers with the last one', async () => {
    const stream = newStream();
    const first = await test.store.append(stream, NO_STREAM, newFacts(1));
    const second = await test.store.append(stream, 0, newFacts(3));

    expect(first.revision).toBe(0);
    expect(second.revision).toBe(3);
    expect(second.facts.map((fact) => fact.revision)).toEqual([1, 2, 3]);
    expect(second.position).toBe(second.facts.at(-1)?.position);
  });

  it('gives every fact a position of its own, later ones greater as strings', async () => {
    const stream = newStream();
    const before = await test.store.head();
    const facts = [];
    for (let revision = NO_STREAM; revision < 12; revision++) {
      facts.push(...(await test.store.append(stream, revision, newFacts(1))).facts);
    }
    const positions = [before, ...facts.map((fact) => fact.position), await test.store.head()];

    expect(positions).toEqual([...positions].sort());
    expect(new Set(facts.map((fact) => fact.position)).size).toBe(facts.length);
    expect(facts.every((fact) => fact.position > before)).toBe(true);
  });

  it('answers with the facts as they are read', async () => {
    const stream = newStream();
    const { facts } = await test.store.append(stream, NO_STREAM, newFacts(3));
    expect(await test.store.read(stream)).toEqual(facts);
  });

  it.each([
    ['a stream that exists, where none was expected', NO_STREAM, 2],
    ['a revision that has passed', 1, 2],
    ['a revision that has not come', 7, 2],
  ])('refuses %s, and writes nothing', async (_case, expected, actual) => {
    const stream = newStream();
    await test.store.append(stream, NO_STREAM, newFacts(3));

    const refused = test.store.append(stream, expected, newFacts(2));

    await expect(refused).rejects.toBeInstanceOf(RevisionConflict);
    await expect(refused).rejects.toMatchObject({ stream, expected, actual });
    expect(await test.store.read(stream)).toHaveLength(3);
  });

  it('refuses a revision in a stream that does not exist', async () => {
    const stream = newStream();
    const refused = test.store.append(stream, 0, newFacts(1));
    await expect(refused).rejects.toMatchObject({ name: 'RevisionConflict', actual: NO_STREAM });
    expect(await test.store.read(stream)).toEqual([]);
  });

  it('lets one of many first writers win and tells the others so', async () => {
    const stream = newStream();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, () => insist(test.store, stream, NO_STREAM, newFacts(2))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');

    expect(refused).toHaveLength(15);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(RevisionConflict);
    expect(await test.store.read(stream)).toHaveLength(2);
  });

  it('takes each of 64 racing writers in exactly once, after they have read again', async () => {
    const stream = newStream();
    const facts = newFacts(64);
    await Promise.all(facts.map((fact) => appendBehind(test.store, stream, [fact])));

    const recorded = await test.store.read(stream);
    expect(recorded.map((fact) => fact.revision)).toEqual(facts.map((_fact, index) => index));
    expect(recorded.map((fact) => fact.id).sort()).toEqual(facts.map((fact) => fact.id).sort());
  });

  it('writes to many streams at once', async () => {
    const streams = Array.from({ length: 100 }, newStream);
    const answers = await Promise.all(
      streams.map((stream) => insist(test.store, stream, NO_STREAM, newFacts(2))),
    );

    expect(answers.map((answer) => answer.revision)).toEqual(streams.map(() => 1));
    for (const [index, stream] of streams.entries()) {
      expect(await test.store.read(stream)).toEqual(answers[index]?.facts);
    }
  });

  it('keeps a large append whole', async () => {
    const stream = newStream();
    await test.store.append(stream, NO_STREAM, newFacts(2_000));
    expect(await test.store.read(stream)).toHaveLength(2_000);
  });

  describe('the same append again', () => {
    it('is answered as before and writes nothing', async () => {
      const stream = newStream();
      const facts = newFacts(3);
      const first = await test.store.append(stream, NO_STREAM, facts);

      expect(await test.store.append(stream, NO_STREAM, facts)).toEqual(first);
      expect(await test.store.read(stream)).toHaveLength(3);
    });

    it('is answered as before when others have written since', async () => {
      const stream = newStream();
      const facts = newFacts(2);
      await test.store.append(stream, NO_STREAM, newFacts(1));
      const first = await test.store.append(stream, 0, facts);
      await test.store.append(stream, 2, newFacts(5));

      expect(await test.store.append(stream, 0, facts)).toEqual(first);
      expect(await test.store.read(stream)).toHaveLength(8);
    });

    it('is written once when it is sent twice at the same time', async () => {
      const stream = newStream();
      const facts = newFacts(2);
      const [first, second] = await Promise.all([
        insist(test.store, stream, NO_STREAM, facts),
        insist(test.store, stream, NO_STREAM, facts),
      ]);

      expect(second).toEqual(first);
      expect(await test.store.read(stream)).toHaveLength(2);
    });

    it('is a conflict with other facts', async () => {
      const stream = newStream();
      const facts = newFacts(1);
      await test.store.append(stream, NO_STREAM, facts);
      const longer = test.store.append(stream, NO_STREAM, [...facts, ...newFacts(1)]);
      await expect(longer).rejects.toBeInstanceOf(RevisionConflict);
      expect(await test.store.read(stream)).toHaveLength(1);
    });

    it('may be written to another stream', async () => {
      const facts = newFacts(1);
      const stream = newStream();
      await test.store.append(newStream(), NO_STREAM, facts);
      await test.store.append(stream, NO_STREAM, facts);
      expect(await test.store.read(stream)).toHaveLength(1);
    });
  });

  describe('a mistake of the caller', () => {
    const unkept = (value: unknown) => newFact({ value: value as string });

    it.each([
      ['no fact', []],
      ['an id that is no UUID', [{ ...newFact(), id: '42' }]],
      ['undefined in a list', [newFact(), unkept([1, undefined])]],
      ['a bigint', [newFact(), unkept(1n)]],
      ['NaN', [newFact(), unkept({ deep: [NaN] })]],
      ['Infinity', [newFact(), unkept(-Infinity)]],
      ['a function', [newFact(), unkept(() => 1)]],
    ])('is refused with a TypeError, and nothing is written: %s', async (_case, facts) => {
      const stream = newStream();
      await expect(test.store.append(stream, NO_STREAM, facts)).rejects.toBeInstanceOf(TypeError);
      expect(await test.store.read(stream)).toEqual([]);
    });

    it.each([-2, 0.5, NaN])('is refused with a TypeError: %s as a revision', async (revision) => {
      const refused = test.store.append(newStream(), revision, newFacts(1));
      await expect(refused).rejects.toBeInstanceOf(TypeError);
    });

    it('harms no append beside it', async () => {
      const stream = newStream();
      const beside = insist(test.store, stream, NO_STREAM, newFacts(1));
      const mistake = test.store.append(newStream(), NO_STREAM, [unkept(NaN)]);
      await expect(mistake).rejects.toBeInstanceOf(TypeError);
      expect((await beside).revision).toBe(0);
    });
  });

  it('is refused as unavailable when the store is closed', async () => {
    await test.store.close();
    const refused = test.store.append(newStream(), NO_STREAM, newFacts(1));
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
  });
}
