import type { Texts } from '@ledger/kernel';

export const eventSourcingTexts = {
  'idempotency.key-reused': {
    en: 'This Idempotency-Key was used for another body. Send a new key with a new order.',
    vi: 'Idempotency-Key này đã dùng cho một nội dung khác. Hãy gửi khóa mới cho lệnh mới.',
  },
  'revision.changed': {
    en: 'The record has changed since you read it (it is at revision {actual}). Read it again, then decide.',
    vi: 'Hồ sơ đã thay đổi sau khi bạn đọc (hiện ở phiên bản {actual}). Hãy đọc lại rồi quyết định.',
  },
  'revision.conflict': {
    en: 'Others keep writing to the same record. Nothing was written; send the same order again.',
    vi: 'Có người khác đang ghi vào cùng hồ sơ. Chưa ghi gì; hãy gửi lại lệnh này.',
  },
  'stream.unreadable': {
    en: 'Fact {revision} of this record cannot be read. The record waits for repair; nothing was written.',
    vi: 'Không đọc được sự kiện {revision} của hồ sơ này. Hồ sơ đang chờ sửa; chưa ghi gì.',
  },
  'store.damaged': {
    en: 'The store is damaged and has to be repaired by whoever runs the server. Nothing was written.',
    vi: 'Kho dữ liệu bị hỏng và cần người quản trị máy chủ sửa. Chưa ghi gì.',
  },
  'store.unavailable': {
    en: 'The store cannot be reached or cannot write now. Ask again in a moment; send an order again with the same key.',
    vi: 'Kho dữ liệu hiện không truy cập hoặc không ghi được. Hãy thử lại sau giây lát; lệnh thì gửi lại với cùng khóa.',
  },
} as const satisfies Texts;
