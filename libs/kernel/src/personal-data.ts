import { holdsPersonalNumber } from './ids';
import type { Texts } from './problem';
import { ruleBroken } from './problem';

/**
 * A personal identification number never enters a fact (Law 91/2025/QH15): no text of an order may hold
 * twelve digits in a row, wherever an officer may have put it. What was sent is left out of the refusal, so
 * that it enters no log either.
 */
export function refusePersonalNumbers(value: unknown, field = ''): void {
  if (typeof value === 'string') {
    if (holdsPersonalNumber(value)) throw ruleBroken({ code: 'text.personal-number', field });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    refusePersonalNumbers(inner, field === '' ? key : `${field}.${key}`);
  }
}

export const kernelTexts = {
  'text.personal-number': {
    en: 'This text holds 12 digits in a row, like a personal identification number. Personal data never enters the ledger: leave it out.',
    vi: 'Nội dung này chứa 12 chữ số liền nhau như số định danh cá nhân. Dữ liệu cá nhân không được đưa vào sổ: hãy bỏ đi.',
  },
} as const satisfies Texts;
