import { randomUUID } from 'node:crypto';
import { InMemoryEventStore } from '@ledger/event-sourcing/testing';
import { importFile } from '../import-file';
import type { ImportKind } from '../kinds';
import type { FindListed } from '../listed/listed-households';
import type { ImportOutcome } from '../outcome';
import type { RowRefusal } from '../refusal';
import type { ImportSettings } from '../settings';

const UNITS = `code,name,level,parent_code,area_type,valid_from
67,Tỉnh,province,,,2010-01-01
660,Huyện,district,67,,2010-01-01
24628,Xã,commune,660,rural,2010-01-01
24611,Phường,commune,660,urban,2010-01-01
`;

const HOUSEHOLDS = `household_id,unit_code,registered_on,members,list_number
h-1,24628,2015-01-01,4,117
h-2,24628,2015-01-01,4,200
h-3,24628,2015-01-01,4,200
`;

export interface Imported extends ImportOutcome {
  readonly refusals: readonly RowRefusal[];
}

/** A log in memory with a few units and households, and files that are imported into it. */
export class ImportWorld {
  readonly store = new InMemoryEventStore();

  static async begun(): Promise<ImportWorld> {
    const world = new ImportWorld();
    await world.import('units', UNITS);
    await world.import('households', HOUSEHOLDS);
    return world;
  }

  /** As the read models would tell it that were brought up to date when the world began. */
  private readonly findListed: FindListed = async (place, listNumber) => {
    if (!place.startsWith('24628')) return [];
    return { '117': ['h-1'], '200': ['h-2', 'h-3'] }[listNumber] ?? [];
  };

  async import(
    kind: ImportKind,
    file: string | Uint8Array,
    more: Partial<ImportSettings> = {},
  ): Promise<Imported> {
    const refusals: RowRefusal[] = [];
    const outcome = await importFile(kind, chunked(file), {
      ...this.settings((refused) => void refusals.push(...refused)),
      ...more,
    });
    return { ...outcome, refusals };
  }

  settings(onRefused: ImportSettings['onRefused']): ImportSettings {
    const { signal } = new AbortController();
    const { store, findListed } = this;
    const clock = Date.now;
    return { store, clock, findListed, actor: 'officer-7', runId: randomUUID(), signal, onRefused };
  }
}

/** In small pieces, so that letters, line ends and cells are cut anywhere. */
export async function* chunked(file: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const countsOf = ({ read, accepted, unchanged, refused, blank }: ImportOutcome): string =>
  `read ${read}, accepted ${accepted}, unchanged ${unchanged}, refused ${refused}, blank ${blank}`;
