const AROUND = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/gu;
const NOT_ASCII = /[^\p{ASCII}]/u;
/** What our own tables put before a text that a spreadsheet would take for a formula. */
const FORMULA_GUARD = /^'[=+@]/;

/**
 * A cell without what spreadsheets do to it and nobody means: blanks around, letters and their marks apart
 * (NFD), our own guard against formulas.
 */
export function clean(raw: string): string {
  if (raw === '') return raw;
  const plain = NOT_ASCII.test(raw) ? raw.replace(AROUND, '').normalize('NFC') : raw.trim();
  return FORMULA_GUARD.test(plain) ? plain.slice(1) : plain;
}
