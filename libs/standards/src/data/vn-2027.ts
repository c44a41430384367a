import { parseDay } from '@ledger/kernel';
import type { Known, Provenance, Unknown } from '../provenance';
import type { AreaRules, Indicator, Standard } from '../standard';
import { OPENING_FROM, OPENING_TO } from './opening';

const SOURCE = 'vietnamplus.vn post1086100; huengaynay.vn 161540';
const read: Known = { certainty: 'verified', source: SOURCE, note: 'V' };
const notFound: Unknown = { certainty: 'unknown', source: SOURCE, note: 'not found' };

const noScoreFound: AreaRules['score'] = { poor: notFound, nearPoor: notFound };

const DRAFT = '2025 draft of NĐ 351/2025/NĐ-CP; only dimension 1 confirmed for the final decree';
const confirmed: Provenance = {
  certainty: 'verified',
  source: SOURCE,
  note: 'V list (final), threshold draft',
};
const drafted: Provenance = { certainty: 'draft', source: DRAFT, note: 'draft' };
const notRetrieved: Unknown = { certainty: 'unknown', source: DRAFT, note: 'not retrieved' };
const asDrafted = (text: string): Indicator['deprivedWhen'] => ({ certainty: 'draft', source: DRAFT, text });

function indicator(
  number: number,
  [dimensionVi, vi, en]: readonly [dimensionVi: string, vi: string, en: string],
  listed: Provenance,
  deprivedWhen: Indicator['deprivedWhen'],
): Indicator {
  return { number, dimensionVi, vi, en, listed, deprivedWhen };
}

const WATER = 'Nước sinh hoạt, vệ sinh và môi trường';

/** The scoring sheet of this standard was not found: a review by points alone cannot be checked. */
export const VN_2027: Standard = {
  id: 'VN-2027',
  legalBasis: 'NĐ 351/2025/NĐ-CP (30/12/2025)',
  issuedOn: parseDay('2025-12-30'),
  inForceOn: parseDay('2027-01-01'),
  openingFrom: parseDay('2026-09-01'),
  openingTo: parseDay('2027-02-28'),
  appliesFrom: parseDay('2027-01-01'),
  appliesTo: parseDay('2030-12-31'),
  provenance: {
    legalBasis: read,
    issuedOn: read,
    inForceOn: read,
    openingFrom: OPENING_FROM,
    openingTo: OPENING_TO,
    appliesFrom: read,
    appliesTo: read,
  },
  areas: {
    rural: {
      income: {
        poor: { ...read, bands: [{ income: { atMost: 2_200_000 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...read, bands: [{ income: { atMost: 2_200_000 }, deprivations: { below: 3 } }] },
        averageLiving: notFound,
      },
      score: noScoreFound,
    },
    urban: {
      income: {
        poor: { ...read, bands: [{ income: { atMost: 2_800_000 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...read, bands: [{ income: { atMost: 2_800_000 }, deprivations: { below: 3 } }] },
        averageLiving: notFound,
      },
      score: noScoreFound,
    },
  },
  indicators: [
    indicator(1, ['Việc làm', 'Việc làm', 'employment'], confirmed, asDrafted('draft: as VN-2022')),
    indicator(
      2,
      ['Việc làm', 'Người phụ thuộc trong hộ gia đình', 'dependants'],
      confirmed,
      asDrafted('draft: > 50%'),
    ),
    indicator(3, ['Y tế', 'Dinh dưỡng', 'nutrition'], drafted, asDrafted('draft: as VN-2022')),
    indicator(4, ['Y tế', 'Bảo hiểm y tế', 'health insurance'], drafted, notRetrieved),
    indicator(5, ['Giáo dục', 'Trình độ giáo dục của người lớn', 'adult education'], drafted, notRetrieved),
    indicator(
      6,
      ['Giáo dục', 'Tình trạng đi học của trẻ em', 'child school attendance'],
      drafted,
      notRetrieved,
    ),
    indicator(7, ['Nhà ở', 'Chất lượng nhà ở', 'housing quality'], drafted, notRetrieved),
    indicator(
      8,
      ['Nhà ở', 'Diện tích nhà ở bình quân đầu người', 'floor area per person'],
      drafted,
      notRetrieved,
    ),
    indicator(9, ['Thông tin', 'Sử dụng dịch vụ viễn thông', 'telecom service'], drafted, notRetrieved),
    indicator(10, [WATER, 'Nguồn nước sinh hoạt', 'water source'], drafted, notRetrieved),
    indicator(11, [WATER, 'Nhà tiêu (công trình phụ) hợp vệ sinh', 'hygienic toilet'], drafted, notRetrieved),
    indicator(12, [WATER, 'Xử lý rác thải', 'waste treatment'], drafted, {
      ...notRetrieved,
      note: 'not retrieved (NEW; the information-device indicator is gone)',
    }),
  ],
};
