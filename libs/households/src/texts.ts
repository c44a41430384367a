import type { Texts } from '@ledger/kernel';

export const householdTexts = {
  'household.unknown': {
    en: 'No household has this id. Register it first, or check the id.',
    vi: 'Không có hộ nào mang mã này. Hãy đăng ký hộ trước hoặc kiểm tra lại mã.',
  },
  'household.already-registered': {
    en: 'A household with this id is registered with other data. Use another id, or record a change of details.',
    vi: 'Mã này đã được đăng ký với dữ liệu khác. Hãy dùng mã khác hoặc ghi thay đổi thông tin hộ.',
  },
  'household.dissolved': {
    en: 'The household was dissolved on {dissolvedOn}. Only days before that can still be recorded.',
    vi: 'Hộ đã kết thúc ngày {dissolvedOn}. Chỉ còn ghi được cho những ngày trước đó.',
  },
  'household.already-dissolved': {
    en: 'The household was already dissolved on {dissolvedOn}. Another day is a correction.',
    vi: 'Hộ đã được ghi kết thúc ngày {dissolvedOn}. Đổi ngày là một lệnh đính chính.',
  },
  'household.facts-after-dissolution': {
    en: '{count} facts recorded for later days count no more: the household had ended before them.',
    vi: '{count} sự kiện đã ghi cho những ngày sau không còn được tính: hộ đã kết thúc trước đó.',
  },
  'fact.in-the-future': {
    en: 'This day lies in the future. Give a day up to {today}.',
    vi: 'Ngày này ở tương lai. Hãy ghi ngày không sau {today}.',
  },
  'fact.before-registration': {
    en: 'The household was registered on {registeredOn}. Give that day or a later one.',
    vi: 'Hộ được đăng ký ngày {registeredOn}. Hãy ghi ngày đó hoặc sau đó.',
  },
  'standard.not-open-yet': {
    en: 'Classifications under {standard} are possible from {openingFrom} on. Name the standard that applied on the day.',
    vi: 'Chỉ phân loại theo {standard} từ ngày {openingFrom}. Hãy chọn chuẩn áp dụng vào ngày đó.',
  },
  'decision.in-the-future': {
    en: 'The decision is dated in the future. Give the date on the paper, up to {today}.',
    vi: 'Quyết định ghi ngày ở tương lai. Hãy ghi đúng ngày trên văn bản, không sau {today}.',
  },
  'decision.later-than-effect': {
    en: 'It takes effect on {effectiveOn}, before the decision of {date}. Recorded: the day of effect rules.',
    vi: 'Có hiệu lực từ {effectiveOn}, trước ngày quyết định {date}. Đã ghi: ngày hiệu lực được áp dụng.',
  },
  'review.contradicts-scores': {
    en: 'The outcome {outcome} contradicts the scores: {rule}. With these scores it can be: {possible}. Correct the scores or the outcome, or give an override with its reason.',
    vi: 'Kết quả {outcomeVi} trái với điểm đã ghi: {ruleVi}. Với điểm này chỉ có thể là: {possibleVi}. Hãy sửa điểm hoặc kết quả, hoặc ghi "override" kèm lý do.',
  },
  'review.overridden': {
    en: 'The decision departs from the scores ({rule}) for the reason {reason}. It is recorded as an override.',
    vi: 'Quyết định khác với điểm ({ruleVi}) vì lý do {reason}. Đã ghi là ngoại lệ theo quyết định.',
  },
  'review.override-not-needed': {
    en: 'The outcome does not contradict the scores: the override changes nothing.',
    vi: 'Kết quả không trái với điểm: ngoại lệ này không cần thiết.',
  },
  'review.unknown-indicator': {
    en: '{standard} has {count} indicators of deprivation, numbered from 1 in the order of the form.',
    vi: '{standard} có {count} chỉ số thiếu hụt, đánh số từ 1 theo thứ tự trong phiếu.',
  },
  'review.area-type-differs': {
    en: 'The review used the {review} sheet, the unit is {unit} on that day. The review rules.',
    vi: 'Phiếu rà soát dùng khu vực {reviewVi}, còn đơn vị vào ngày đó là {unitVi}. Phiếu được áp dụng.',
  },
  'review.already-recorded': {
    en: 'Decision {number} is recorded for {on} under {standard} with other content. A correction is another order.',
    vi: 'Quyết định {number} đã được ghi cho ngày {on} theo {standard} với nội dung khác. Đính chính là một lệnh khác.',
  },
  'escape.not-poor-on-that-day': {
    en: 'On {on} the household is {status} under {standard}. An escape needs poor, or near-poor when it leads above.',
    vi: 'Ngày {on} hộ đang là {statusVi} theo {standard}. Thoát nghèo cần hộ nghèo, hoặc hộ cận nghèo nếu vượt chuẩn cận nghèo.',
  },
  'escape.already-recorded': {
    en: 'Decision {number} is recorded as an escape on {on} under {standard} with other content. A correction is another order.',
    vi: 'Quyết định {number} đã ghi thoát nghèo ngày {on} theo {standard} với nội dung khác. Đính chính là một lệnh khác.',
  },
  're-poverty.already-poor': {
    en: 'The household is already poor under {standard} on {on}.',
    vi: 'Hộ đã là hộ nghèo theo {standard} vào ngày {on}.',
  },
  're-poverty.no-earlier-escape': {
    en: 'No recognised escape before {on}: this is newly arising poverty. Record a review with the outcome poor.',
    vi: 'Không có quyết định thoát nghèo nào trước ngày {on}: đây là nghèo phát sinh mới. Hãy ghi một lần rà soát với kết quả nghèo.',
  },
  're-poverty.already-recorded': {
    en: 'Decision {number} is recorded as re-poverty on {on} under {standard} with other content. A correction is another order.',
    vi: 'Quyết định {number} đã ghi tái nghèo ngày {on} theo {standard} với nội dung khác. Đính chính là một lệnh khác.',
  },
  'move.already-there': {
    en: 'The household lives in {unit} on that day already. Name another unit, or another village.',
    vi: 'Vào ngày đó hộ đã ở {unit}. Hãy ghi đơn vị khác hoặc thôn khác.',
  },
  'details.nothing-to-change': {
    en: 'Give at least one of members, groups, village.',
    vi: 'Hãy ghi ít nhất một trong: members (số nhân khẩu), groups (nhóm), village (thôn).',
  },
} as const satisfies Texts;
