import { OurStreams } from './our-streams';

describe('our streams', () => {
  const ours = new OurStreams(['household-', 'units']);

  it.each(['household-7', 'household-', 'units'])('include %s', (name) => {
    expect(ours.include(name)).toBe(true);
  });

  it.each(['units-of-another', 'household', '$$household-7', '$metadata', ''])('leave out %s', (name) => {
    expect(ours.include(name)).toBe(false);
  });

  it('are asked of the server by their beginnings', () => {
    expect(ours.asPrefixes).toEqual(['household-', 'units']);
  });

  it('of one ledger of several on a server have its name before them there', () => {
    const trial = new OurStreams(['household-', 'units'], 'trial-');
    expect(trial.asPrefixes).toEqual(['trial-household-', 'trial-units']);
    expect(trial.include('trial-household-7')).toBe(true);
    expect(trial.include('household-7')).toBe(false);
    expect(trial.nameHere(trial.nameThere('household-7'))).toBe('household-7');
  });

  it.each([[[]], [['']]])('must be named: %j', (streams) => {
    expect(() => new OurStreams(streams)).toThrow(RangeError);
  });
});
