import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedEngine } from '@ledger/embedded';
import { projectAll } from '../../apps/cli/src/project-all';
import { fillCountry } from './country';

describe('the country of the measurements, in a data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'poverty-ledger-country-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is projected without anything parked, also when it goes on later', async () => {
    const engine = await openEmbeddedEngine(folder, { purpose: 'test' });
    const size = { households: 100, communes: 20, years: 8, seed: 3 };
    const { signal } = new AbortController();
    const facts = await fillCountry(engine.eventStore, size);
    const overwritten = await fillCountry(engine.eventStore, { ...size, overwrites: 1, already: facts });
    const some = await fillCountry(engine.eventStore, {
      ...size,
      overwrites: 2,
      already: overwritten,
      upTo: overwritten + 50,
    });
    expect(overwritten).toBeGreaterThan(facts + 300);
    expect(some).toBe(overwritten + 50);
    expect(Number(await engine.eventStore.head())).toBe(some);
    await projectAll(engine, signal);
    expect(await engine.readStore.snapshot((models) => models.parked())).toEqual([]);
    await engine.close();
  });
});
