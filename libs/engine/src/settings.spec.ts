import { limitsFrom } from './limits';
import { engineSettingsFrom } from './settings';
import { SettingsError } from './settings-error';

const LOG = 'esdb://ops:secret@log:2113';
const MODELS = 'mongodb://ledger:secret@models:27017/poverty_ledger?replicaSet=rs0';

describe('where facts and read models live', () => {
  it('is a data folder where no server is named', () => {
    expect(engineSettingsFrom({})).toEqual({ engine: 'embedded', dataDir: './data' });
    expect(engineSettingsFrom({ DATA_DIR: '/srv/ledger', EVENTSTORE_URL: '', MONGO_URL: '' })).toEqual({
      engine: 'embedded',
      dataDir: '/srv/ledger',
    });
  });

  it('is two servers where both are named', () => {
    expect(engineSettingsFrom({ EVENTSTORE_URL: LOG, MONGO_URL: MODELS })).toEqual({
      engine: 'servers',
      eventStoreUrl: LOG,
      mongoUrl: MODELS,
      ledger: '',
    });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['EVENTSTORE_URL', { MONGO_URL: MODELS }],
    ['MONGO_URL', { EVENTSTORE_URL: LOG }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'http://ops:secret@log:2113', MONGO_URL: MODELS }],
    ['EVENTSTORE_URL', { EVENTSTORE_URL: 'esdb://log:2113', MONGO_URL: MODELS }],
    ['MONGO_URL', { EVENTSTORE_URL: LOG, MONGO_URL: 'postgres://ledger:secret@models' }],
    ['MONGO_URL', { EVENTSTORE_URL: LOG, MONGO_URL: 'mongodb://ledger:secret@models/a.b' }],
    [
      'EVENTSTORE_STREAM_PREFIX',
      { EVENTSTORE_URL: LOG, MONGO_URL: MODELS, EVENTSTORE_STREAM_PREFIX: 'Trial' },
    ],
  ])('is refused naming %s, and no password is repeated', (variable, env) => {
    expect(() => engineSettingsFrom(env)).toThrow(SettingsError);
    expect(() => engineSettingsFrom(env)).toThrow(variable);
    expect(() => engineSettingsFrom(env)).not.toThrow('secret');
  });
});

describe('the limits of readiness', () => {
  it('are ten seconds and a hundred streams unless it is said otherwise', () => {
    expect(limitsFrom({})).toMatchObject({ lagMs: 10_000, parked: 100 });
    expect(limitsFrom({ MAX_LAG_MS: '500', MAX_PARKED: '0' })).toMatchObject({ lagMs: 500, parked: 0 });
  });

  it.each(['-1', '1e3', 'many', '1.5'])('are whole numbers, not %s', (text) => {
    expect(() => limitsFrom({ MAX_PARKED: text })).toThrow(/^MAX_PARKED=.*whole number/);
  });
});
