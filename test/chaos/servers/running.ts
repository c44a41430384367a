import type { MongoInTest } from '../../servers/mongodb';
import type { Api } from './api';
import type { Projector } from './installation';
import { Installation } from './installation';
import { Traffic } from './traffic';

/** Servers, one program of each kind on them, and the traffic that goes to this API and to no later one. */
export interface Running {
  readonly installation: Installation;
  readonly projector: Projector;
  readonly api: Api;
  readonly traffic: Traffic;
}

/** @param households that are there before a test begins; absent: as many as the traffic begins with */
export async function startAll(mongo: MongoInTest, households?: number): Promise<Running> {
  const installation = await Installation.start(mongo);
  const projector = await installation.projector();
  const api = await installation.api();
  const traffic = new Traffic({ apis: () => [api] });
  await traffic.prepare(households);
  return { installation, projector, api, traffic };
}
