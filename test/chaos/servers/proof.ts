import type { RecordedFact } from '@ledger/event-sourcing';
import type { Api } from './api';
import { eventually } from './api';
import type { Environment, Installation } from './installation';
import { householdAfter, householdIn, Model, ON, STORY } from './model';
import type { Told, Traffic } from './traffic';

const CAUGHT_UP_MS = 40_000;
/** So many households are asked for, the latest: they were under way while it happened. */
const ASKED = 40;

/**
 * What must be true whatever happened: everything acknowledged is in the log, each order once and nothing twice;
 * the read models are what the log gives; households are what their facts make of them; nobody was ever told
 * anything else than the truth of the position that the answer names.
 */
export async function expectWhole(installation: Installation, api: Api, traffic: Traffic): Promise<void> {
  expect(traffic.wrong).toEqual([]);
  const facts = await installation.facts();
  const head = facts.at(-1)?.position as string;
  await eventually('read models that are up to the log', CAUGHT_UP_MS, async () => {
    const { status } = await api.get('/v1/units/10/rates', { on: ON, atLeast: head });
    return status === 200;
  });
  expectEachOnce(facts, traffic);
  await expectVerified(installation);
  await expectHouseholds(facts, api);
  expectTruth(facts, traffic.told);
}

/** @param env which read models, where there are several */
export async function expectVerified(installation: Installation, env: Environment = {}): Promise<void> {
  const verified = await installation.cli(['verify'], env);
  expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^All the same\.$/m) as string });
  expect(verified.stdout).not.toContain('later facts');
}

export function expectEachOnce(facts: readonly RecordedFact[], { acknowledged }: Traffic): void {
  // No order twice, acknowledged or not.
  expect(new Set(facts.map(({ metadata }) => metadata.commandId)).size).toBe(facts.length);
  const positions = new Set<string>(facts.map(({ position }) => position));
  expect(acknowledged.filter(({ position }) => !positions.has(position))).toEqual([]);
  expect(new Set(acknowledged.map(({ position }) => position)).size).toBe(
    new Set(acknowledged.map(({ order }) => order.key)).size,
  );
  // Nor did anything else get in between: each stream tells the story as far as it was given.
  const streams = Map.groupBy(facts, ({ stream }) => stream);
  for (const [stream, its] of streams) {
    if (householdIn(stream) === undefined) continue;
    expect([stream, its.map(({ type }) => type)]).toEqual([stream, STORY.slice(0, its.length)]);
  }
}

async function expectHouseholds(facts: readonly RecordedFact[], api: Api): Promise<void> {
  const model = modelOf(facts);
  for (const id of model.households.slice(-ASKED)) {
    const { status, body } = await api.get<Told['body']>(`/v1/households/${id}`, { on: ON });
    expect({ ...whatIsTold(body), id, status }).toEqual({ ...whatIsTrue(model, id), id, status: 200 });
  }
}

/** Holds every answer against the facts up to its position, and no later ones. */
export function expectTruth(facts: readonly RecordedFact[], told: readonly Told[]): void {
  const model = new Model();
  let taken = 0;
  for (const { position, atLeast, about, body } of [...told].sort((a, b) =>
    a.position < b.position ? -1 : 1,
  )) {
    for (let fact = facts[taken]; fact && fact.position <= position; fact = facts[++taken]) model.take(fact);
    if (atLeast !== undefined) expect(position >= atLeast).toBe(true);
    if ('unit' in about) {
      const { poor, nearPoor } = body;
      expect({ about, position, poor, nearPoor }).toMatchObject({
        about,
        position,
        ...model.figures(about.unit),
      });
    } else {
      const { household } = about;
      expect({ household, position, ...whatIsTold(body) }).toEqual({
        ...{ household, position },
        ...whatIsTrue(model, household),
      });
    }
  }
}

function modelOf(facts: readonly RecordedFact[]): Model {
  const model = new Model();
  for (const fact of facts) model.take(fact);
  return model;
}

const whatIsTold = ({ revision, members, unit, statuses }: Told['body']) => ({
  revision,
  members,
  unit: unit?.code,
  status: statuses?.['VN-2022'],
});

const whatIsTrue = (model: Model, id: string) => ({
  revision: model.factsOf(id) - 1,
  ...householdAfter(id, model.factsOf(id)),
});
