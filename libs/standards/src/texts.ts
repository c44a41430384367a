import type { Texts } from '@ledger/kernel';

export const standardsTexts = {
  'standard.ended': {
    en: '{standard} applied until {appliesTo}: answers under it are those of that day, and later days use the next standard.',
    vi: '{standard} áp dụng đến {appliesTo}: số liệu theo chuẩn này là của ngày đó, những ngày sau dùng chuẩn kế tiếp.',
  },
  'standard.unknown': {
    en: 'There is no standard {got}. The standards are {known}.',
    vi: 'Không có chuẩn nghèo {got}. Các chuẩn nghèo hiện có: {known}.',
  },
  'classification.unchecked': {
    en:
      'The evidence leaves several statuses open under {standard}: {possible}. The status was taken from the ' +
      'decision. To have it checked, give the deprived indicators with the income score or the income per person.',
    vi:
      'Theo chuẩn {standard}, thông tin đã nhập cho phép nhiều kết quả: {possibleVi}. Hệ thống ghi theo quyết ' +
      'định. Muốn được đối chiếu, hãy nhập các chỉ số thiếu hụt cùng điểm thu nhập hoặc thu nhập bình quân đầu người.',
  },
  'classification.score-and-income-differ': {
    en:
      'Under {standard} the income score {score} means {byScore}, the income of {income} VND per person and ' +
      'month means {byIncome}. The score counts; correct whichever is wrong.',
    vi:
      'Theo chuẩn {standard}, điểm thu nhập {score} cho kết quả {byScoreVi}, còn thu nhập {incomeVi} ' +
      'đồng/người/tháng cho kết quả {byIncomeVi}. Kết quả tính theo điểm; nếu có số sai, hãy sửa lại.',
  },
  'classification.contradicts-unverified-rule': {
    en:
      'The status does not follow from the evidence by the rule "{rule}", but that rule has not been checked ' +
      'against the law. The status was taken from the decision.',
    vi:
      'Kết quả không khớp với thông tin đã nhập theo quy định "{ruleVi}", nhưng quy định này chưa được đối ' +
      'chiếu với văn bản gốc. Hệ thống ghi theo quyết định.',
  },
} as const satisfies Texts;

export type StandardsCode = keyof typeof standardsTexts;
