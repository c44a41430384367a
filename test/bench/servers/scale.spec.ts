import { serversScale } from './scale';

describe('the size of a run on servers', () => {
  it('is a country of about a hundred thousand facts, or of as many as BENCH_FACTS says', () => {
    expect(serversScale({}).country).toMatchObject({ households: 9_723, communes: 973 });
    expect(serversScale({ BENCH_FACTS: '1000000' }).country).toMatchObject({ households: 97_229 });
    expect(serversScale({ BENCH_FACTS: '10000000' }).country.communes).toBe(10_000);
  });

  it('has a name of its own where it is not the default, so that figures of other sizes stay', () => {
    expect(serversScale({}).name).toBe('servers');
    expect(serversScale({ BENCH_FACTS: '1000000' }).name).toBe('servers-1000000');
  });

  it('is refused by name where it is no number', () => {
    for (const text of ['many', '1e5', '12', '-5000'])
      expect(() => serversScale({ BENCH_FACTS: text })).toThrow(`BENCH_FACTS=${text}`);
  });
});
