import { createHash } from 'node:crypto';
import { demoHistory } from './demo-history';
import type { DemoEntry } from './entry';

const hashOf = (entries: Iterable<DemoEntry>): string => {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(JSON.stringify(entry));
  return hash.digest('hex');
};

/** Every text inside an order, with the names of the fields that lead to it. */
function* textsOf(value: unknown, path = ''): Generator<{ path: string; text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value))
    yield* textsOf(inner, Array.isArray(value) ? path : `${path}.${key}`);
}

describe('the old books of the demo', () => {
  const entries = [...demoHistory()];

  it('are told in the order in which they were recorded', () => {
    const days = entries.map(({ recordedOn }) => recordedOn);
    expect(days).toEqual([...days].sort());
    expect(entries[0]?.recordedOn).toBe('2020-01-02');
    expect(entries.at(-1)?.recordedOn).toBe('2025-01-02');
  });

  it('are the same every time', () => {
    expect(hashOf(demoHistory())).toBe(hashOf(entries));
  });

  it('stay small enough for a first minute', () => {
    expect(entries.length).toBeGreaterThan(90_000);
    expect(entries.length).toBeLessThan(112_000);
  });

  it('name nobody: every text is a number, a code, a numbered village, a unit or a paper of a unit', () => {
    const allowed: Readonly<Record<string, RegExp>> = {
      '.recordedOn': /^\d{4}-\d{2}-\d{2}$/,
      '.recordedBy': /^officer-(\d{2}|\d{3}|\d{5})$/,
      '.householdId': /^(dn|al)-\d{5}-\d{5}$/,
      '.order.type': /^[A-Z][A-Za-z]+$/,
      '.order.code': /^(\d{2}|\d{3}|\d{5})$/,
      '.order.parentCode': /^(\d{2}|\d{3})$/,
      '.order.name': /^(Tỉnh|Thành phố|Huyện|Thị trấn|Phường|Xã) /,
      '.order.level': /^(province|district|commune)$/,
      '.order.areaType': /^(rural|urban)$/,
      '.order.validFrom': /^2020-01-01$/,
      '.order.legalBasis': /^175\/2024\/QH15$/,
      '.order.unit': /^\d{2,5}@2020-01-01$/,
      '.order.on': /^20\d\d-12-31$/,
      '.order.group': /^[a-z-]+$/,
      '.order.groups': /^[a-z-]+$/,
      '.order.source': /^[a-z0-9-]+$/,
      '.order.householdId': /^(dn|al)-\d{5}-\d{5}$/,
      '.order.place': /^\d{5}@2020-01-01$/,
      '.order.to': /^(\d{5}@2020-01-01|near-poor|above)$/,
      '.order.village': /^(Thôn|Tổ dân phố) \d$/,
      '.order.registeredOn': /^20\d\d-\d\d-\d\d$/,
      '.order.effectiveOn': /^20\d\d-\d\d-\d\d$/,
      '.order.listNumber': /^\d{1,5}$/,
      '.order.standard': /^VN-20(16|22)$/,
      '.order.channel': /^(periodic|regular)$/,
      '.order.outcome': /^(poor|near-poor|above)$/,
      '.order.reason': /^[a-z-]{1,40}$/,
      '.order.override.reason': /^[a-z-]{1,40}$/,
      '.order.decision.number': /^\d{1,3}\/QĐ-UBND$/,
      '.order.decision.date': /^20\d\d-\d\d-\d\d$/,
      '.order.decision.authority': /^UBND (thị trấn|phường|xã) /,
    };
    const strange = new Set<string>();
    for (const entry of entries) {
      for (const { path, text } of textsOf(entry)) {
        if (/\d{12}/.test(text) || !allowed[path]?.test(text)) strange.add(`${path}: ${text}`);
      }
    }
    expect([...strange]).toEqual([]);
  });
});
