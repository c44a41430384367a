import { EventStoreDouble } from './event-store-double';

/** `node dist/test/doubles/eventstoredb/main.js [PORT]`: the double in a process of its own, for trying and for tests. */
async function main(port: number): Promise<void> {
  const double = await EventStoreDouble.start({ port });
  console.error('A double of EventStoreDB for tests: it keeps nothing and is no database.');
  // The one line of the standard output, for whoever started it.
  console.log(double.url);
  process.once('SIGTERM', () => {
    void double.stop().then(() => process.exit(0));
  });
}

void main(Number(process.argv[2] ?? 0));
