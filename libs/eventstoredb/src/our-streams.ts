import type { RecordedFact } from '@ledger/event-sourcing';

/**
 * Which streams of the server are ours; others may live beside them. A name that ends in `-` stands for all
 * streams that begin with it, any other for itself.
 */
export class OurStreams {
  private readonly prefixes: readonly string[];
  private readonly names: ReadonlySet<string>;

  /**
   * @param streams for example `['household-', 'units']`
   * @param ledger put before each name on the server, so that several ledgers may share it; as a rule nothing
   */
  constructor(
    private readonly streams: readonly string[],
    private readonly ledger = '',
  ) {
    if (streams.length === 0 || streams.includes('')) throw new RangeError('name the streams that are ours');
    this.prefixes = streams.filter((stream) => stream.endsWith('-'));
    this.names = new Set(streams.filter((stream) => !stream.endsWith('-')));
  }

  /** For the filter of the server, which knows prefixes only: what it lets through is looked at once more. */
  get asPrefixes(): string[] {
    return this.streams.map((stream) => this.nameThere(stream));
  }

  /** Whether a stream of the server is ours. */
  include(nameThere: string): boolean {
    return nameThere.startsWith(this.ledger) && this.knows(this.nameHere(nameThere));
  }

  knows(stream: string): boolean {
    return this.names.has(stream) || this.prefixes.some((prefix) => stream.startsWith(prefix));
  }

  nameThere(stream: string): string {
    return `${this.ledger}${stream}`;
  }

  nameHere(nameThere: string): string {
    return nameThere.slice(this.ledger.length);
  }

  /** A fact as it was read on the server, under the name that its stream has here. */
  here(fact: RecordedFact): RecordedFact {
    return this.ledger === '' ? fact : { ...fact, stream: this.nameHere(fact.stream) };
  }
}
