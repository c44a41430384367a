import { DAK_SAK, LAT, LONG_SON, decisionOf, given, moveTo, moved, registered } from './testing';

const home = registered('2022-01-05', { village: 'Thôn 1' });

describe('Moving a household', () => {
  it('records where to, and what is known beside it', () => {
    given(home).when(moveTo(LAT, '2022-06-10')).then(moved(LAT, '2022-06-10')).withNotices();
    const more = { village: 'Bon 2', members: 3, decision: decisionOf('2022-06-01') };
    given(home)
      .when(moveTo(LAT, '2022-06-10', more))
      .then(moved(LAT, '2022-06-10', more))
      .withNotices();
  });

  it('may be within the commune, to another village', () => {
    given(home)
      .when(moveTo(LONG_SON, '2022-06-10', { village: 'Thôn 2' }))
      .then(moved(LONG_SON, '2022-06-10', { village: 'Thôn 2' }));
  });

  it('is refused to where it lives: the same commune, and no other village', () => {
    const refusal = given(home)
      .when(moveTo(LONG_SON, '2022-06-10'))
      .thenRefused('move.already-there', 'toUnit');
    expect(refusal).toMatchObject({ got: LONG_SON, facts: { unit: LONG_SON } });
    given(home)
      .when(moveTo(LONG_SON, '2022-06-10', { village: 'Thôn 1', members: 3 }))
      .thenRefused('move.already-there', 'toUnit');
  });

  it('is judged by where it lived on the day, not by where it lives now', () => {
    const history = [home, moved(LAT, '2022-09-10')];
    given(...history)
      .when(moveTo(LAT, '2022-06-10'))
      .then(moved(LAT, '2022-06-10'));
    given(...history)
      .when(moveTo(LONG_SON, '2022-06-10'))
      .thenRefused('move.already-there');
    given(...history)
      .when(moveTo(LONG_SON, '2022-09-11'))
      .then(moved(LONG_SON, '2022-09-11'));
  });

  it('is judged by where it lives at the end of the day, another move of the day included', () => {
    const history = [home, moved(LAT, '2022-06-10')];
    given(...history)
      .when(moveTo(LONG_SON, '2022-06-10'))
      .then(moved(LONG_SON, '2022-06-10'));
    given(...history)
      .when(moveTo(LAT, '2022-06-10', { members: 3 }))
      .thenRefused('move.already-there', 'toUnit');
  });

  it('leaves the old village behind', () => {
    given(home, moved(LAT, '2022-06-10'))
      .when(moveTo(LAT, '2022-09-10', { village: 'Thôn 1' }))
      .then(moved(LAT, '2022-09-10', { village: 'Thôn 1' }));
  });

  it('may be signed later than it happened, but not in the future', () => {
    given(home)
      .when(moveTo(LAT, '2022-06-10', { decision: decisionOf('2022-06-20') }))
      .thenAccepted();
    given(home)
      .when(moveTo(LAT, '2022-06-10', { decision: decisionOf('2024-07-01') }))
      .thenRefused('decision.in-the-future', 'decision.date');
  });
});

describe('A move that was recorded before', () => {
  it('changes nothing', () => {
    given(home, moved(LAT, '2022-06-10', { members: 3 }))
      .when(moveTo(LAT, '2022-06-10', { members: 3 }))
      .thenUnchanged(1);
    given(home, moved(LAT, '2022-06-10'), moved(DAK_SAK, '2022-09-10'))
      .when(moveTo(LAT, '2022-06-10'))
      .thenUnchanged(1);
  });

  it('is a move again where another one of the day overruled it since', () => {
    given(home, moved(LAT, '2022-06-10'), moved(DAK_SAK, '2022-06-10'))
      .when(moveTo(LAT, '2022-06-10'))
      .then(moved(LAT, '2022-06-10'));
  });
});
