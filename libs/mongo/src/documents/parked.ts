import type { ParkedStream } from '@ledger/poverty-rates';
import { plain } from './plain';

/** A stream that waits, by its name. */
export type ParkedDocument = Omit<ParkedStream, 'stream'> & { readonly _id: string };

export const parkedDocument = ({ stream, ...rest }: ParkedStream): ParkedDocument => {
  if (typeof stream !== 'string') throw new TypeError('a parked stream has a name');
  return plain({ _id: stream, ...rest });
};

export const parkedIn = ({ _id: stream, ...rest }: ParkedDocument): ParkedStream => ({ stream, ...rest });
