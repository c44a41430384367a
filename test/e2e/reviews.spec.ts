import type { Facts, HouseholdOrderAnswer, Rates } from './support/answers';
import { codesOf } from './support/answers';
import { daysAgo, today, tomorrow } from './support/days';
import { malformedAt, problemOf, refusedFor } from './support/problem';
import type { Answer } from './support/server';
import { Server } from './support/server';
import { World } from './support/world';

type Fields = Readonly<Record<string, unknown>>;

describe('recording a review', () => {
  let server: Server;
  let world: World;
  let commune: string;

  beforeAll(async () => {
    server = await Server.start();
    world = new World(server);
    commune = (await world.region()).communes[0] ?? '';
  });
  afterAll(() => server.stop());

  const household = (fields: Fields = {}): Promise<string> => world.household(commune, fields);

  /** A review of a fresh household. */
  const tryReview = async (
    outcome: string,
    on: string,
    fields: Fields = {},
  ): Promise<Answer<HouseholdOrderAnswer>> =>
    world.tryOrder(await household(), 'reviews', world.review(outcome, on, fields));

  const warningsOf = async (outcome: string, on: string, fields: Fields = {}): Promise<string[]> => {
    const { status, body } = await tryReview(outcome, on, fields);
    expect({ status, body }).toMatchObject({ status: 201 });
    return codesOf(body.warnings);
  };

  it('answers 201 with the household, its revision, fact, transitions and ETag', async () => {
    const id = await household();
    const evidence = { incomeScore: 120, deprivations: [1, 4, 10], causes: [2, 7] };
    const answer = await world.tryOrder(id, 'reviews', world.review('poor', '2022-12-15', evidence));
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toMatch(/".+"/);
    expect(answer.body).toMatchObject({
      householdId: id,
      revision: 1,
      position: expect.any(String),
      facts: [{ type: expect.any(String), effectiveOn: '2022-12-15' }],
      transitions: [
        { standard: 'VN-2022', from: null, to: 'poor', kind: 'newlyArising', effectiveOn: '2022-12-15' },
      ],
      warnings: [],
    });
  });

  describe('under the rule of its standard', () => {
    const three = [1, 2, 3];
    const two = [1, 2];

    it.each([
      ['VN-2022', '2022-12-15', 'rural', { incomeScore: 140, deprivations: three }, 'poor'],
      ['VN-2022', '2022-12-15', 'rural', { incomeScore: 140, deprivations: two }, 'near-poor'],
      ['VN-2022', '2022-12-15', 'rural', { incomeScore: 141, deprivations: three }, 'above'],
      ['VN-2022', '2022-12-15', 'urban', { incomeScore: 175, deprivations: three }, 'poor'],
      ['VN-2022', '2022-12-15', 'urban', { incomeScore: 175, deprivations: [] }, 'near-poor'],
      ['VN-2022', '2022-12-15', 'urban', { incomeScore: 176, deprivations: three }, 'above'],
      ['VN-2022', '2022-12-15', 'rural', { incomePerCapita: 1_500_000, deprivations: three }, 'poor'],
      ['VN-2022', '2022-12-15', 'rural', { incomePerCapita: 1_500_000, deprivations: two }, 'near-poor'],
      ['VN-2022', '2022-12-15', 'rural', { incomePerCapita: 1_500_001, deprivations: three }, 'above'],
      ['VN-2022', '2022-12-15', 'urban', { incomePerCapita: 2_000_000, deprivations: three }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomePerCapita: 700_000, deprivations: [] }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomePerCapita: 700_001, deprivations: three }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomePerCapita: 1_000_000, deprivations: two }, 'near-poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomePerCapita: 1_000_001, deprivations: three }, 'above'],
      ['VN-2016', '2018-12-15', 'urban', { incomePerCapita: 900_000, deprivations: [] }, 'poor'],
      ['VN-2016', '2018-12-15', 'urban', { incomePerCapita: 1_300_000, deprivations: three }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomeScore: 120, deprivations: [] }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomeScore: 150, deprivations: three }, 'poor'],
      ['VN-2016', '2018-12-15', 'rural', { incomeScore: 150, deprivations: two }, 'near-poor'],
      ['VN-2016', '2018-12-15', 'urban', { incomeScore: 140, deprivations: [] }, 'poor'],
      ['VN-2016', '2021-12-15', 'urban', { incomeScore: 176, deprivations: three }, 'above'],
      ['VN-2011', '2012-12-15', 'rural', { incomePerCapita: 400_000 }, 'poor'],
      ['VN-2011', '2012-12-15', 'urban', { incomePerCapita: 500_000 }, 'poor'],
      ['VN-2027', '2026-11-01', 'rural', { incomePerCapita: 2_200_000, deprivations: three }, 'poor'],
      ['VN-2027', '2026-11-01', 'urban', { incomePerCapita: 2_800_000, deprivations: two }, 'near-poor'],
    ])('%s on %s, %s, %j is %s and nothing else', async (standard, on, areaType, evidence, right) => {
      const id = await household({ registeredOn: '2011-01-01' });
      for (const outcome of ['poor', 'near-poor', 'above'].filter((status) => status !== right)) {
        const wrong = world.review(outcome, on, { standard, areaType, ...evidence });
        const answer = await world.tryOrder(id, 'reviews', wrong);
        // The near-poor lines of 2011 are remembered, not read: they refute nothing.
        if (standard === 'VN-2011' && answer.status === 201) continue;
        refusedFor(answer, 'review.contradicts-scores');
      }
      const fine = world.review(right, on, { standard, areaType, ...evidence });
      expect((await world.tryOrder(id, 'reviews', fine)).body).toMatchObject({
        transitions: [{ standard, to: right }],
      });
    });

    it('names the rule that the outcome contradicts, with its numbers', async () => {
      const answer = await tryReview('poor', '2022-12-15', { incomeScore: 150, deprivations: three });
      const problem = refusedFor(answer, 'review.contradicts-scores', 'outcome');
      expect(problem.detail).toMatch(/140/);
      expect(problem.errors[0]).toMatchObject({ got: 'poor' });
    });

    it('takes the outcome of a decision that knowingly departs from it, and says so', async () => {
      const evidence = { incomeScore: 150, deprivations: three, override: { reason: 'complaint-upheld' } };
      expect(await warningsOf('poor', '2022-12-15', evidence)).toContain('review.overridden');
    });

    it.each(['Has spaces', '', 'ă', 'x'.repeat(41)])(
      'refuses the reason %p of an override',
      async (reason) => {
        malformedAt(await tryReview('poor', '2022-12-15', { override: { reason } }), 'override.reason');
      },
    );

    it('accepts what a standard does not define, unchecked', async () => {
      const id = await household();
      const review = world.review('poor', '2026-11-01', {
        standard: 'VN-2027',
        incomeScore: 120,
        deprivations: three,
      });
      const { status, body } = await world.tryOrder(id, 'reviews', review);
      expect(status).toBe(201);
      expect(body.warnings.length).toBeGreaterThan(0);
      const { facts } = (await server.ask<Facts>(`/v1/households/${id}/facts`)).body;
      expect(JSON.stringify(facts.at(-1))).toContain('unchecked');
    });

    it('accepts a review without any evidence', async () => {
      for (const outcome of ['poor', 'near-poor', 'above']) {
        expect((await tryReview(outcome, '2022-12-15')).status).toBe(201);
      }
    });

    it('lets scores rule over income, and warns of the difference', async () => {
      const both = { incomeScore: 120, incomePerCapita: 3_000_000, deprivations: three };
      expect(await warningsOf('poor', '2022-12-15', both)).toHaveLength(1);
      refusedFor(await tryReview('above', '2022-12-15', both), 'review.contradicts-scores');
      const agree = { incomeScore: 120, incomePerCapita: 1_000_000, deprivations: three };
      expect(await warningsOf('poor', '2022-12-15', agree)).toEqual([]);
    });

    it("lets the review's own area type rule, and warns where the unit has another", async () => {
      const urbanSheet = { areaType: 'urban', incomeScore: 160, deprivations: three };
      expect(await warningsOf('poor', '2022-12-15', urbanSheet)).toHaveLength(1);
      const ruralSheet = { areaType: 'rural', incomeScore: 120, deprivations: three };
      expect(await warningsOf('poor', '2022-12-15', ruralSheet)).toEqual([]);
    });

    it('compares with the area type of the unit on the day', async () => {
      const { communes } = await world.region();
      await server.post(`/v1/units/${communes[0]}/changes`, { effectiveOn: '2022-01-01', areaType: 'urban' });
      const warnings = async (on: string, standard: string): Promise<string[]> => {
        const id = await world.household(communes[0] ?? '');
        const { body } = await world.tryOrder(
          id,
          'reviews',
          world.review('poor', on, { standard, areaType: 'urban' }),
        );
        return codesOf(body.warnings);
      };
      const rural = await warnings('2021-12-15', 'VN-2016');
      const urban = await warnings('2022-12-15', 'VN-2022');
      expect(rural.filter((code) => code.includes('area-type'))).toHaveLength(1);
      expect(urban.filter((code) => code.includes('area-type'))).toHaveLength(0);
    });

    it('refuses an indicator that the standard does not have', async () => {
      const answer = await tryReview('poor', '2018-12-15', { standard: 'VN-2016', deprivations: [1, 2, 11] });
      expect([400, 422]).toContain(answer.status);
      expect(problemOf(answer, answer.status).errors[0]?.field).toMatch(/^deprivations/);
    });
  });

  describe('on its days', () => {
    it('warns where it takes effect before the day of its decision', async () => {
      const decision = world.decision('2022-12-20');
      expect(await warningsOf('poor', '2022-12-15', { decision })).toContain('decision.later-than-effect');
      const onTheDay = await warningsOf('poor', '2022-12-20', { decision: world.decision('2022-12-20') });
      expect(onTheDay).not.toContain('decision.later-than-effect');
    });

    it('refuses an effect in the future', async () => {
      const answer = await tryReview('poor', tomorrow(), { decision: world.decision(today()) });
      expect(problemOf(answer, 422).errors[0]?.field).toBe('effectiveOn');
    });

    it('accepts one of today', async () => {
      expect((await tryReview('poor', today())).status).toBe(201);
    });

    it('accepts one under a standard that has ended, with a warning', async () => {
      expect(await warningsOf('poor', '2022-01-01', { standard: 'VN-2016' })).toContain('standard.ended');
      expect(await warningsOf('poor', '2021-12-31', { standard: 'VN-2016' })).not.toContain('standard.ended');
    });

    it('refuses a day before the household was registered, naming that day', async () => {
      const id = await household({ registeredOn: '2020-05-05' });
      const answer = await world.tryOrder(
        id,
        'reviews',
        world.review('poor', '2020-05-04', { standard: 'VN-2016' }),
      );
      expect(problemOf(answer, 422).detail).toContain('2020-05-05');
    });

    it('accepts late facts before earlier ones', async () => {
      const id = await household();
      await world.reviewed(id, 'poor', '2023-12-15');
      const { body } = await world.tryOrder(id, 'reviews', world.review('near-poor', '2022-12-15'));
      expect(body.transitions).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            effectiveOn: '2022-12-15',
            from: null,
            to: 'near-poor',
            kind: 'newlyArising',
          }),
          expect.objectContaining({
            effectiveOn: '2023-12-15',
            from: 'near-poor',
            to: 'poor',
            kind: 'becamePoorFromNearPoor',
          }),
        ]),
      );
    });
  });

  describe('that has been recorded before', () => {
    it('is unchanged when the content is the same, whatever the key', async () => {
      const id = await household();
      const review = world.review('poor', '2022-12-15', { incomeScore: 120, deprivations: [3, 1, 2] });
      const first = await world.tryOrder(id, 'reviews', review);
      const again = await world.tryOrder(id, 'reviews', review, { 'x-actor': 'somebody-else' });
      expect(again).toMatchObject({ status: 200, body: { ...first.body, unchanged: true } });
    });

    it.each([
      ['another outcome', { outcome: 'near-poor' }],
      ['another score', { incomeScore: 110 }],
      ['other members', { members: 7 }],
      ['another area type', { areaType: 'urban' }],
      ['another authority', { authority: 'UBND huyện' }],
    ])(
      'is refused with %s: a correction is another order',
      async (_what, { authority, ...other }: Fields) => {
        const id = await household();
        const review = world.review('poor', '2022-12-15');
        await world.order(id, 'reviews', review);
        const decision = { ...(review['decision'] as object), ...(authority !== undefined && { authority }) };
        const answer = await world.tryOrder(id, 'reviews', { ...review, ...other, decision });
        refusedFor(answer, 'review.already-recorded');
      },
    );

    it('is another one on another day, of another number or under another standard', async () => {
      const id = await household();
      const review = world.review('poor', '2021-12-15', { standard: 'VN-2016' });
      await world.order(id, 'reviews', review);
      const others = [
        { ...review, standard: 'VN-2022' },
        { ...review, effectiveOn: '2021-12-16' },
        { ...review, decision: world.decision('2021-12-15') },
      ];
      for (const other of others) expect((await world.tryOrder(id, 'reviews', other)).status).toBe(201);
    });

    it('answers a key with another body with 422', async () => {
      const id = await household();
      const key = { 'idempotency-key': 'review-key' };
      await world.order(id, 'reviews', world.review('poor', '2022-12-15'), key);
      const problem = problemOf(
        await world.tryOrder(id, 'reviews', world.review('poor', '2022-12-15'), key),
        422,
      );
      expect(problem.errors[0]?.field).toBe('Idempotency-Key');
    });

    it('may use a key that another household has used', async () => {
      const key = { 'idempotency-key': 'shared' };
      for (const id of [await household(), await household()]) {
        expect((await world.tryOrder(id, 'reviews', world.review('poor', '2022-12-15'), key)).status).toBe(
          201,
        );
      }
    });
  });

  describe('what the household is', () => {
    const shown = async (id: string) =>
      (await server.ask<Fields>(`/v1/households/${id}`, { on: '2023-01-01' })).body;

    it('stays where the review is silent', async () => {
      const id = await household({ members: 5, groups: ['merit'] });
      await world.reviewed(id, 'poor', '2022-12-15');
      expect(await shown(id)).toMatchObject({ members: 5, groups: ['merit'] });
    });

    it('changes where the review speaks, and [] is none', async () => {
      const id = await household({ members: 5, groups: ['merit'] });
      await world.reviewed(id, 'poor', '2022-12-15', { members: 6, groups: [] });
      expect(await shown(id)).toMatchObject({ members: 6, groups: [] });
    });

    it('has the groups that its groups imply', async () => {
      const { communes } = await world.region();
      await world.classified(communes[0] ?? '', 'poor', '2022-12-15', { groups: ['local-ethnic-minority'] });
      for (const group of ['all', 'ethnic-minority', 'local-ethnic-minority']) {
        const { body } = await server.ask<Rates>(`/v1/units/${communes[0]}/rates`, {
          on: '2022-12-31',
          group,
        });
        expect(body.poor.households).toBe(1);
      }
      const { body } = await server.ask<Rates>(`/v1/units/${communes[0]}/rates`, {
        on: '2022-12-31',
        group: 'merit',
      });
      expect(body.poor).toMatchObject({ households: 0, persons: 0 });
    });
  });

  it('takes causes as form 10 numbers them, as numbers or as text', async () => {
    for (const causes of [
      [1, 8],
      ['1', '8'],
    ]) {
      expect((await tryReview('poor', '2022-12-15', { causes })).status).toBe(201);
    }
    for (const causes of [[0], [9], ['x'], 3]) {
      const answer = await tryReview('poor', '2022-12-15', { causes });
      expect([400, 422]).toContain(answer.status);
      expect(problemOf(answer, answer.status).errors[0]?.field).toMatch(/^causes/);
    }
  });

  it.each([
    ['standard', 'VN-1999'],
    ['standard', undefined],
    ['channel', 'monthly'],
    ['channel', undefined],
    ['areaType', 'suburban'],
    ['areaType', undefined],
    ['outcome', 'rich'],
    ['outcome', undefined],
    ['effectiveOn', '2022-13-01'],
    ['incomeScore', '120'],
    ['incomeScore', -1],
    ['incomePerCapita', 1.5],
    ['deprivations', [1.5]],
    ['deprivations', ['1']],
    ['members', 0],
    ['decision', undefined],
    ['decision', []],
    ['decision', { number: '1', date: '2022-12-15', authority: 'x', signer: 'y' }, 'decision.signer'],
    ['decision', { date: '2022-12-15', authority: 'x' }, 'decision.number'],
    ['decision', { number: '1', date: 'x', authority: 'x' }, 'decision.date'],
    ['override', 'because'],
    ['score', 120],
  ])('refuses %s = %j with 400 that names it', async (field, value, named: string = field) => {
    malformedAt(await tryReview('poor', '2022-12-15', { [field]: value }), named);
  });

  it.each([
    ['decision.number', { decision: { number: '012345678901', date: '2022-12-15', authority: 'x' } }],
    ['decision.authority', { decision: { number: '1', date: '2022-12-15', authority: 'Ô 012345678901' } }],
    ['override.reason', { override: { reason: '012345678901' } }],
  ])('keeps a personal number out of %s', async (field, fields) => {
    const answer = await tryReview('poor', '2022-12-15', fields);
    expect([400, 422]).toContain(answer.status);
    expect(problemOf(answer, answer.status).errors[0]?.field).toBe(field);
  });

  it('knows all three channels', async () => {
    for (const channel of ['periodic', 'regular', 'general-survey']) {
      expect((await tryReview('poor', daysAgo(3), { channel })).status).toBe(201);
    }
  });

  describe('makes the transition that the forms have a column for', () => {
    const kindsOf = ({ transitions }: HouseholdOrderAnswer): string[] => transitions.map(({ kind }) => kind);
    /** The kinds that the last of several reviews makes. */
    const after = async (...outcomes: [string, string][]): Promise<HouseholdOrderAnswer> => {
      const id = await household();
      let last: HouseholdOrderAnswer | undefined;
      for (const [outcome, on] of outcomes)
        last = await world.reviewed(id, outcome, on, { channel: 'regular' });
      if (!last) throw new Error('no review');
      return last;
    };

    it.each<[string, [string, string][]]>([
      ['newlyArising', [['poor', '2023-03-15']]],
      ['newlyArising', [['near-poor', '2023-03-15']]],
      [
        'newlyArising',
        [
          ['above', '2023-03-15'],
          ['poor', '2023-06-15'],
        ],
      ],
      [
        'escapedToNearPoor',
        [
          ['poor', '2023-03-15'],
          ['near-poor', '2023-06-15'],
        ],
      ],
      [
        'escapedAbove',
        [
          ['poor', '2023-03-15'],
          ['above', '2023-06-15'],
        ],
      ],
      [
        'escapedAbove',
        [
          ['near-poor', '2023-03-15'],
          ['above', '2023-06-15'],
        ],
      ],
      [
        'becamePoorFromNearPoor',
        [
          ['near-poor', '2023-03-15'],
          ['poor', '2023-06-15'],
        ],
      ],
      [
        'rePoor',
        [
          ['poor', '2023-03-15'],
          ['above', '2023-06-15'],
          ['poor', '2024-06-15'],
        ],
      ],
      [
        'reNearPoor',
        [
          ['near-poor', '2023-03-15'],
          ['above', '2023-06-15'],
          ['near-poor', '2024-06-15'],
        ],
      ],
      // Never near-poor before: it escaped poverty, not near-poverty.
      [
        'newlyArising',
        [
          ['poor', '2023-03-15'],
          ['above', '2023-06-15'],
          ['near-poor', '2024-06-15'],
        ],
      ],
    ])('%s after %j', async (kind, outcomes) => {
      const answer = await after(...outcomes);
      expect(kindsOf(answer)).toEqual([kind]);
      expect(answer.transitions[0]).not.toHaveProperty('afterEscape', true);
    });

    it('becamePoorFromNearPoor, never rePoor, even after an escape, which it says', async () => {
      const answer = await after(['poor', '2023-03-15'], ['near-poor', '2023-06-15'], ['poor', '2024-06-15']);
      expect(answer.transitions).toEqual([
        expect.objectContaining({
          kind: 'becamePoorFromNearPoor',
          from: 'near-poor',
          to: 'poor',
          afterEscape: true,
        }),
      ]);
    });

    it('none where the status stays', async () => {
      expect(kindsOf(await after(['poor', '2023-03-15'], ['poor', '2024-03-15']))).toEqual([]);
    });

    it('rePoor after an escape under an earlier standard', async () => {
      const id = await household();
      await world.reviewed(id, 'poor', '2018-03-15', { standard: 'VN-2016', channel: 'regular' });
      await world.escaped(id, 'above', '2019-06-15', { standard: 'VN-2016' });
      const answer = await world.reviewed(id, 'poor', '2023-06-15', { channel: 'regular' });
      expect(kindsOf(answer)).toEqual(['rePoor']);
    });

    it.each([
      ['2021-12-15', 'periodic', 'opened'],
      ['2021-12-15', 'regular', 'opened'],
      ['2022-01-01', 'periodic', 'opened'],
      ['2022-02-28', 'general-survey', 'opened'],
      ['2022-02-28', 'regular', 'newlyArising'],
      ['2022-03-01', 'periodic', 'newlyArising'],
    ])('for a first classification on %s by %s: %s', async (on, channel, kind) => {
      const answer = await world.reviewed(await household(), 'poor', on, { channel });
      expect(kindsOf(answer)).toEqual([kind]);
    });

    it('opened when one opening status replaces another', async () => {
      const id = await household();
      await world.reviewed(id, 'poor', '2021-11-15');
      expect(kindsOf(await world.reviewed(id, 'above', '2021-12-15'))).toEqual(['opened']);
    });
  });

  it('refuses a classification before the review that opened its standard', async () => {
    problemOf(await tryReview('poor', '2021-08-31'), 422);
    expect((await tryReview('poor', '2021-09-01')).status).toBe(201);
  });
});
