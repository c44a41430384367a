import type { RecordedFact } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import { requireStandard } from '@ledger/standards';
import { PROVINCE_CREATED } from '../testing/all-answers';
import { InMemoryReadStore } from '../testing/in-memory-read-store';
import { at, day, HERE, household, registeredBare, reviewedBare, writeNext } from '../testing/sample-batches';
import { householdDetails, householdFacts, householdTimeline } from './household-view';
import type { FactLog, Knowledge } from './knowledge';
import { Librarian } from './librarian';

const ABOUT = { on: day('2023-06-30'), standard: requireStandard('VN-2022'), group: 'all' };
const STREAM = householdStream('h-1');

function recordedFact(revision: number, type: string, more: RecordedFact['data'] = {}): RecordedFact {
  const id = `f-${revision + 1}`;
  return {
    ...{ id, stream: STREAM, revision, position: at(revision + 1), recordedAt: '2023-01-05T03:00:00.000Z' },
    ...{ type, version: 1, data: { effectiveOn: '2022-12-15', ...more } },
    metadata: { recordedBy: 'officer-1', commandId: id, causationId: id, correlationId: id },
  };
}

const DECISION = { number: '1/QĐ-UBND', date: '2022-12-15', authority: 'UBND' };
const REVIEWED_AGAIN = reviewedBare({ effectiveOn: day('2023-05-01') });

/** A household of three facts, of which the last one became known in May. */
async function library(log: FactLog) {
  const store = new InMemoryReadStore();
  const again = { ...REVIEWED_AGAIN, recordedOn: day('2023-05-02') };
  await writeNext(store, {
    units: [
      { fact: PROVINCE_CREATED, recordedOn: day('2023-01-05') },
      {
        fact: {
          ...{ type: 'UnitCreated', effectiveOn: day('2004-06-30'), unit: HERE, code: '24611' },
          ...{ name: 'Xã', level: 'commune', parent: PROVINCE_CREATED.unit },
        },
        recordedOn: day('2023-01-05'),
      },
    ],
    households: [household('h-1', { facts: [registeredBare, reviewedBare(), again] })],
    checkpoint: { position: at(3), lastDay: day('2023-06-01') },
  });
  return new Librarian(store, log);
}

/** The log holds one fact more than the snapshot. */
const PAPERS = [
  recordedFact(0, 'HouseholdRegistered'),
  recordedFact(1, 'ReviewRecorded', { decision: DECISION }),
  recordedFact(2, 'ReviewRecorded'),
  recordedFact(3, 'HouseholdDissolved'),
];

const logOf = (papers: readonly RecordedFact[]): FactLog => ({
  read: async (stream) => (stream === STREAM ? papers : []),
});

async function ask<Answer>(
  question: (knowledge: Knowledge) => Promise<Answer>,
  { knownOn, log = logOf(PAPERS) }: { knownOn?: string; log?: FactLog } = {},
): Promise<Answer> {
  const librarian = await library(log);
  return librarian.ask({ today: ABOUT.on, ...(knownOn && { knownOn: day(knownOn) }) }, question);
}

describe('The papers of a household', () => {
  it('are those of the facts that are booked: what is recorded beyond them is not in this snapshot', async () => {
    const { facts } = await ask((knowledge) => householdFacts(knowledge, 'h-1', ABOUT));
    expect(facts.map(({ id }) => id)).toEqual(['f-1', 'f-2', 'f-3']);
    expect(facts[1]).toMatchObject({
      type: 'ReviewRecorded',
      effectiveOn: '2022-12-15',
      recordedOn: '2023-01-06',
      recordedBy: 'officer-1',
      decision: DECISION,
      data: { effectiveOn: '2022-12-15', decision: DECISION },
    });
  });

  it('end with the day of knowledge, and so does the revision', async () => {
    const then = { knownOn: '2023-05-01' };
    const { facts } = await ask((knowledge) => householdFacts(knowledge, 'h-1', ABOUT), then);
    expect(facts.map(({ id, recordedOn }) => [id, recordedOn])).toEqual([
      ['f-1', '2023-01-05'],
      ['f-2', '2023-01-06'],
    ]);
    const details = (knowledge: Knowledge) => householdDetails(knowledge, 'h-1', ABOUT);
    expect(await ask(details, then)).toMatchObject({
      revision: 1,
      registeredOn: '2022-12-01',
      village: 'Thôn Đắk R’Tăng',
    });
    expect(await ask(details)).toMatchObject({ revision: 2, statuses: { 'VN-2022': 'poor' } });
  });

  it('name the facts behind each spell', async () => {
    const { spells } = await ask((knowledge) => householdTimeline(knowledge, 'h-1', ABOUT, undefined));
    expect(spells).toEqual([
      {
        ...{ standard: 'VN-2022', status: 'poor', from: '2022-12-15', to: null, unit: HERE },
        ...{ enteredBy: 'newlyArising', leftBy: null, factIds: ['f-2', 'f-3'] },
      },
    ]);
  });

  it('are not needed for its details', async () => {
    const log = { read: () => Promise.reject(new Error('the log is away')) };
    expect(await ask((knowledge) => householdDetails(knowledge, 'h-1', ABOUT), { log })).toMatchObject({
      members: 4,
    });
  });

  it('show a fact that the log can no longer tell as it is, on the day on which it was booked', async () => {
    const log = logOf(PAPERS.map(damaged));
    const { facts } = await ask((knowledge) => householdFacts(knowledge, 'h-1', ABOUT), { log });
    expect(facts[2]).toEqual({
      ...{
        id: 'f-3',
        type: 'ReviewRecorded',
        effectiveOn: '2023-05-01',
        recordedAt: '',
        recordedOn: '2023-05-02',
      },
      ...{ recordedBy: '', decision: null, data: {} },
    });
  });

  it('are not made up where the log has fewer than are booked', async () => {
    const log = logOf(PAPERS.slice(0, 2));
    const asked = ask((knowledge) => householdFacts(knowledge, 'h-1', ABOUT), { log });
    await expect(asked).rejects.toThrow('has 2 of the 3 facts');
  });
});

/** As an adapter tells of a damaged row. */
const damaged = (fact: RecordedFact): RecordedFact => ({
  ...fact,
  ...{ recordedAt: '', data: {}, undecodable: 'the checksum is wrong' },
  metadata: { recordedBy: '', commandId: '', causationId: '', correlationId: '' },
});
