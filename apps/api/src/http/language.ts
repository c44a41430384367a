import type { Language, Notice } from '@ledger/kernel';
import { textOf } from '@ledger/kernel';
import { catalogue } from './texts';

/** The first of the reader's languages that we speak; English where none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  for (const part of (acceptLanguage ?? '').toLowerCase().split(',')) {
    const tag = part.split(';')[0]?.trim().split('-')[0];
    if (tag === 'vi' || tag === 'en') return tag;
  }
  return 'en';
}

export const messageOf = (notice: Notice, language: Language): string => textOf(catalogue, notice, language);
