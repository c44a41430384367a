import type { EventStore } from '@ledger/event-sourcing';
import { OverlayEventStore, StoreUnavailable } from '@ledger/event-sourcing';
import { importFile } from './import-file';
import { chunked, countsOf, ImportWorld } from './testing/import-world';

const HOUSEHOLDS = 'household_id,unit_code,registered_on,members,list_number\n';
const households = (count: number): string =>
  HOUSEHOLDS + Array.from({ length: count }, (_none, at) => `n-${at},24628,2015-01-01,4,${at}\n`).join('');

const DETAILS = 'household_id,kind,effective_on,members,village\n';

describe('an import', () => {
  let world: ImportWorld;

  beforeEach(async () => {
    world = await ImportWorld.begun();
  });

  it('gives a household without an id one that the same row gives again', async () => {
    const row = 'unit_code,registered_on,members,list_number\n24628,2015-01-01,4,300\n';
    expect(countsOf(await world.import('households', row))).toContain('accepted 1');
    expect(countsOf(await world.import('households', row, { actor: 'another' }))).toContain('unchanged 1');
    const again = await world.import('households', row.replace(',4,', ',5,'));
    expect(again.refusals).toMatchObject([{ code: 'household.already-registered', line: 2 }]);
  });

  it('keeps the last word of the file, however many words there were, and changes nothing the next time', async () => {
    const said = ['4,', '5,', '4,Thôn 1', ',Thôn 2', '4,Thôn 1', '4,Thôn 1', '5,', '4,'];
    const file = DETAILS + said.map((words) => `h-1,details,2022-01-15,${words}\n`).join('');
    await world.import('reviews', file);
    const facts = await world.store.read('household-h-1');
    const head = await world.store.head();
    expect(facts.slice(1).map(({ data }) => [data['members'], data['village']])).toEqual([
      [4, undefined],
      [5, undefined],
      [4, 'Thôn 1'],
      [undefined, 'Thôn 2'],
      [4, 'Thôn 1'],
      [5, undefined],
      [4, undefined],
    ]);
    expect(countsOf(await world.import('reviews', file))).toBe(
      'read 8, accepted 0, unchanged 8, refused 0, blank 0',
    );
    expect(await world.store.head()).toBe(head);
  });

  it('keeps the orders of one household in the order of the file, however quick each is', async () => {
    const header =
      'household_id,kind,standard,channel,effective_on,outcome,area_type,members,decision_no,decision_date,decision_authority\n';
    const rows = Array.from({ length: 200 }, (_none, at) =>
      at % 2 === 0
        ? `h-1,review,VN-2022,periodic,2022-12-15,poor,rural,,${at}/QĐ,2022-12-12,UBND xã\n`
        : `h-1,details,,,2022-12-15,,,${1 + (at % 9)},,,\n`,
    );
    const outcome = await world.import('reviews', header + rows.join(''));
    expect(countsOf(outcome)).toBe('read 200, accepted 200, unchanged 0, refused 0, blank 0');
    const types = (await world.store.read('household-h-1')).slice(1).map(({ type }) => type);
    expect(types).toEqual(
      rows.map((row) => (row.includes('details') ? 'HouseholdDetailsChanged' : 'ReviewRecorded')),
    );
  });

  it('correlates its facts, and names who imported', async () => {
    const runId = '6e0f7a7e-7f7b-4c3e-9d53-0d5d5a3b8f11';
    await world.import('households', households(2), { runId, actor: 'officer-3' });
    for (const id of ['n-0', 'n-1']) {
      const [fact] = await world.store.read(`household-${id}`);
      expect(fact?.metadata).toMatchObject({
        correlationId: runId,
        causationId: runId,
        recordedBy: 'officer-3',
      });
    }
  });

  it('can be tried over a log that it leaves as it is', async () => {
    const head = await world.store.head();
    const overlay = await OverlayEventStore.over(world.store, Date.now);
    const file = households(400) + 'n-7,24628,2015-01-01,9,7\n';
    const tried = await world.import('households', file, { store: overlay });
    expect(countsOf(tried)).toBe('read 401, accepted 400, unchanged 0, refused 1, blank 0');
    expect(await world.store.head()).toBe(head);
    expect(countsOf(await world.import('households', file))).toBe(countsOf(tried));
  });

  it('stops between two rows when it is told to, and keeps what it has', async () => {
    const stop = new AbortController();
    const onProgress = ({ rows }: { rows: number }): void => void (rows >= 200 && stop.abort());
    const outcome = await world.import('households', households(3_000), { signal: stop.signal, onProgress });
    expect(outcome).toMatchObject({ cancelled: true, refused: 0 });
    expect(outcome.accepted).toBeGreaterThanOrEqual(200);
    expect(outcome.accepted).toBeLessThan(1_000);
    const again = await world.import('households', households(3_000));
    expect(again).toMatchObject({ accepted: 3_000 - outcome.accepted, unchanged: outcome.accepted });
  });

  it('takes no half of a row where the file goes silent', async () => {
    const stop = new AbortController();
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield* chunked(`${HOUSEHOLDS}n-1,24628,2015-01-01,4,1\nn-2,24628,2015-01-01,4`, 1_000);
      setTimeout(() => stop.abort(), 20);
      await new Promise(() => undefined);
    }
    const settings = { ...world.settings(() => undefined), signal: stop.signal };
    expect(await importFile('households', silent(), settings)).toMatchObject({ cancelled: true, refused: 0 });
    expect(await world.store.read('household-n-2')).toEqual([]);
  });

  it('ends when the store fails, as the store failed, and not before everything under way has ended', async () => {
    let appends = 0;
    let underWay = 0;
    const { store } = world;
    const failing: EventStore = {
      append: async (...append) => {
        if (++appends > 300) throw new StoreUnavailable('the disk is full');
        underWay++;
        return store.append(...append).finally(() => underWay--);
      },
      read: (stream, fromRevision) => store.read(stream, fromRevision),
      follow: (options) => store.follow(options),
      head: () => store.head(),
      lastRecordedOn: () => store.lastRecordedOn(),
      close: () => store.close(),
    };
    const importing = world.import('households', households(3_000), { store: failing });
    await expect(importing).rejects.toBeInstanceOf(StoreUnavailable);
    expect(underWay).toBe(0);
    expect(countsOf(await world.import('households', households(3_000)))).toContain('unchanged 300');
  });
});
