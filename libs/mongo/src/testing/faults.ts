import type { Document } from 'mongodb';
import { MongoClient } from 'mongodb';

/** What the server is told to do wrong, once or so many times (`configureFailPoint`, for tests only). */
export interface Fault {
  readonly failCommands: readonly string[];
  readonly closeConnection?: boolean;
  readonly errorCode?: number;
  readonly errorLabels?: readonly string[];
  /** The command is carried out, and its answer says that nobody knows whether it will last. */
  readonly writeConcernError?: Document;
  readonly blockConnection?: boolean;
  readonly blockTimeMS?: number;
  /** Only where the client calls itself so. */
  readonly appName?: string;
}

/** A hand on the server, beside the stores under test. */
export class Server {
  private constructor(private readonly client: MongoClient) {}

  static async at(url: string): Promise<Server> {
    return new Server(await MongoClient.connect(url, { appName: 'the test' }));
  }

  async fail(data: Fault, times = 1): Promise<void> {
    await this.admin({ configureFailPoint: 'failCommand', mode: { times }, data });
  }

  async heal(): Promise<void> {
    await this.admin({ configureFailPoint: 'failCommand', mode: 'off' });
  }

  /** How often a command was carried out, and failed, since it started. */
  async callsOf(command: string): Promise<number> {
    const { metrics } = await this.admin({ serverStatus: 1 });
    const commands = (metrics as { commands: Record<string, { total: unknown }> }).commands;
    return Number(commands[command]?.total ?? 0);
  }

  async stepDown(seconds: number): Promise<void> {
    await this.admin({ replSetStepDown: seconds, secondaryCatchUpPeriodSecs: 0, force: true });
  }

  admin(command: Document): Promise<Document> {
    return this.client.db('admin').command(command);
  }

  db(name: string) {
    return this.client.db(name);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
