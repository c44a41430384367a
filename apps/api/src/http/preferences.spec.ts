import { wantsCsv } from './csv';
import { languageOf } from './language';
import { preferencesIn } from './preferences';

describe('what a header asks for', () => {
  it('is ordered by weight, and by its place among equals', () => {
    expect(preferencesIn('a;q=0.5, B, c;q=0.9 , d')).toEqual(['b', 'd', 'c', 'a']);
  });

  it('leaves out what is not wanted, and what is no preference', () => {
    expect(preferencesIn('a;q=0, , ;q=1, b;q=high, c')).toEqual(['c']);
    expect(preferencesIn(undefined)).toEqual([]);
  });

  it.each([
    ['vi', 'vi'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['fr, en;q=0.5, vi;q=0.9', 'vi'],
    ['en;q=0, vi;q=0.1', 'vi'],
    ['EN-gb, vi', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('as a language: %s is answered in %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it.each([
    ['text/csv', true],
    ['TEXT/CSV; charset=utf-8', true],
    ['text/csv, application/json;q=0.9, */*;q=0.1', true],
    ['application/json, text/csv', false],
    ['text/csv;q=0.1, application/json', false],
    ['text/csv;q=0', false],
    ['*/*', false],
    ['*/*, text/csv', true],
    [undefined, false],
  ])('as a table: %s wants one: %s', (accept, wanted) => {
    expect(wantsCsv({ headers: { accept } })).toBe(wanted);
  });
});
