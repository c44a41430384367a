/** JSON texts, not values: half of these no `JSON.stringify` would write. */
export const HOSTILE_JSON: readonly string[] = [
  ...['null', 'true', 'false', '0', '-0', '-1', '1.5', '1e-7', '1e400', '-1e400', '9007199254740992', '9007199254740993'],
  ...['""', '" "', '"\\u0000"', '"a\\u0000b"', '"\\ud800"', '"\\udc00x"', '"\\u202e"', '"\\ufeff"', '"\\u2028"', '"a\\r\\nb: c"'],
  ...['"NaN"', '"Infinity"', '"-0"', '"undefined"', '"__proto__"', '"constructor"', '"toString"', '"hasOwnProperty"'],
  ...['"012345678901"', '"CCCD: 012345678901."', '"\'; DROP TABLE facts; --"', '"{\\"$gt\\": \\"\\"}"', '"../../etc/passwd"', '"%00"'],
  ...['"2022-02-30"', '"0000-01-01"', '"9999-12-31"', '"+010000-01-01"', '"2022-12-15T00:00:00Z"', '"1945-09-01"'],
  ...['"VN"', '"VN@1945-09-02"', '"24678@2025-07-01@x"', '"99999"', '"=1+1"', '"@"'],
  ...['{}', '{"$gt": ""}', '{"__proto__": {"polluted": 1}}', '{"constructor": {"prototype": {"polluted": 1}}}', '{"length": 1e9}', '{"toString": null}'],
  ...['[]', '[[]]', '[null]', '[{}]', '["poor"]', '[1, 1]', '[-0, 1e400]', '["__proto__"]'],
  `"${'x'.repeat(30_000)}"`,
  `[${'1,'.repeat(5_000)}1]`,
  nested(10),
  nested(1_000),
]; // prettier-ignore

export function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

/** Whole bodies, in the place of the one that is expected. */
export const HOSTILE_BODIES: readonly string[] = [
  ...HOSTILE_JSON,
  ...['', ' ', '{', '}', '{"a"}', '{"a":}', '[1,', '"', 'NaN', 'undefined', '\u0000', '\ufeff{}', '{}{}', '{,}', "{'a': 1}"],
  ...['{"__proto__": null}', '{"__proto__": {"members": 4}}', '{"constructor": 1}', '{"toString": 1}', '{"": 1}', '{"a\\u0000": 1}'],
  `{"a": ${nested(100)}}`,
  `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`,
  '{"a":'.repeat(1_000),
]; // prettier-ignore

/** For addresses and query strings: as they stand after the name, already encoded. */
export const HOSTILE_QUERY: readonly string[] = [
  ...['', '%20', '%00', '%0d%0a', '%F0%9F%98%80', '%E1%BB%99'],
  ...['null', 'undefined', 'NaN', '-0', '-1', '0', '1e400', '9007199254740993', '1.5', '%2B1', '0x10', 'true'],
  ...['__proto__', 'constructor', 'toString', '%7B%22%24gt%22%3A%22%22%7D', "'%20OR%201%3D1--", '..%2F..%2Fetc%2Fpasswd'],
  ...['2022-02-30', '0000-01-01', '9999-12-31', '1945-09-02', '2022-12-15T00:00:00Z', '2022-12-15'],
  ...['012345678901', 'VN', '99999', '24678%402025-07-01', 'all', 'poor', 'VN-2022', 'month', 'x'.repeat(150)],
]; // prettier-ignore

/** What is no UTF-8, no encoding at all, or longer than anything that has a name. */
export const BROKEN_ADDRESSES: readonly string[] = [
  '%ff',
  '%',
  '%zz',
  '%ED%A0%80',
  '%E0%A4%A',
  'x'.repeat(5_000),
];
