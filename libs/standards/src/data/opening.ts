import type { Provenance } from '../provenance';

const source = 'the days around the change of standard';

/** No text was found that dates the opening of the books: both days are ours, for every standard alike. */
export const OPENING_FROM: Provenance = {
  certainty: 'inferred',
  source,
  note: '1 September of the review that opened the standard',
};
export const OPENING_TO: Provenance = {
  certainty: 'inferred',
  source,
  note: 'assumed: decisions of a December review are signed until February',
};
