import type { Texts } from '@ledger/kernel';
import { kernelTexts } from '@ledger/kernel';
import { areasTexts } from '@ledger/areas';
import { eventSourcingTexts } from '@ledger/event-sourcing';
import { householdTexts } from '@ledger/households';
import { povertyRatesTexts } from '@ledger/poverty-rates';
import { standardsTexts } from '@ledger/standards';

/** What the door itself says about a request. */
export const requestTexts = {
  'request.malformed': {
    en: 'The request does not have the shape that is expected.',
    vi: 'Yêu cầu không đúng cấu trúc.',
  },
  'request.not-json': {
    en: 'The body is no valid JSON: {why}.',
    vi: 'Nội dung không phải JSON hợp lệ: {why}.',
  },
  'request.not-an-object': {
    en: 'The body must be a JSON object.',
    vi: 'Nội dung phải là một đối tượng JSON.',
  },
  'request.too-deep': {
    en: 'The body is nested deeper than {limit} levels.',
    vi: 'Nội dung lồng sâu quá {limit} cấp.',
  },
  'request.too-large': { en: 'The body is larger than {limit} bytes.', vi: 'Nội dung lớn hơn {limit} byte.' },
  'request.media-type': {
    en: 'Send the body as application/json.',
    vi: 'Hãy gửi nội dung dạng application/json.',
  },
  'request.bad-address': {
    en: 'The address cannot be read: encode special characters as UTF-8 with %.',
    vi: 'Không đọc được địa chỉ: hãy mã hóa ký tự đặc biệt bằng UTF-8 với %.',
  },
  'request.no-http': {
    en: 'This is no HTTP request that can be read, or its headers are too large.',
    vi: 'Không đọc được yêu cầu HTTP này, hoặc phần đầu quá lớn.',
  },
  'request.unknown-route': { en: 'There is nothing at {route}.', vi: 'Không có gì tại {route}.' },
  'request.failed': {
    en: 'Something failed on our side. Nothing is lost: send the same order with the same key again.',
    vi: 'Có lỗi phía máy chủ. Không mất gì: hãy gửi lại cùng lệnh với cùng khóa.',
  },
  'request.refused': { en: 'The request was refused: {why}.', vi: 'Yêu cầu bị từ chối: {why}.' },
  'answer.not-yet': {
    en: 'The answers have not reached the position {position} in time. Ask again soon.',
    vi: 'Số liệu chưa cập nhật đến vị trí {position}. Hãy hỏi lại sau giây lát.',
  },
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
  'body.key': {
    en: 'Give a key of 1 to 128 visible ASCII characters.',
    vi: 'Hãy ghi khóa dài 1 đến 128 ký tự ASCII nhìn thấy được.',
  },
  'body.etag': {
    en: 'Give the ETag as it was answered, e.g. "3".',
    vi: 'Hãy ghi ETag đúng như đã nhận, ví dụ "3".',
  },
  'body.position': { en: 'Give a position as it was answered.', vi: 'Hãy ghi vị trí đúng như đã nhận.' },
  'range.backwards': {
    en: 'The range ends before it begins: give from <= to.',
    vi: 'Khoảng thời gian bị ngược: cần from <= to.',
  },
  'range.too-long': {
    en: 'The range has {points} points; {limit} are the most. Take a longer step or a shorter range.',
    vi: 'Khoảng thời gian có {points} điểm; tối đa {limit}. Hãy chọn bước dài hơn hoặc khoảng ngắn hơn.',
  },
} as const satisfies Texts;

/** Every text that a client may read, in one catalogue. */
export const catalogue: Texts = {
  ...kernelTexts,
  ...requestTexts,
  ...eventSourcingTexts,
  ...standardsTexts,
  ...areasTexts,
  ...householdTexts,
  ...povertyRatesTexts,
};
