/** Who does the same thing beside the product, in the same run. */
export const OPPONENTS = ['postgres', 'emmett', 'plainAppend', 'batchAppend', 'client', 'embedded'] as const;
export type Opponent = (typeof OPPONENTS)[number];
export type Who = 'product' | Opponent;

/** One thing that was measured: a value for each run and each of those who did it. */
export interface Figure {
  readonly id: string;
  readonly group: string;
  readonly what: string;
  readonly unit: 'per second' | 'ms' | 's' | 'MB';
  readonly values: Readonly<Partial<Record<Who, readonly number[]>>>;
  /** What the median of the product is to keep. */
  readonly goal?: { readonly atMost?: number; readonly atLeast?: number };
  /** How much longer than this figure it may take: `of` is the id of another one. */
  readonly goalAgainst?: { readonly of: string; readonly atMostTimes: number };
  /** How many times as fast as an opponent it is to be at least; below 1 for what the product does in addition. */
  readonly goalBeside?: { readonly opponent: Opponent; readonly atLeastTimes: number };
  /** Which server it ran on, or which double of one. */
  readonly on?: string;
  readonly note?: string;
}

/** What could not be measured, and why. */
export interface Missing {
  readonly group: string;
  readonly what: string;
  readonly why: string;
}

/** Collects figures as they come, run by run. */
export class Results {
  private readonly figures = new Map<string, Figure>();
  readonly missing: Missing[] = [];

  add(figure: Omit<Figure, 'values'>, who: Who, value: number): void {
    const known = this.figures.get(figure.id);
    const values = { ...known?.values, [who]: [...(known?.values[who] ?? []), value] };
    this.figures.set(figure.id, { ...figure, values });
  }

  all(): Figure[] {
    return [...this.figures.values()];
  }
}
