import type { UnitFact } from '@ledger/areas';
import { COUNTRY, totalsCodec, totalsStream, unitCodec, UNITS_STREAM } from '@ledger/areas';
import type { NewFact } from '@ledger/event-sourcing';
import { NO_STREAM } from '@ledger/event-sourcing';
import { householdStream } from '@ledger/households';
import type { JsonObject } from '@ledger/kernel';
import { dateOf } from './calendar';
import type { Entry } from './entries';
import type { Places } from './places';
import { UNITS_FROM } from './places';
import { householdFactOf, householdId, totalFactOf } from './to-facts';

/** One append of the history: the stream has the revision when everything before it has been appended. */
export interface CountryAppend {
  readonly stream: string;
  readonly expectedRevision: number;
  readonly facts: readonly NewFact[];
}

const UNITS_PER_APPEND = 100;

/** Writes entries as facts of the log; it remembers how far every stream has come. */
export class Writer {
  private readonly revisions: Int32Array;
  private written = 0;

  constructor(
    private readonly places: Places,
    households: number,
    private readonly seed: number,
  ) {
    this.revisions = new Int32Array(households + places.communes.length).fill(NO_STREAM);
  }

  *units(): Generator<CountryAppend, void, undefined> {
    const facts = unitFacts(this.places);
    for (let at = 0; at < facts.length; at += UNITS_PER_APPEND) {
      const part = facts
        .slice(at, at + UNITS_PER_APPEND)
        .map((fact) => this.newFact(unitCodec.encode(fact), 1, 'registry'));
      yield { stream: UNITS_STREAM, expectedRevision: at - 1, facts: part };
    }
  }

  append(entry: Entry): CountryAppend {
    const officer = `officer-${this.places.communes[entry.place]?.code ?? ''}`;
    if (entry.kind === 'total') {
      const fact = totalFactOf(entry, this.places);
      const expectedRevision = this.nextRevision(entry.subject);
      return {
        stream: totalsStream(fact.unit),
        expectedRevision,
        facts: [this.newFact(totalsCodec.encode(fact), entry.recordedOn, officer)],
      };
    }
    const { type, ...data } = householdFactOf(entry, this.places, this.seed);
    // As the codec writes it, without its copy.
    const encoded = { type, version: 1, data: data as JsonObject };
    return {
      stream: householdStream(householdId(entry.subject)),
      expectedRevision: this.nextRevision(this.places.communes.length + entry.subject),
      facts: [this.newFact(encoded, entry.recordedOn, officer)],
    };
  }

  private nextRevision(stream: number): number {
    const revision = this.revisions[stream] ?? NO_STREAM;
    this.revisions[stream] = revision + 1;
    return revision;
  }

  private newFact(
    encoded: Pick<NewFact, 'type' | 'version' | 'data'>,
    recordedOn: number,
    recordedBy: string,
  ): NewFact {
    const number = this.written++;
    const commandId = uuidOf(this.seed, 1, number);
    const metadata = {
      recordedBy,
      commandId,
      causationId: commandId,
      correlationId: commandId,
      recordedOn: dateOf(recordedOn),
    };
    return { id: uuidOf(this.seed, 2, number), ...encoded, metadata };
  }
}

/** A UUID of our own making (version 8), cheaper than a hash. */
function uuidOf(seed: number, kind: number, number: number): string {
  const hex = (value: number, digits: number): string =>
    value.toString(16).padStart(digits, '0').slice(-digits);
  return `${hex(seed, 8)}-${hex(kind, 4)}-8000-8000-${hex(number, 12)}`;
}

function unitFacts({ provinces, districts, communes }: Places): UnitFact[] {
  const created = { type: 'UnitCreated', effectiveOn: UNITS_FROM } as const;
  return [
    ...provinces.map(({ code, id }): UnitFact => ({
      ...created,
      unit: id,
      code,
      name: `Tỉnh ${code}`,
      level: 'province',
      parent: COUNTRY,
    })),
    ...districts.map(({ code, id, province }): UnitFact => ({
      ...created,
      unit: id,
      code,
      name: `Huyện ${code}`,
      level: 'district',
      parent: provinces[province]?.id ?? COUNTRY,
    })),
    ...communes.map(({ code, id, district, areaType }): UnitFact => ({
      ...created,
      unit: id,
      code,
      name: `${areaType === 'urban' ? 'Phường' : 'Xã'} ${code}`,
      level: 'commune',
      parent: districts[district]?.id ?? COUNTRY,
      areaType,
    })),
  ];
}
