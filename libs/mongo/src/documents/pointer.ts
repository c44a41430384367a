import type { Position } from '@ledger/event-sourcing';
import { START, StoreRefused, StoreUnavailable } from '@ledger/event-sourcing';
import type { PlainDate } from '@ledger/kernel';
import type { Checkpoint, Counts } from '@ledger/poverty-rates';

/**
 * Grows whenever the documents, the order of the columns or the rules of the fold change. Read models of
 * another version are not read: they are disposable, and made again from the log.
 */
export const READ_VERSION = 1;

/** Which generation of the read models answers. */
export const LIVE = 'live';

/** A generation that is not live has its checkpoint under its own name. */
export const generationName = (generation: number): string => `g${generation}`;

/**
 * Where a generation stands. Whoever reads begins here, and knows by one document which collections to read and
 * everything that a question begins with; whoever writes moves it first, from where it was.
 */
export interface PointerDocument extends Counts {
  readonly _id: string;
  readonly version: number;
  readonly generation: number;
  readonly position: Position;
  readonly lastDay: PlainDate | null;
  /** The batch that moved it last: who has to repeat a transaction sees whether it was his own. */
  readonly writtenBy?: string;
  /** Which log the read models are made from; absent until somebody has said so. */
  readonly log?: string;
  /** What was live before, and since when it is not. */
  readonly previous?: { readonly generation: number; readonly replacedAt: Date };
}

export const NOTHING_KEPT: Omit<PointerDocument, '_id' | 'generation'> = {
  version: READ_VERSION,
  position: START,
  lastDay: null,
  ...{ units: 0, totals: 0, classifications: 0, repairs: 0 },
};

/**
 * @throws StoreUnavailable when there are no read models yet
 * @throws StoreRefused when they are of another release, or are none of ours
 */
export function requirePointer(found: PointerDocument | null, store: string): PointerDocument {
  if (!found) throw new StoreUnavailable(`${store} holds no read models yet`);
  const { version, generation, position } = found;
  if (typeof generation !== 'number' || typeof position !== 'string')
    throw new StoreRefused(
      `${store} is damaged or none of ours: its pointer names no generation. Rebuild it.`,
    );
  if (version !== READ_VERSION)
    throw new StoreRefused(
      `${store} holds read models of another release (version ${version}, this one needs ${READ_VERSION}): ` +
        'rebuild them from the log.',
    );
  return found;
}

export const checkpointIn = ({ position, lastDay }: PointerDocument): Checkpoint => ({ position, lastDay });

export const countsIn = ({ units, totals, classifications, repairs }: PointerDocument): Counts => ({
  units,
  totals,
  classifications,
  repairs,
});
