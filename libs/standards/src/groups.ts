/** Every household of a unit: what a question is about unless it names a group. No group of its own. */
export const ALL_HOUSEHOLDS = 'all';

/**
 * A group of households that reports are kept for. Groups overlap: their counts are never added up.
 * "No labour capacity" (hộ không có khả năng lao động) is a reporting group whose legal definition was not
 * found; the officer says who is in it.
 */
export interface PopulationGroup {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  /** Groups that every household of this one is in as well. */
  readonly implies: readonly string[];
}

/** The reporting groups, named as in forms 8 and 12. */
export const POPULATION_GROUPS: readonly PopulationGroup[] = [
  { id: 'ethnic-minority', vi: 'Hộ dân tộc thiểu số', en: 'ethnic minority', implies: [] },
  {
    id: 'local-ethnic-minority',
    vi: 'Hộ dân tộc thiểu số tại chỗ',
    en: 'local ethnic minority',
    implies: ['ethnic-minority'],
  },
  { id: 'merit', vi: 'Hộ có người có công', en: 'with a person of merit', implies: [] },
  { id: 'no-labour', vi: 'Hộ không có khả năng lao động', en: 'no labour capacity', implies: [] },
  {
    id: 'social-protection',
    vi: 'Hộ có đối tượng bảo trợ xã hội',
    en: 'with a social protection beneficiary',
    implies: [],
  },
];

/** Whether a household can be in a group of that name; `all` is none. */
export const isGroup = (id: string): boolean => POPULATION_GROUPS.some((group) => group.id === id);

/** The groups with those that they imply: sorted, each once. A name that is no group implies nothing. */
export function withImplied(groups: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    POPULATION_GROUPS.find((group) => group.id === id)?.implies.forEach(add);
  };
  groups.forEach(add);
  return [...found].sort();
}
