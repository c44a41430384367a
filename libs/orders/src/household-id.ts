/**
 * A household id for one that has none: the same for the same command. The UUID is cut in two, for its last 12
 * characters may be digits alone, as a personal number is.
 */
export const madeUpHouseholdId = (uuid: string): string => `hh-${uuid.slice(0, 30)}-${uuid.slice(30)}`;
