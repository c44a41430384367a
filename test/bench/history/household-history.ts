import type { Entry } from '../country/entries';
import { standardOfPaper } from '../country/papers';

/** A row of the history table; `to` days are exclusive, null is for ever. */
export interface HistoryRow {
  readonly household: number;
  readonly commune: number;
  readonly standard: 'VN-2016' | 'VN-2022';
  /** 1 poor, 2 near-poor, 3 above. */
  readonly status: number;
  readonly members: number;
  readonly effectiveFrom: number;
  readonly effectiveTo: number | null;
  readonly recordedFrom: number;
  readonly recordedTo: number | null;
}

type Period = Omit<HistoryRow, 'recordedFrom' | 'recordedTo'>;

interface Now {
  readonly commune: number;
  readonly members: number;
  readonly statuses: Readonly<Record<string, number>>;
}

const STANDARDS = ['VN-2016', 'VN-2022'] as const;

/**
 * What a bitemporal history table holds of one household: its rows as an application would have written them,
 * day of recording by day of recording. It shares no code with the product, whose figures are compared with it.
 * @param entries of one household, in the order of recording
 */
export function historyRowsOf(entries: readonly Entry[]): HistoryRow[] {
  const closed: HistoryRow[] = [];
  let open = new Map<string, HistoryRow>();
  for (let at = 0; at < entries.length;) {
    const recordedOn = entries[at]?.recordedOn ?? 0;
    while (at < entries.length && entries[at]?.recordedOn === recordedOn) at++;
    const next = new Map<string, HistoryRow>();
    for (const period of periodsOf(entries.slice(0, at))) {
      const key = JSON.stringify(period);
      next.set(key, open.get(key) ?? { ...period, recordedFrom: recordedOn, recordedTo: null });
    }
    for (const [key, row] of open) {
      if (!next.has(key)) closed.push({ ...row, recordedTo: recordedOn });
    }
    open = next;
  }
  return [...closed, ...open.values()];
}

/** The periods in which nothing changes, for each standard that classifies the household. */
function periodsOf(entries: readonly Entry[]): Period[] {
  const inOrder = entries.toSorted((a, b) => a.effectiveOn - b.effectiveOn || rankOf(a) - rankOf(b));
  const periods: Period[] = [];
  const running = new Map<string, Period>();
  let now: Now | null = null;
  for (let at = 0; at < inOrder.length;) {
    const day = inOrder[at]?.effectiveOn ?? 0;
    for (; inOrder[at]?.effectiveOn === day; at++) now = applied(now, inOrder[at] as Entry);
    for (const standard of STANDARDS) {
      const before = running.get(standard);
      const status = now?.statuses[standard];
      if (
        before &&
        now &&
        status === before.status &&
        now.commune === before.commune &&
        now.members === before.members
      )
        continue;
      if (before) periods.push({ ...before, effectiveTo: day });
      running.delete(standard);
      if (!now || status === undefined) continue;
      const { commune, members } = now;
      const household = inOrder[0]?.subject ?? 0;
      running.set(standard, {
        household,
        commune,
        standard,
        status,
        members,
        effectiveFrom: day,
        effectiveTo: null,
      });
    }
  }
  return [...periods, ...running.values()];
}

function applied(now: Now | null, { kind, value, place, paper }: Entry): Now | null {
  if (kind === 'register') return { commune: place, members: value, statuses: {} };
  if (!now) return null;
  const as = (status: number, members = now.members): Now => ({
    ...now,
    members,
    statuses: { ...now.statuses, [standardOfPaper(paper)]: status },
  });
  switch (kind) {
    case 'review':
      return as(value & 3, value >> 10 || now.members);
    case 'escape':
      return as(value);
    case 'flag':
      return as(1);
    case 'details':
      return { ...now, members: value };
    case 'move':
      return { ...now, commune: place };
    case 'dissolve':
      return null;
    case 'total':
      return now;
  }
}

const RANKS = {
  register: 0,
  review: 1,
  escape: 1,
  flag: 1,
  details: 2,
  move: 3,
  dissolve: 4,
  total: 5,
} as const;
const rankOf = ({ kind }: Entry): number => RANKS[kind];
