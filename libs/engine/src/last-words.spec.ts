import { StoreUnavailable } from '@ledger/event-sourcing';
import { lastWords } from './last-words';
import { SettingsError } from './settings-error';

describe('what a process says that cannot go on', () => {
  it('is the message alone where it is known what is wrong', () => {
    expect(lastWords(new SettingsError('PORT=x: give a number.'))).toBe('PORT=x: give a number.');
    expect(lastWords(new StoreUnavailable('the log does not answer'))).toBe('the log does not answer');
    expect(lastWords(new TypeError('no such file'), [TypeError])).toBe('no such file');
  });

  it('says where it went wrong for anything else', () => {
    expect(lastWords(new TypeError('x is undefined'))).toMatch(/^TypeError: x is undefined\n +at /);
    expect(lastWords('a text')).toBe('a text');
  });
});
