export interface Cause {
  readonly number: number;
  readonly vi: string;
  readonly en: string;
}

/** Causes of poverty as in form 10. A household may have several, so they never add up to the households. */
export const CAUSES: readonly Cause[] = [
  { number: 1, vi: 'Thiếu (không có) đất sản xuất', en: 'no production land' },
  { number: 2, vi: 'Thiếu vốn sản xuất, kinh doanh', en: 'no capital' },
  { number: 3, vi: 'Thiếu lao động', en: 'no labour' },
  { number: 4, vi: 'Thiếu công cụ/phương tiện sản xuất', en: 'no tools' },
  { number: 5, vi: 'Thiếu kiến thức về sản xuất', en: 'no production knowledge' },
  { number: 6, vi: 'Thiếu kỹ năng lao động, sản xuất', en: 'no skills' },
  { number: 7, vi: 'Có người ốm đau, bệnh nặng, tai nạn', en: 'illness or accident' },
  { number: 8, vi: 'Nguyên nhân khác', en: 'other' },
];

export const isCause = (number: number): boolean => CAUSES.some((cause) => cause.number === number);
