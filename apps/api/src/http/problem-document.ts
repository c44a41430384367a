import type { Language, Refusal } from '@ledger/kernel';
import type { RowRefusal } from '@ledger/imports';
import { messageOf } from './language';

export const PROBLEM_TYPE = 'application/problem+json';

const TITLES: Readonly<Record<number, Readonly<Record<Language, string>>>> = {
  400: { en: 'Malformed request', vi: 'Yêu cầu sai cấu trúc' },
  404: { en: 'Not found', vi: 'Không tìm thấy' },
  409: { en: 'Conflict', vi: 'Xung đột' },
  412: { en: 'The record has changed', vi: 'Hồ sơ đã thay đổi' },
  413: { en: 'Too large', vi: 'Quá lớn' },
  415: { en: 'Unsupported media type', vi: 'Kiểu nội dung không được hỗ trợ' },
  408: { en: 'Too slow', vi: 'Quá chậm' },
  431: { en: 'Headers too large', vi: 'Phần đầu quá lớn' },
  422: { en: 'Against a rule', vi: 'Trái quy tắc' },
  500: { en: 'Internal error', vi: 'Lỗi hệ thống' },
  503: { en: 'Not available now', vi: 'Tạm thời không phục vụ được' },
};

/** What a client is told when something is refused or fails (RFC 9457), in its language. */
export function problemDocument(
  status: number,
  refusals: readonly [Refusal, ...Refusal[]],
  language: Language,
  /** What the problem carries beside its refusals. */
  more: object = {},
): object {
  const [first] = refusals;
  // Fields that are wrong have a code each; the problem as a whole is that the request is malformed.
  const general = first.code.startsWith('body.') ? { code: 'request.malformed' } : first;
  return {
    type: `urn:poverty-ledger:problem:${general.code}`,
    title: (TITLES[status] ?? TITLES[400])?.[language],
    status,
    detail: messageOf(general, language),
    code: general.code,
    errors: refusals.map((refusal) => ({
      field: refusal.field ?? null,
      rule: refusal.code,
      message: messageOf(refusal, language),
      ...(refusal.got !== undefined && { got: refusal.got }),
      ...placeOf(refusal),
    })),
    ...more,
  };
}

/** In a file, a refusal stands on a line and in a column. */
function placeOf(refusal: Refusal): object {
  const { line, column } = refusal as Partial<RowRefusal>;
  return { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}
