import { Fields } from './fields';
import type { Json, JsonObject } from './json';

const of = (data: JsonObject) => new Fields(data, 'ReviewRecorded');
const field = (value: Json | undefined) => of({ field: value });

describe('Fields of stored data', () => {
  it('are read by their kinds', () => {
    expect(field('Thôn 3').text('field')).toBe('Thôn 3');
    expect(field('').text('field')).toBe('');
    expect(field(-7).integer('field')).toBe(-7);
    expect(field('2022-12-31').day('field')).toBe('2022-12-31');
    expect(field('24611@2025-07-01').unit('field')).toBe('24611@2025-07-01');
    expect(field('poor').oneOf('field', ['poor', 'above'])).toBe('poor');
    expect(field(['a', 'b']).texts('field')).toEqual(['a', 'b']);
    expect(field([]).texts('field')).toEqual([]);
    expect(field([3, 1]).integers('field')).toEqual([3, 1]);
    expect(field({ number: '1' }).fields('field').text('number')).toBe('1');
  });

  it.each<[string, (fields: Fields) => unknown, Json | undefined, string]>([
    ['text', (f) => f.text('field'), 5, 'expected text, got 5'],
    ['text', (f) => f.text('field'), undefined, 'expected text, got nothing'],
    ['text', (f) => f.text('field'), null, 'expected text, got null'],
    ['integer', (f) => f.integer('field'), '5', 'expected an integer, got "5"'],
    ['integer', (f) => f.integer('field'), 2.5, 'expected an integer, got 2.5'],
    ['integer', (f) => f.integer('field'), 2 ** 53, 'expected an integer, got 9007199254740992'],
    ['day', (f) => f.day('field'), '2023-02-29', 'expected a day, got "2023-02-29"'],
    ['unit', (f) => f.unit('field'), '24611', 'expected a unit id, got "24611"'],
    ['oneOf', (f) => f.oneOf('field', ['poor', 'above']), 'rich', 'expected one of poor, above, got "rich"'],
    ['texts', (f) => f.texts('field'), ['a', 1], 'expected a list of texts, got ["a",1]'],
    ['texts', (f) => f.texts('field'), 'a', 'expected a list of texts, got "a"'],
    ['integers', (f) => f.integers('field'), ['1'], 'expected a list of integers, got ["1"]'],
    ['fields', (f) => f.fields('field'), [], 'expected an object, got []'],
    ['fields', (f) => f.fields('field'), null, 'expected an object, got null'],
  ])('of another kind are refused by name: %s', (_kind, read, value, message) => {
    expect(() => read(field(value))).toThrow(`ReviewRecorded.field: ${message}`);
  });

  it('inside others are named with the way to them', () => {
    expect(() =>
      of({ decision: { date: 'x' } })
        .fields('decision')
        .day('date'),
    ).toThrow('ReviewRecorded.decision.date:');
  });

  it('may be absent where they are optional, and then leave no trace', () => {
    const read = (f: Fields) => f.optional('field', (name) => f.integer(name));
    expect(read(field(0))).toStrictEqual({ field: 0 });
    expect(read(of({}))).toStrictEqual({});
    expect(read(field(undefined))).toStrictEqual({});
    expect(() => read(field(null))).toThrow('expected an integer, got null');
  });

  it('that list integers hold nothing else: 1.5 is no indicator', () => {
    expect(() => field([1.5]).integers('field')).toThrow('ReviewRecorded.field');
  });
});
