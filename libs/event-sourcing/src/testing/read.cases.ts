import { dayOf, parseDay } from '@ledger/kernel';
import fc from 'fast-check';
import type { NewFact } from '../event-store';
import { NO_STREAM } from '../event-store';
import type { StoreInTest } from './event-store.contract';
import { newFact, newFacts, newStream } from './sample-facts';

export function readCases(test: StoreInTest): void {
  it('finds nothing in a stream that does not exist', async () => {
    expect(await test.store.read(newStream())).toEqual([]);
    expect(await test.store.read(newStream(), 3)).toEqual([]);
  });

  it('begins at a revision', async () => {
    const stream = newStream();
    const { facts } = await test.store.append(stream, NO_STREAM, newFacts(5));
    expect(await test.store.read(stream, 0)).toEqual(facts);
    expect(await test.store.read(stream, 3)).toEqual(facts.slice(3));
    expect(await test.store.read(stream, 5)).toEqual([]);
  });

  it('sees what was appended before', async () => {
    const stream = newStream();
    for (let revision = NO_STREAM; revision < 20; revision++) {
      await test.store.append(stream, revision, newFacts(1));
      expect((await test.store.read(stream)).at(-1)?.revision).toBe(revision + 1);
    }
  });

  it('gives back what was appended', async () => {
    const stream = newStream();
    const fact: NewFact = {
      ...newFact({
        name: 'Quảng Trị: hộ nghèo, 貧困 🌾',
        'a "quoted"\n\u0000key': '\u2028',
        empty: { text: '', list: [], object: {} },
        numbers: [0, -1, 0.1, 1e21, 5e-324, Number.MAX_SAFE_INTEGER],
        deep: [[[{ yes: true, no: false, nothing: null }]]],
      }),
      type: 'ĐãGhiNhận',
      version: 3,
    };
    await test.store.append(stream, NO_STREAM, [fact]);

    const [recorded] = await test.store.read(stream);
    expect(recorded).toMatchObject({ stream, revision: 0, id: fact.id, type: fact.type, version: 3 });
    expect(recorded?.data).toStrictEqual(fact.data);
    expect(recorded?.undecodable).toBeUndefined();
  });

  it('gives back any JSON', async () => {
    // "grapheme" makes whole characters of every plane, without lone surrogates.
    const json = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }));
    const lists = fc.array(json, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lists, async (values) => {
        const stream = newStream();
        await test.store.append(
          stream,
          NO_STREAM,
          values.map((value) => newFact(value as NewFact['data'])),
        );
        const recorded = await test.store.read(stream);
        // -0 becomes 0 on the way, as everywhere in JSON.
        expect(recorded.map((fact) => fact.data)).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 25 },
    );
  });

  it('leaves out properties that are undefined', async () => {
    const stream = newStream();
    await test.store.append(stream, NO_STREAM, [newFact({ status: 'poor', reason: undefined })]);
    const [recorded] = await test.store.read(stream);
    expect(recorded?.data).toStrictEqual({ status: 'poor' });
  });

  it('is not touched by what the caller does to a fact later', async () => {
    const stream = newStream();
    const data = { members: [1, 2] };
    const appending = test.store.append(stream, NO_STREAM, [newFact(data)]);
    data.members.push(3);
    await appending;
    expect((await test.store.read(stream))[0]?.data).toEqual({ members: [1, 2] });
  });

  it('gives back the metadata, with and without what may be absent', async () => {
    const stream = newStream();
    const bare = newFact();
    const full = newFact(undefined, {
      requestHash: 'b1946ac9',
      recordedOn: parseDay('2019-12-31'),
      notices: [{ code: 'review.late', facts: { days: 12, standard: 'VN-2022' } }, { code: 'review.odd' }],
    });
    await test.store.append(stream, NO_STREAM, [bare, full]);

    const recorded = await test.store.read(stream);
    expect(recorded.map((fact) => fact.metadata)).toStrictEqual([bare.metadata, full.metadata]);
  });

  it('knows when the log recorded a fact, to the millisecond', async () => {
    const stream = newStream();
    await test.store.append(stream, NO_STREAM, newFacts(1));
    const recordedAt = (await test.store.read(stream))[0]?.recordedAt ?? '';
    expect(recordedAt).toBe(new Date(recordedAt).toISOString());
  });

  it('knows the booking day of the last fact: its own, or the day in Vietnam when it was recorded', async () => {
    const stream = newStream();
    await test.store.append(stream, NO_STREAM, [newFact(undefined, { recordedOn: parseDay('2019-12-31') })]);
    expect(await test.store.lastRecordedOn()).toBe('2019-12-31');

    const { facts } = await test.store.append(stream, 0, newFacts(1));
    expect(await test.store.lastRecordedOn()).toBe(dayOf(facts[0]?.recordedAt ?? ''));
  });
}
