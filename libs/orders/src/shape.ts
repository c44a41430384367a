import type { Json, Refusal } from '@ledger/kernel';
import { Problem } from '@ledger/kernel';
import { plainToInstance } from 'class-transformer';
import type { ValidationError } from 'class-validator';
import { validateSync } from 'class-validator';

/**
 * The door: what comes from outside becomes an instance of the class whose every field has been checked.
 * Unknown fields are refused by name, so that a misspelt one is not silently left out.
 * @throws Problem 400 naming every field that is wrong
 */
export function shape<Dto extends object>(dtoClass: new () => Dto, value: object): Dto {
  // `constructor` and its like are on every object: the validator takes them for known.
  const [inherited, ...others] = inheritedNames(value, '');
  if (inherited) throw new Problem('malformed', [inherited, ...others]);
  const dto = plainToInstance(dtoClass, { ...value });
  const errors = validateSync(dto, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const [first, ...rest] = errors.flatMap((error) => refusalsOf(error, ''));
  if (first) throw new Problem('malformed', [first, ...rest]);
  return dto;
}

function inheritedNames(value: unknown, within: string): Refusal[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = within === '' ? key : `${within}.${key}`;
    const own: Refusal[] = key in Object.prototype ? [{ code: 'body.unknown-field', field }] : [];
    return [...own, ...inheritedNames(inner, field)];
  });
}

function refusalsOf(error: ValidationError, within: string): Refusal[] {
  const field = within === '' ? error.property : `${within}.${error.property}`;
  const own = Object.entries(error.constraints ?? {}).flatMap(([name, message]) =>
    refusalOf(name, message, field, error),
  );
  const inner = (error.children ?? []).flatMap((child) => refusalsOf(child, field));
  return [...own.slice(0, 1), ...inner];
}

function refusalOf(name: string, message: string, field: string, { value }: ValidationError): Refusal[] {
  const got = { field, ...(value !== undefined && { got: shown(value) }) };
  if (name === 'whitelistValidation') return [{ code: 'body.unknown-field', ...got }];
  if (name === 'nestedValidation') return [];
  if (value === undefined) return [{ code: 'body.required', field }];
  const { rule, facts } = JSON.parse(message) as { rule: string; facts: Record<string, string | number> };
  return [{ code: rule, facts, ...got }];
}

const LONGEST_SHOWN = 100;

/** What was there, short enough to be read; a whole object or a long text is only named. */
export function shown(value: unknown): Json {
  if (typeof value === 'string')
    return value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value;
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return Array.isArray(value) ? `[${value.length}]` : '{…}';
}
