import { parseDay } from '@ledger/kernel';
import type { Known, KnownCertainty } from '../provenance';
import type { Indicator, Standard } from '../standard';
import { OPENING_FROM, OPENING_TO } from './opening';

const SOURCE = 'laodongthudo.vn 119787; thukyluat.vn 94531; vietnamplus.vn post1086100';
const ruralMark = 'V; average-living band consistent with NĐ 30/2025 (vanban123.vn 679855)';
const urbanMark = 'V; average-living band M';

const rural: Known = { certainty: 'verified', source: SOURCE, note: ruralMark };
const urban: Known = { certainty: 'verified', source: SOURCE, note: urbanMark };

const listed: Known = { certainty: 'verified', source: 'NĐ 07/2021/NĐ-CP, annex', note: 'list V' };
const ANNEX =
  '1-8 through a stored note quoting the annex and vietnam.vn text of the 2025 draft which repeats them, 9-12 partly M';

function indicator(
  number: number,
  [dimensionVi, vi, en]: readonly [dimensionVi: string, vi: string, en: string],
  text: string,
  certainty: KnownCertainty,
  note: string,
): Indicator {
  return { number, dimensionVi, vi, en, listed, deprivedWhen: { certainty, source: ANNEX, note, text } };
}

/** Poor and near-poor share one income line; only the deprivations part them (Art. 3 says AND). */
export const VN_2022: Standard = {
  id: 'VN-2022',
  legalBasis:
    'NĐ 07/2021/NĐ-CP (27/01/2021) Art. 3, decree in force 15/03/2021; extended by NĐ 351/2025/NĐ-CP',
  issuedOn: parseDay('2021-01-27'),
  inForceOn: parseDay('2021-03-15'),
  openingFrom: parseDay('2021-09-01'),
  openingTo: parseDay('2022-02-28'),
  appliesFrom: parseDay('2022-01-01'),
  appliesTo: parseDay('2026-12-31'),
  provenance: {
    legalBasis: rural,
    issuedOn: rural,
    inForceOn: { certainty: 'verified', source: 'vietnamnet.vn 710676', note: 'decree in force 15/03/2021' },
    openingFrom: OPENING_FROM,
    openingTo: OPENING_TO,
    appliesFrom: {
      certainty: 'verified',
      source: SOURCE,
      note: 'applies_from was written: 2022-01-01 (the end-2021 general review already used it)',
    },
    appliesTo: { certainty: 'verified', source: SOURCE, note: 'extended by NĐ 351/2025/NĐ-CP' },
  },
  areas: {
    rural: {
      income: {
        poor: { ...rural, bands: [{ income: { atMost: 1_500_000 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...rural, bands: [{ income: { atMost: 1_500_000 }, deprivations: { below: 3 } }] },
        averageLiving: {
          ...rural,
          certainty: 'partly-verified',
          bands: [{ income: { over: 1_500_000, atMost: 2_250_000 } }],
        },
      },
      score: {
        poor: { ...rural, bands: [{ score: { atMost: 140 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...rural, bands: [{ score: { atMost: 140 }, deprivations: { below: 3 } }] },
      },
    },
    urban: {
      income: {
        poor: { ...urban, bands: [{ income: { atMost: 2_000_000 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...urban, bands: [{ income: { atMost: 2_000_000 }, deprivations: { below: 3 } }] },
        averageLiving: {
          ...urban,
          certainty: 'from-memory',
          bands: [{ income: { over: 2_000_000, atMost: 3_000_000 } }],
        },
      },
      score: {
        poor: { ...urban, bands: [{ score: { atMost: 175 }, deprivations: { atLeast: 3 } }] },
        nearPoor: { ...urban, bands: [{ score: { atMost: 175 }, deprivations: { below: 3 } }] },
      },
    },
  },
  indicators: [
    indicator(
      1,
      ['Việc làm', 'Việc làm', 'employment'],
      'at least one member without a job (of working age, able and willing, cannot find work) or in paid work ' +
        'without a labour contract; regular work is considered, seasonal hire is not',
      'verified',
      'V (draft-2025 text repeats it)',
    ),
    indicator(
      2,
      ['Việc làm', 'Người phụ thuộc trong hộ gia đình', 'dependants'],
      'dependants / members > 50%; dependants: children under 16, elderly or disabled persons receiving ' +
        'monthly social allowance',
      'verified',
      'V',
    ),
    indicator(
      3,
      ['Y tế', 'Dinh dưỡng', 'nutrition'],
      'at least one child under 16 stunted or underweight',
      'verified',
      'V',
    ),
    indicator(
      4,
      ['Y tế', 'Bảo hiểm y tế', 'health insurance'],
      'at least one member aged 6 or more has no health insurance',
      'partly-verified',
      'V (age bound M)',
    ),
    indicator(
      5,
      ['Giáo dục', 'Trình độ giáo dục của người lớn', 'adult education'],
      'at least one person aged 16-30 not in training and without the certificate expected (16 to under 18: ' +
        'studying or finished lower secondary; 18-30: studying or finished upper secondary or vocational; or ' +
        'certified on-the-job training)',
      'verified',
      'V',
    ),
    indicator(
      6,
      ['Giáo dục', 'Tình trạng đi học của trẻ em', 'child school attendance'],
      'at least one child aged 3 to under 16 not in the school level for the age',
      'verified',
      'V',
    ),
    indicator(
      7,
      ['Nhà ở', 'Chất lượng nhà ở', 'housing quality'],
      'at least two of wall, column, roof made of non-durable material',
      'verified',
      'V',
    ),
    indicator(
      8,
      ['Nhà ở', 'Diện tích nhà ở bình quân đầu người', 'floor area per person'],
      '< 8 m2',
      'verified',
      'V',
    ),
    indicator(
      9,
      ['Nước sinh hoạt và vệ sinh', 'Nguồn nước sinh hoạt', 'water source'],
      'no access to clean water (tap, drilled or protected well, protected spring, rain, bottled)',
      'verified',
      'V',
    ),
    indicator(
      10,
      ['Nước sinh hoạt và vệ sinh', 'Nhà tiêu hợp vệ sinh', 'hygienic toilet'],
      'no hygienic toilet (septic, pour-flush, VIP, double vault)',
      'partly-verified',
      'V partly',
    ),
    indicator(
      11,
      ['Thông tin', 'Sử dụng dịch vụ viễn thông', 'telecom service'],
      'no member uses internet service',
      'from-memory',
      'M',
    ),
    indicator(
      12,
      ['Thông tin', 'Phương tiện phục vụ tiếp cận thông tin', 'information devices'],
      'none of the shared (TV, radio, desktop computer, telephone) or personal (laptop, tablet, smartphone) devices',
      'from-memory',
      'M',
    ),
  ],
};
