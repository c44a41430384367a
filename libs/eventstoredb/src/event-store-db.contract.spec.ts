import { describeEventStore } from '@ledger/event-sourcing/testing';
import type { EventStoreForTests } from '../../../test/servers/eventstoredb';
import { eventStoreForTests } from '../../../test/servers/eventstoredb';
import { openEventStoreDb } from './event-store-db';

let server: EventStoreForTests;
beforeAll(async () => {
  server = await eventStoreForTests();
}, 90_000);
afterAll(() => server.stop());

const open = () => openEventStoreDb(server.url, { streams: ['household-'] });

describeEventStore('the log on EventStoreDB', {
  open: async () => open(),
  reopen: async (store) => {
    await store.close();
    return open();
  },
  cleanUp: async () => undefined,
});
