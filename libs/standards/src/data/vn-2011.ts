import { parseDay } from '@ledger/kernel';
import type { Known } from '../provenance';
import type { AreaRules, Standard } from '../standard';
import { OPENING_FROM, OPENING_TO } from './opening';

const LEGAL_BASIS = 'QĐ 09/2011/QĐ-TTg (30/01/2011)';
const RURAL_SOURCE =
  'tailieuchung.com tlID22960 (structure, in force 2011-01-01); vietnamnet.vn E160558 (400,000/500,000)';
const URBAN_SOURCE = 'cuoituan.tuoitre.vn tag 912480';

const ruralMark = 'V for poor and in-force date; M for near-poor band';
const urbanMark = 'V for poor; M for near-poor band';

const inForce: Known = { certainty: 'verified', source: RURAL_SOURCE, note: ruralMark };
const issue: Known = { certainty: 'from-memory', source: RURAL_SOURCE, note: ruralMark };

/** The standard knew income only: no deprivations and no points, so nothing is measured by score. */
const noScores = (source: string, note: string): AreaRules['score'] => ({
  poor: { certainty: 'partly-verified', source, note, bands: [] },
  nearPoor: { certainty: 'partly-verified', source, note, bands: [] },
});

const averageLiving = (source: string): AreaRules['income']['averageLiving'] => ({
  certainty: 'unknown',
  source,
  note: 'the table is silent',
});

/**
 * The decision writes the near-poor bands as 401,000-520,000 and 501,000-650,000, in whole thousands.
 * The thousand between the lines belongs to the band here: nobody lies between poor and near-poor.
 */
export const VN_2011: Standard = {
  id: 'VN-2011',
  legalBasis: LEGAL_BASIS,
  issuedOn: parseDay('2011-01-30'),
  inForceOn: parseDay('2011-01-01'),
  openingFrom: parseDay('2010-09-01'),
  openingTo: parseDay('2011-02-28'),
  appliesFrom: parseDay('2011-01-01'),
  appliesTo: parseDay('2015-12-31'),
  provenance: {
    legalBasis: issue,
    issuedOn: issue,
    inForceOn: inForce,
    openingFrom: OPENING_FROM,
    openingTo: OPENING_TO,
    appliesFrom: inForce,
    appliesTo: {
      certainty: 'inferred',
      source: 'the day before VN-2016 applies',
      note: 'in force for 2011-2015',
    },
  },
  areas: {
    rural: {
      income: {
        poor: {
          certainty: 'verified',
          source: RURAL_SOURCE,
          note: ruralMark,
          bands: [{ income: { atMost: 400_000 } }],
        },
        nearPoor: {
          certainty: 'from-memory',
          source: RURAL_SOURCE,
          note: ruralMark,
          bands: [{ income: { over: 400_000, atMost: 520_000 } }],
        },
        averageLiving: averageLiving(RURAL_SOURCE),
      },
      score: noScores(RURAL_SOURCE, 'none (income only)'),
    },
    urban: {
      income: {
        poor: {
          certainty: 'verified',
          source: URBAN_SOURCE,
          note: urbanMark,
          bands: [{ income: { atMost: 500_000 } }],
        },
        nearPoor: {
          certainty: 'from-memory',
          source: URBAN_SOURCE,
          note: urbanMark,
          bands: [{ income: { over: 500_000, atMost: 650_000 } }],
        },
        averageLiving: averageLiving(URBAN_SOURCE),
      },
      score: noScores(URBAN_SOURCE, 'none'),
    },
  },
  indicators: [],
};
