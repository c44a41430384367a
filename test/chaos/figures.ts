import { openEmbeddedEngine } from '@ledger/embedded';
import type { EmbeddedEngine } from '@ledger/embedded';
import { START } from '@ledger/event-sourcing';
import type { RecordedFact } from '@ledger/event-sourcing';
import type { UnitId } from '@ledger/kernel';
import { canonicalJson, parseDay } from '@ledger/kernel';
import { Librarian, Projector, ratesOf } from '@ledger/poverty-rates';
import { ProjectionRunner } from '@ledger/projections';
import { ALL_HOUSEHOLDS } from '@ledger/standards';

const UNITS = ['67', '660', '24628', '24611'].map((code) => `${code}@2010-01-01` as UnitId);
const DAYS = ['2021-12-31', '2022-07-31', '2022-12-31', '2023-12-31'].map(parseDay);
const TODAY = parseDay('2024-01-01');

export interface Figure {
  readonly figure: string;
  /** The answer says that something of its area waits for repair. */
  readonly parked: boolean;
}

/** The rates of all units on some days, and what each stream says when it is read for an order. */
export interface Told {
  readonly figures: Readonly<Record<string, Figure>>;
  readonly streams: Readonly<Record<string, readonly string[]>>;
}

/** What a data folder answers, once its read models have been brought up to its log. */
export async function toldBy(dataDir: string): Promise<Told> {
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'proof' });
  try {
    await project(engine);
    return { figures: await figuresOf(engine), streams: await streamsOf(engine) };
  } finally {
    await engine.close();
  }
}

async function project({ eventStore, readStore }: EmbeddedEngine): Promise<void> {
  let failure: Error | undefined;
  const runner = new ProjectionRunner(eventStore, new Projector(readStore), {
    maxFacts: 500,
    onFailure: (error) => {
      failure = error instanceof Error ? error : new Error(String(error));
      void runner.stop();
    },
  });
  await runner.start();
  await runner.reached(await eventStore.head(), 20_000);
  await runner.stop();
  if (failure) throw failure;
}

async function figuresOf({ eventStore, readStore }: EmbeddedEngine): Promise<Told['figures']> {
  const librarian = new Librarian(readStore, eventStore);
  const figures: Record<string, Figure> = {};
  for (const unit of UNITS) {
    for (const on of DAYS) {
      const {
        warnings,
        position: _where,
        ...rates
      } = await librarian.ask({ today: TODAY }, (knowledge) =>
        ratesOf(knowledge, { unit, on, group: ALL_HOUSEHOLDS }),
      );
      const parked = warnings.some(({ code }) => code === 'answer.parked');
      figures[`${unit} ${on}`] = { figure: canonicalJson(rates), parked };
    }
  }
  return figures;
}

/** Each stream of the log, read by its name, as a decision reads it. */
async function streamsOf({ eventStore }: EmbeddedEngine): Promise<Told['streams']> {
  const names = new Set<string>();
  const { signal } = new AbortController();
  const head = await eventStore.head();
  for await (const { facts, position } of eventStore.follow({ after: START, maxFacts: 1_000, signal })) {
    for (const { stream } of facts) names.add(stream);
    if (position >= head) break;
  }
  const streams: Record<string, readonly string[]> = {};
  for (const name of names) streams[name] = (await eventStore.read(name)).map(inBrief);
  return streams;
}

const inBrief = ({ id, revision, data, undecodable }: RecordedFact): string =>
  undecodable ?? `${revision} ${id} ${canonicalJson(data)}`;
