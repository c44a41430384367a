import { EventStoreDBClient } from '@eventstore/db-client';
import { connectionStringOf } from '@ledger/eventstoredb';

/** The client as the product connects it, with nothing of ours around it. */
export function clientAlone(url: string): EventStoreDBClient {
  return EventStoreDBClient.connectionString(connectionStringOf(url).full);
}

/** Connects: what follows is measured on a connection that is there, as it is for the product. */
export async function connected(client: EventStoreDBClient): Promise<EventStoreDBClient> {
  for await (const _first of client.readAll({ maxCount: 1 })) break;
  return client;
}
