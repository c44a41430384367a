import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { areasTexts } from './texts';

const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.spec\.ts$|^testing\W|^texts\.ts$/.test(name))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  .join('\n');
const codesUsed = [
  ...new Set([...sources.matchAll(/code: '([a-z]+\.[a-z-]+)'/g)].map((match) => match[1])),
].sort();

describe('The texts of the room', () => {
  it('are there for every code that is used, and for no other', () => {
    expect(Object.keys(areasTexts).sort()).toEqual(codesUsed);
  });

  it('name the same facts in both languages', () => {
    const wordsOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
    for (const { en, vi } of Object.values(areasTexts)) expect(wordsOf(vi)).toEqual(wordsOf(en));
  });
});
