import type { Language, Notice } from '@ledger/kernel';
import { textOf } from '@ledger/kernel';
import { preferencesIn } from './preferences';
import { catalogue } from './texts';

/** The dearest of the reader's languages that we speak; English where none is. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const spoken = preferencesIn(acceptLanguage).map((tag) => tag.split('-')[0]);
  return spoken.find((tag) => tag === 'vi' || tag === 'en') ?? 'en';
}

export const messageOf = (notice: Notice, language: Language): string => textOf(catalogue, notice, language);
