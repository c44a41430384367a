import type { PlainDate, UnitId } from '@ledger/kernel';
import { STANDARDS } from '@ledger/standards';
import type { SourceFrom } from './denominators';
import type { Knowledge } from './knowledge';

/** A day from which figures are not comparable with those before it. */
export interface Break {
  readonly on: PlainDate;
  readonly reason: 'standard' | 'boundary' | 'source';
  /** What it was before and is from then on, where that has a name. */
  readonly from?: string;
  readonly to?: string;
}

/** The changes of standard after `from`, up to and with `to`. */
export function standardBreaks(from: PlainDate, to: PlainDate): readonly Break[] {
  return STANDARDS.flatMap(({ id, appliesFrom }, index): Break[] => {
    const before = STANDARDS[index - 1];
    if (!before || appliesFrom <= from || appliesFrom > to) return [];
    return [{ on: appliesFrom, reason: 'standard', from: before.id, to: id }];
  });
}

/** The changes of the unit's land, and of the source of its denominator, after `from` up to and with `to`. */
export async function areaBreaks(
  knowledge: Knowledge,
  unit: UnitId,
  group: string,
  from: PlainDate,
  to: PlainDate,
): Promise<readonly Break[]> {
  const boundaries = knowledge.tree
    .boundaryChanges(unit, from, to)
    .map((on): Break => ({ on, reason: 'boundary' }));
  const sources = (await knowledge.denominators()).sources(unit, group, from, to);
  return [...boundaries, ...sourceBreaks(sources)];
}

function sourceBreaks(sources: readonly SourceFrom[]): Break[] {
  return sources.flatMap(({ on, source }, index): Break[] => {
    const before = sources[index - 1];
    return before && before.source !== source
      ? [{ on, reason: 'source', from: before.source, to: source }]
      : [];
  });
}

/** All breaks of a range, in order of time. */
export async function breaksBetween(
  knowledge: Knowledge,
  unit: UnitId,
  group: string,
  from: PlainDate,
  to: PlainDate,
): Promise<readonly Break[]> {
  const breaks = [...standardBreaks(from, to), ...(await areaBreaks(knowledge, unit, group, from, to))];
  return breaks.sort((a, b) => (a.on < b.on ? -1 : 1));
}
