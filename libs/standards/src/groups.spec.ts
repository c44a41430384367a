import { CAUSES, isCause } from './causes';
import { ALL_HOUSEHOLDS, isGroup, POPULATION_GROUPS, withImplied } from './groups';

describe('population groups', () => {
  it('are those of the reports', () => {
    expect(POPULATION_GROUPS.map((group) => group.id)).toEqual([
      'ethnic-minority',
      'local-ethnic-minority',
      'merit',
      'no-labour',
      'social-protection',
    ]);
  });

  it('do not contain "all": it is what a question is about, not what a household is', () => {
    expect(isGroup('merit')).toBe(true);
    expect(isGroup(ALL_HOUSEHOLDS)).toBe(false);
    expect(isGroup('')).toBe(false);
  });

  it('imply: a local ethnic minority is an ethnic minority, not the other way round', () => {
    expect(withImplied(['local-ethnic-minority'])).toEqual(['ethnic-minority', 'local-ethnic-minority']);
    expect(withImplied(['ethnic-minority'])).toEqual(['ethnic-minority']);
  });

  it('come sorted and once each', () => {
    expect(withImplied(['no-labour', 'local-ethnic-minority', 'merit', 'ethnic-minority', 'merit'])).toEqual([
      'ethnic-minority',
      'local-ethnic-minority',
      'merit',
      'no-labour',
    ]);
    expect(withImplied([])).toEqual([]);
  });

  it('imply only groups that exist', () => {
    expect(POPULATION_GROUPS.flatMap((group) => group.implies).filter((id) => !isGroup(id))).toEqual([]);
  });
});

describe('causes', () => {
  it('are the eight of form 10', () => {
    expect(CAUSES.map((cause) => cause.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([0, 1, 8, 9, 1.5].map(isCause)).toEqual([false, true, true, false, false]);
  });
});
