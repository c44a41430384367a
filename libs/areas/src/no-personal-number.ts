import { holdsPersonalNumber, ruleBroken } from '@ledger/kernel';

/**
 * Refuses texts with a 12-digit personal number: personal data never enters a fact. What was sent is left out
 * of the refusal, so that it enters no log either.
 */
export function refusePersonalNumbers(texts: Readonly<Record<string, string | undefined>>): void {
  for (const [field, text] of Object.entries(texts)) {
    if (text !== undefined && holdsPersonalNumber(text))
      throw ruleBroken({ code: 'text.personal-number', field });
  }
}
