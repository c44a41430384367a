import { openEmbeddedEngine } from '@ledger/embedded';
import type { RecordedFact } from '@ledger/event-sourcing';
import { START } from '@ledger/event-sourcing';

/** Every fact in a data folder that nobody holds. */
export async function wholeLog(dataDir: string): Promise<readonly RecordedFact[]> {
  const engine = await openEmbeddedEngine(dataDir, { purpose: 'proof' });
  try {
    const head = await engine.eventStore.head();
    const facts: RecordedFact[] = [];
    const { signal } = new AbortController();
    if (head === START) return facts;
    for await (const page of engine.eventStore.follow({ after: START, maxFacts: 1_000, signal })) {
      facts.push(...page.facts);
      if (page.position >= head) break;
    }
    return facts;
  } finally {
    await engine.close();
  }
}
