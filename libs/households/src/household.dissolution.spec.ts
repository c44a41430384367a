import { LAT, dissolve, dissolved, given, moved, registered, reviewedAbove, reviewedPoor } from './testing';

const home = registered('2022-01-05', { village: 'Thôn 1' });

describe('Dissolving a household', () => {
  it.each(['died', 'left', 'other'] as const)('records that it %s', (reason) => {
    given(home).when(dissolve('2022-06-10', reason)).then(dissolved('2022-06-10', reason)).withNotices();
  });

  it('again changes nothing', () => {
    given(home, dissolved('2022-06-10')).when(dissolve('2022-06-10')).thenUnchanged(1);
  });

  it('is refused on another day or for another reason: that is a correction', () => {
    const history = [home, dissolved('2022-06-10')];
    for (const order of [dissolve('2022-06-09'), dissolve('2022-06-11'), dissolve('2022-06-10', 'died')]) {
      const { facts } = given(...history)
        .when(order)
        .thenRefused('household.already-dissolved', 'effectiveOn');
      expect(facts).toEqual({ dissolvedOn: '2022-06-10' });
    }
  });

  it('before facts of later days is accepted, and says how many of them count no more', () => {
    const history = [home, reviewedPoor('2022-03-10'), reviewedAbove('2022-06-10'), moved(LAT, '2022-09-10')];
    const { facts } = given(...history)
      .when(dissolve('2022-06-09'))
      .then(dissolved('2022-06-09'))
      .withNotices('household.facts-after-dissolution')
      .notice('household.facts-after-dissolution');
    expect(facts).toEqual({ count: 2 });
  });

  it('on the day of other facts leaves them in the life: nothing to warn of', () => {
    given(home, reviewedPoor('2022-06-10'))
      .when(dissolve('2022-06-10'))
      .then(dissolved('2022-06-10'))
      .withNotices();
  });
});
