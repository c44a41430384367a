import type { UnitId } from './ids';
import { splitUnitId } from './ids';
import type { Json, JsonObject } from './json';
import type { PlainDate } from './plain-date';
import { findDay } from './plain-date';

/**
 * Reads the fields of stored data and throws an `Error` that names the field where one is missing or of
 * another kind. For decoders of facts: whoever folds parks what does not decode.
 */
export class Fields {
  constructor(
    private readonly data: JsonObject,
    private readonly what: string,
  ) {}

  text(name: string): string {
    const value = this.data[name];
    return typeof value === 'string' ? value : this.fail(name, 'text', value);
  }

  integer(name: string): number {
    const value = this.data[name];
    return typeof value === 'number' && Number.isSafeInteger(value)
      ? value
      : this.fail(name, 'an integer', value);
  }

  day(name: string): PlainDate {
    return findDay(this.data[name]) ?? this.fail(name, 'a day', this.data[name]);
  }

  unit(name: string): UnitId {
    const value = this.text(name);
    return splitUnitId(value) ? (value as UnitId) : this.fail(name, 'a unit id', value);
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.text(name);
    return words.find((word) => word === value) ?? this.fail(name, `one of ${words.join(', ')}`, value);
  }

  texts(name: string): readonly string[] {
    const value = this.data[name];
    return isListOf(value, 'string') ? (value as string[]) : this.fail(name, 'a list of texts', value);
  }

  integers(name: string): readonly number[] {
    const value = this.data[name];
    return isListOf(value, 'number') && (value as number[]).every(Number.isSafeInteger)
      ? (value as number[])
      : this.fail(name, 'a list of integers', value);
  }

  fields(name: string): Fields {
    const value = this.data[name];
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      return this.fail(name, 'an object', value);
    }
    return new Fields(value as JsonObject, `${this.what}.${name}`);
  }

  /** `{ [name]: read(name) }` where the field is present, `{}` where it is absent: to be spread. */
  optional<Name extends string, Value>(name: Name, read: (name: Name) => Value): { [K in Name]?: Value } {
    return this.data[name] === undefined ? {} : ({ [name]: read(name) } as { [K in Name]?: Value });
  }

  private fail(name: string, wanted: string, got: Json | undefined): never {
    throw new Error(`${this.what}.${name}: expected ${wanted}, got ${JSON.stringify(got) ?? 'nothing'}`);
  }
}

function isListOf(value: Json | undefined, kind: 'string' | 'number'): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === kind);
}
