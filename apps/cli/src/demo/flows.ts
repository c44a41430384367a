/** Listed households of a commune on a day. */
export interface Listed {
  readonly poor: number;
  readonly nearPoor: number;
}

/** What is wanted of a commune's year whatever its closing: the small movements. */
export interface SmallFlows {
  readonly poorGone: number;
  readonly becamePoor: number;
  readonly rePoor: number;
  readonly newPoor: number;
  readonly nearPoorGone: number;
  readonly nearPoorEscaped: number;
  readonly reNearPoor: number;
  readonly newNearPoor: number;
}

/** All movements of a commune's year, moves apart. */
export interface Flows extends SmallFlows {
  readonly escapedToNearPoor: number;
  readonly escapedAbove: number;
}

/** Households that move in less those that move out. */
export type NetMoves = Listed;

/**
 * The escapes that lead from the opening to the closing, given the small movements. Every re-poverty has an
 * escape before it in the same year, so at least so many there are; where a commune's list does not fall
 * enough for that, more newly poor households make up for it.
 */
export function solveFlows(opening: Listed, closing: Listed, net: NetMoves, wanted: SmallFlows): Flows {
  const { becamePoor, rePoor, reNearPoor, poorGone, nearPoorGone } = wanted;
  const entering = net.poor + becamePoor + rePoor + wanted.newPoor - poorGone;
  const mayEscape = opening.poor + entering - closing.poor;
  const newPoor = wanted.newPoor + Math.max(0, rePoor - mayEscape);
  const escapes = Math.max(mayEscape, rePoor);

  const nearEntering = net.nearPoor - becamePoor + reNearPoor + wanted.newNearPoor - nearPoorGone;
  const nearShort = closing.nearPoor - opening.nearPoor - nearEntering;
  const escapedToNearPoor = clamp(nearShort + wanted.nearPoorEscaped, 0, escapes - rePoor);
  const nearMayEscape = escapedToNearPoor - nearShort;
  const newNearPoor = wanted.newNearPoor + Math.max(0, reNearPoor - nearMayEscape);
  const nearPoorEscaped = Math.max(nearMayEscape, reNearPoor);

  const escapedAbove = escapes - escapedToNearPoor;
  return { ...wanted, newPoor, newNearPoor, escapedToNearPoor, escapedAbove, nearPoorEscaped };
}

const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);
