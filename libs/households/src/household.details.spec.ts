import { changeDetails, changed, given, registered } from './testing';

const home = registered('2022-01-05', { village: 'Thôn 1' });

describe('Changing details', () => {
  it.each([
    ['members', { members: 6 }],
    ['groups', { groups: ['merit'] }],
    ['the village', { village: 'Thôn 2' }],
    ['all of them', { members: 6, groups: [], village: 'Thôn 2' }],
  ])('records %s', (_what, more) => {
    given(home).when(changeDetails('2022-06-10', more)).then(changed('2022-06-10', more)).withNotices();
  });

  it('records the groups that are implied', () => {
    given(home)
      .when(changeDetails('2022-06-10', { groups: ['local-ethnic-minority'] }))
      .then(changed('2022-06-10', { groups: ['ethnic-minority', 'local-ethnic-minority'] }));
  });

  it('tells no group from no change of groups', () => {
    given(home)
      .when(changeDetails('2022-06-10', { groups: [] }))
      .then(changed('2022-06-10', { groups: [] }));
  });

  it('is refused with nothing to change', () => {
    given(home).when(changeDetails('2022-06-10', {})).thenRefused('details.nothing-to-change', 'members');
  });
});

describe('Details that were recorded before', () => {
  const six = changed('2022-06-10', { members: 6 });

  it('change nothing', () => {
    given(home, six)
      .when(changeDetails('2022-06-10', { members: 6 }))
      .thenUnchanged(1);
    given(home, six, changed('2022-09-10', { members: 7 }))
      .when(changeDetails('2022-06-10', { members: 6 }))
      .thenUnchanged(1);
  });

  it('change something on another day, or with another content', () => {
    given(home, six)
      .when(changeDetails('2022-06-11', { members: 6 }))
      .then(changed('2022-06-11', { members: 6 }));
    given(home, six)
      .when(changeDetails('2022-06-10', { members: 5 }))
      .then(changed('2022-06-10', { members: 5 }));
  });

  it('change something where others of the day overruled them since: from six to five and back', () => {
    given(home, six, changed('2022-06-10', { members: 5 }))
      .when(changeDetails('2022-06-10', { members: 6 }))
      .then(six);
  });

  // The second order says nothing new: six members and another village are recorded for the day.
  it('change nothing where a fact on another matter came between', () => {
    given(home, six, changed('2022-06-10', { village: 'Thôn 2' }))
      .when(changeDetails('2022-06-10', { members: 6 }))
      .thenUnchanged(1);
  });
});
