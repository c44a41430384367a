import type { Texts } from '@ledger/kernel';
import { kernelTexts } from '@ledger/kernel';
import { areasTexts } from '@ledger/areas';
import { eventSourcingTexts } from '@ledger/event-sourcing';
import { householdTexts } from '@ledger/households';
import { importTexts } from '@ledger/imports';
import { ordersTexts } from '@ledger/orders';
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
    en: 'Send the body as {type}.',
    vi: 'Hãy gửi nội dung dạng {type}.',
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
  'import.unknown-kind': {
    en: 'There is no import of this kind. The kinds: {kinds}.',
    vi: 'Không có loại tệp nhập này. Các loại: {kinds}.',
  },
  'import.interrupted': {
    en: 'The server is stopping. Rows that were accepted stay; import the same file again later, nothing is recorded twice.',
    vi: 'Máy chủ đang dừng. Các dòng đã nhận được giữ lại; hãy nhập lại tệp này sau, không dòng nào bị ghi hai lần.',
  },
  'answer.not-yet': {
    en: 'The answers have not reached the position {position} in time. Ask again soon.',
    vi: 'Số liệu chưa cập nhật đến vị trí {position}. Hãy hỏi lại sau giây lát.',
  },
  'body.key': {
    en: 'Give a key of 1 to 128 visible ASCII characters.',
    vi: 'Hãy ghi khóa dài 1 đến 128 ký tự ASCII nhìn thấy được.',
  },
  'body.etag': {
    en: 'Give the ETag as it was answered, e.g. "3".',
    vi: 'Hãy ghi ETag đúng như đã nhận, ví dụ "3".',
  },
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
  ...ordersTexts,
  ...eventSourcingTexts,
  ...standardsTexts,
  ...areasTexts,
  ...householdTexts,
  ...povertyRatesTexts,
  ...importTexts,
};
