import type { Facts, HouseholdOrderAnswer } from './support/answers';
import { codesOf } from './support/answers';
import { tomorrow } from './support/days';
import { malformedAt, problemOf, refusedFor } from './support/problem';
import { Server } from './support/server';
import { World } from './support/world';

describe('the monthly channel', () => {
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
    commune = (await world.region()).communes[0] ?? '';
  });
  afterAll(() => server.stop());

  const classified = (outcome: string, on = '2022-12-15'): Promise<string> =>
    world.classified(commune, outcome, on);
  const kindsOf = ({ transitions }: HouseholdOrderAnswer): string[] => transitions.map(({ kind }) => kind);

  describe('marking an escape', () => {
    it.each([
      ['poor', 'near-poor', 'escapedToNearPoor'],
      ['poor', 'above', 'escapedAbove'],
      ['near-poor', 'above', 'escapedAbove'],
    ])('from %s to %s is %s', async (from, to, kind) => {
      const id = await classified(from);
      const answer = await world.tryOrder(id, 'escapes', world.escape(to, '2023-06-20'));
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toMatch(/".+"/);
      expect(answer.body).toMatchObject({
        householdId: id,
        facts: [{ effectiveOn: '2023-06-20' }],
        transitions: [{ standard: 'VN-2022', from, to, kind, effectiveOn: '2023-06-20' }],
      });
    });

    it.each([
      ['near-poor', 'near-poor'],
      ['above', 'above'],
      ['above', 'near-poor'],
    ])('from %s to %s is refused', async (from, to) => {
      const answer = await world.tryOrder(await classified(from), 'escapes', world.escape(to, '2023-06-20'));
      refusedFor(answer, 'escape.not-poor-on-that-day');
    });

    it('of a household that nobody classified is refused', async () => {
      const id = await world.household(commune);
      refusedFor(
        await world.tryOrder(id, 'escapes', world.escape('above', '2023-06-20')),
        'escape.not-poor-on-that-day',
      );
    });

    it('is judged on its own day, under its own standard', async () => {
      const id = await classified('poor');
      refusedFor(
        await world.tryOrder(id, 'escapes', world.escape('above', '2022-12-14')),
        'escape.not-poor-on-that-day',
      );
      const other = world.escape('above', '2021-06-20', { standard: 'VN-2016' });
      refusedFor(await world.tryOrder(id, 'escapes', other), 'escape.not-poor-on-that-day');
      await world.escaped(id, 'above', '2023-06-20');
      refusedFor(
        await world.tryOrder(id, 'escapes', world.escape('above', '2023-07-20')),
        'escape.not-poor-on-that-day',
      );
      // Earlier than the one that is known, it was still poor.
      expect((await world.tryOrder(id, 'escapes', world.escape('near-poor', '2023-05-20'))).status).toBe(201);
    });

    it('to poor is malformed', async () => {
      malformedAt(
        await world.tryOrder(await classified('poor'), 'escapes', world.escape('poor', '2023-06-20')),
        'to',
      );
    });

    it('again is unchanged, and with another content refused', async () => {
      const id = await classified('poor');
      const escape = world.escape('near-poor', '2023-06-20');
      const first = await world.tryOrder(id, 'escapes', escape);
      const again = await world.tryOrder(id, 'escapes', escape);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
      const other = problemOf(await world.tryOrder(id, 'escapes', { ...escape, to: 'above' }), 422);
      expect(other.code).toMatch(/\.already-recorded$/);
    });

    it('may name its channel', async () => {
      const escape = world.escape('above', '2023-06-20', { channel: 'periodic' });
      expect((await world.tryOrder(await classified('poor'), 'escapes', escape)).status).toBe(201);
      const wrong = world.escape('above', '2023-06-20', { channel: 'x' });
      malformedAt(await world.tryOrder(await classified('poor'), 'escapes', wrong), 'channel');
    });

    it('needs a decision that is not of the future', async () => {
      const id = await classified('poor');
      const { decision: _none, ...undecided } = world.escape('above', '2023-06-20');
      malformedAt(await world.tryOrder(id, 'escapes', undecided), 'decision');
      const future = world.escape('above', '2023-06-20', { decision: world.decision(tomorrow()) });
      problemOf(await world.tryOrder(id, 'escapes', future), 422);
      const late = world.escape('above', tomorrow());
      expect(problemOf(await world.tryOrder(id, 'escapes', late), 422).errors[0]?.field).toBe('effectiveOn');
    });

    it('warns where it takes effect before its decision, and after its standard', async () => {
      const early = world.escape('above', '2023-06-20', { decision: world.decision('2023-06-25') });
      const { body } = await world.tryOrder(await classified('poor'), 'escapes', early);
      expect(codesOf(body.warnings)).toEqual(['decision.later-than-effect']);
      const id = await world.classified(commune, 'poor', '2021-12-15', { standard: 'VN-2016' });
      const { warnings } = await world.escaped(id, 'above', '2022-06-20', { standard: 'VN-2016' });
      expect(codesOf(warnings)).toEqual(['standard.ended']);
    });

    it('refuses a field that it does not know', async () => {
      const escape = world.escape('above', '2023-06-20', { outcome: 'above' });
      malformedAt(await world.tryOrder(await classified('poor'), 'escapes', escape), 'outcome');
    });
  });

  describe('flagging re-poverty', () => {
    const escapedFromPoor = async (to = 'above'): Promise<string> => {
      const id = await classified('poor');
      await world.escaped(id, to, '2023-06-20');
      return id;
    };

    it('of a household above makes it re-poor, and needs no review', async () => {
      const id = await escapedFromPoor();
      const answer = await world.tryOrder(
        id,
        're-poverty-flags',
        world.flag('2024-09-20', { reason: 'crop-loss' }),
      );
      expect(answer.status).toBe(201);
      expect(answer.headers.get('etag')).toMatch(/".+"/);
      expect(answer.body.transitions).toEqual([
        expect.objectContaining({
          standard: 'VN-2022',
          from: 'above',
          to: 'poor',
          kind: 'rePoor',
          effectiveOn: '2024-09-20',
        }),
      ]);
      const { facts } = (await server.ask<Facts>(`/v1/households/${id}/facts`)).body;
      expect(facts.at(-1)?.data).toMatchObject({ reason: 'crop-loss' });
    });

    it('from near-poor is accepted, and says that it had escaped', async () => {
      const answer = await world.flagged(await escapedFromPoor('near-poor'), '2024-09-20');
      expect(answer.transitions).toEqual([
        expect.objectContaining({
          from: 'near-poor',
          to: 'poor',
          kind: 'becamePoorFromNearPoor',
          afterEscape: true,
        }),
      ]);
    });

    it('of a poor household is refused', async () => {
      const id = await classified('poor');
      refusedFor(
        await world.tryOrder(id, 're-poverty-flags', world.flag('2024-09-20')),
        're-poverty.already-poor',
      );
      await world.escaped(id, 'above', '2023-06-20');
      await world.flagged(id, '2024-01-20');
      refusedFor(
        await world.tryOrder(id, 're-poverty-flags', world.flag('2024-09-20')),
        're-poverty.already-poor',
      );
    });

    it.each(['above', 'near-poor'])('without an earlier escape is refused: from %s', async (status) => {
      const answer = await world.tryOrder(
        await classified(status),
        're-poverty-flags',
        world.flag('2024-09-20'),
      );
      const { detail } = refusedFor(answer, 're-poverty.no-earlier-escape');
      expect(detail).toMatch(/review/i);
    });

    it('of a household that nobody classified is refused', async () => {
      const answer = await world.tryOrder(
        await world.household(commune),
        're-poverty-flags',
        world.flag('2024-09-20'),
      );
      refusedFor(answer, 're-poverty.no-earlier-escape');
    });

    it('after leaving near-poverty alone is refused: that is no escape from poverty', async () => {
      const id = await classified('near-poor');
      await world.escaped(id, 'above', '2023-06-20');
      refusedFor(
        await world.tryOrder(id, 're-poverty-flags', world.flag('2024-09-20')),
        're-poverty.no-earlier-escape',
      );
    });

    it('before the escape is refused', async () => {
      const id = await classified('above', '2022-03-15');
      await world.reviewed(id, 'poor', '2022-12-15');
      await world.escaped(id, 'above', '2023-06-20');
      refusedFor(
        await world.tryOrder(id, 're-poverty-flags', world.flag('2022-06-20')),
        're-poverty.no-earlier-escape',
      );
    });

    it('counts an escape that a review recognised', async () => {
      const id = await classified('poor');
      await world.reviewed(id, 'above', '2023-12-15');
      expect(kindsOf(await world.flagged(id, '2024-09-20'))).toEqual(['rePoor']);
    });

    it('counts an escape under an earlier standard', async () => {
      const id = await world.classified(commune, 'poor', '2018-12-15', { standard: 'VN-2016' });
      await world.escaped(id, 'above', '2019-06-20', { standard: 'VN-2016' });
      expect(kindsOf(await world.flagged(id, '2024-09-20'))).toEqual(['rePoor']);
    });

    it('again is unchanged, and with another content refused', async () => {
      const id = await escapedFromPoor();
      const flag = world.flag('2024-09-20', { reason: 'illness' });
      const first = await world.tryOrder(id, 're-poverty-flags', flag);
      const again = await world.tryOrder(id, 're-poverty-flags', flag);
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
      const other = problemOf(await world.tryOrder(id, 're-poverty-flags', { ...flag, reason: 'fire' }), 422);
      expect(other.code).toMatch(/\.already-recorded$/);
    });

    it.each([
      ['reason', 'Lost crop'],
      ['reason', ''],
      ['standard', 'VN-1'],
      ['effectiveOn', null],
      ['decision', undefined],
      ['outcome', 'poor'],
    ])('refuses %s = %j with 400 that names it', async (field, value) => {
      const flag = world.flag('2024-09-20', { [field]: value });
      malformedAt(await world.tryOrder(await escapedFromPoor(), 're-poverty-flags', flag), field);
    });

    it('in the future is refused', async () => {
      const problem = problemOf(
        await world.tryOrder(await escapedFromPoor(), 're-poverty-flags', world.flag(tomorrow())),
        422,
      );
      expect(problem.errors[0]?.field).toBe('effectiveOn');
    });

    it('before its decision is accepted with a warning', async () => {
      const flag = world.flag('2024-09-20', { decision: world.decision('2024-09-25') });
      const { warnings } = await world.order(await escapedFromPoor(), 're-poverty-flags', flag);
      expect(codesOf(warnings)).toEqual(['decision.later-than-effect']);
    });
  });
});
