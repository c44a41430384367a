import { parseDay } from '@ledger/kernel';
import type { Known } from '../provenance';
import type { Indicator, Standard } from '../standard';
import { OPENING_FROM, OPENING_TO } from './opening';

const SOURCE = 'thuvienphapluat.vn 296044; nguonluc.com.vn a808; luatannam.vn (TT 14/2018 Art. 1.5)';
const mark = 'V; average-living band M';

const read: Known = { certainty: 'verified', source: SOURCE, note: mark };
const remembered: Known = { certainty: 'from-memory', source: SOURCE, note: mark };

const listed: Known = { certainty: 'verified', source: 'QĐ 59/2015 Art. 1', note: 'list V' };

function indicator(number: number, dimensionVi: string, vi: string, en: string, deprived: string): Indicator {
  const threshold: Known = { certainty: 'from-memory', source: 'QĐ 1614/QĐ-TTg', note: 'M' };
  return { number, dimensionVi, vi, en, listed, deprivedWhen: { ...threshold, text: deprived } };
}

export const VN_2016: Standard = {
  id: 'VN-2016',
  legalBasis: 'QĐ 59/2015/QĐ-TTg (19/11/2015), in force 05/01/2016',
  issuedOn: parseDay('2015-11-19'),
  inForceOn: parseDay('2016-01-05'),
  openingFrom: parseDay('2015-09-01'),
  openingTo: parseDay('2016-02-29'),
  appliesFrom: parseDay('2016-01-01'),
  appliesTo: parseDay('2021-12-31'),
  provenance: {
    legalBasis: read,
    issuedOn: read,
    inForceOn: read,
    openingFrom: OPENING_FROM,
    openingTo: OPENING_TO,
    appliesFrom: {
      certainty: 'inferred',
      source: SOURCE,
      note: 'applies_from was written: 2016-01-05 (reviews of end 2015 already used it)',
    },
    appliesTo: {
      certainty: 'verified',
      source: 'english.luatvietnam.vn 197848',
      note: 'applies_to was written: 2021-12-31 (2021 by NĐ 07/2021 Art. 2)',
    },
  },
  areas: {
    rural: {
      income: {
        poor: {
          ...read,
          bands: [
            { income: { atMost: 700_000 }, kind: 'N1' },
            { income: { over: 700_000, atMost: 1_000_000 }, deprivations: { atLeast: 3 }, kind: 'N2' },
          ],
        },
        nearPoor: {
          ...read,
          bands: [{ income: { over: 700_000, atMost: 1_000_000 }, deprivations: { below: 3 } }],
        },
        averageLiving: { ...remembered, bands: [{ income: { over: 1_000_000, atMost: 1_500_000 } }] },
      },
      score: {
        poor: {
          ...read,
          bands: [
            { score: { atMost: 120 }, kind: 'N1' },
            { score: { over: 120, atMost: 150 }, deprivations: { atLeast: 3 }, kind: 'N2' },
          ],
        },
        nearPoor: { ...read, bands: [{ score: { over: 120, atMost: 150 }, deprivations: { below: 3 } }] },
      },
    },
    urban: {
      income: {
        poor: {
          ...read,
          bands: [
            { income: { atMost: 900_000 }, kind: 'N1' },
            { income: { over: 900_000, atMost: 1_300_000 }, deprivations: { atLeast: 3 }, kind: 'N2' },
          ],
        },
        nearPoor: {
          ...read,
          bands: [{ income: { over: 900_000, atMost: 1_300_000 }, deprivations: { below: 3 } }],
        },
        averageLiving: { ...remembered, bands: [{ income: { over: 1_300_000, atMost: 1_950_000 } }] },
      },
      score: {
        poor: {
          ...read,
          bands: [
            { score: { atMost: 140 }, kind: 'N1' },
            { score: { over: 140, atMost: 175 }, deprivations: { atLeast: 3 }, kind: 'N2' },
          ],
        },
        nearPoor: { ...read, bands: [{ score: { over: 140, atMost: 175 }, deprivations: { below: 3 } }] },
      },
    },
  },
  indicators: [
    indicator(
      1,
      'Y tế',
      'Tiếp cận các dịch vụ y tế',
      'access to health services',
      'a member was ill but did not get care',
    ),
    indicator(
      2,
      'Y tế',
      'Bảo hiểm y tế',
      'health insurance',
      'at least one member aged 6+ has no health insurance',
    ),
    indicator(
      3,
      'Giáo dục',
      'Trình độ giáo dục của người lớn',
      'adult education',
      'at least one member aged 15+ born 1986 or later has not finished lower secondary and is not studying',
    ),
    indicator(
      4,
      'Giáo dục',
      'Tình trạng đi học của trẻ em',
      'child school attendance',
      'at least one child aged 5 to under 15 does not attend school',
    ),
    indicator(
      5,
      'Nhà ở',
      'Chất lượng nhà ở',
      'housing quality',
      'house is not solid (thiếu kiên cố) or simple (đơn sơ)',
    ),
    indicator(6, 'Nhà ở', 'Diện tích nhà ở bình quân đầu người', 'floor area per person', '< 8 m2'),
    indicator(
      7,
      'Nước sạch và vệ sinh',
      'Nguồn nước sinh hoạt',
      'water source',
      'no access to hygienic water',
    ),
    indicator(
      8,
      'Nước sạch và vệ sinh',
      'Hố xí/nhà tiêu hợp vệ sinh',
      'hygienic toilet',
      'no hygienic toilet',
    ),
    indicator(
      9,
      'Thông tin',
      'Sử dụng dịch vụ viễn thông',
      'telecom service',
      'no member uses a telephone subscription and internet',
    ),
    indicator(
      10,
      'Thông tin',
      'Tài sản phục vụ tiếp cận thông tin',
      'information assets',
      'none of TV, radio, computer and cannot hear the village loudspeaker',
    ),
  ],
};
