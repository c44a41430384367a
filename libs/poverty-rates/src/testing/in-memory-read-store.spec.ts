import { InMemoryReadStore } from './in-memory-read-store';
import { describeReadStore } from './read-store.contract';

describeReadStore('the read models in memory', {
  open: async () => new InMemoryReadStore(),
  cleanUp: async () => undefined,
});
