import type { Texts } from '@ledger/kernel';

/** What is said of a field that does not have the shape that an order needs. */
export const ordersTexts = {
  'body.required': { en: 'It is missing.', vi: 'Thiếu trường này.' },
  'body.unknown-field': { en: 'There is no such field here.', vi: 'Không có trường này.' },
  'body.day': {
    en: 'Give a day that exists, as YYYY-MM-DD, from 1945-09-02 on.',
    vi: 'Hãy ghi một ngày có thật dạng YYYY-MM-DD (năm-tháng-ngày), từ 1945-09-02.',
  },
  'body.integer': {
    en: 'Give a whole number from {min} to {max}.',
    vi: 'Hãy ghi số nguyên từ {min} đến {max}.',
  },
  'body.one-of': { en: 'Give one of: {values}.', vi: 'Hãy ghi một trong: {values}.' },
  'body.text': {
    en: 'Give a text of {min} to {max} characters without control characters.',
    vi: 'Hãy ghi chữ dài {min} đến {max} ký tự, không có ký tự điều khiển.',
  },
  'body.code': {
    en: 'Give a code of lower-case letters, digits and dashes, at most 40.',
    vi: 'Hãy ghi mã gồm chữ thường, chữ số, gạch nối, tối đa 40 ký tự.',
  },
  'body.id': {
    en: 'Give an id of letters, digits, dot, dash and underscore, at most 64, that is no personal number.',
    vi: 'Hãy ghi mã gồm chữ cái, chữ số, dấu chấm, gạch nối, gạch dưới, tối đa 64 ký tự, không phải số định danh cá nhân.',
  },
  'body.unit': {
    en: 'Give a unit code (2, 3 or 5 digits, or VN) or a full id such as 24678@2025-07-01.',
    vi: 'Hãy ghi mã đơn vị (2, 3 hoặc 5 chữ số, hoặc VN) hoặc mã đầy đủ như 24678@2025-07-01.',
  },
  'body.list': {
    en: 'Give a list of at most {max} different values, each one of: {values}.',
    vi: 'Hãy ghi danh sách tối đa {max} giá trị khác nhau, mỗi giá trị là một trong: {values}.',
  },
  'body.object': {
    en: 'Give an object with its fields.',
    vi: 'Hãy ghi một đối tượng với các trường của nó.',
  },
  'body.flag': { en: 'Give true, or leave it out.', vi: 'Hãy ghi true hoặc bỏ trống.' },
  'body.position': { en: 'Give a position as it was answered.', vi: 'Hãy ghi vị trí đúng như đã nhận.' },
} as const satisfies Texts;
