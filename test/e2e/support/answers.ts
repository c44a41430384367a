/** What the tests read of answers: the fields of the contract, no more. */
export interface Notice {
  readonly code: string;
  readonly message: string;
}

export interface OrderAnswer {
  readonly id: string;
  readonly revision: number;
  readonly position: string;
  readonly unchanged?: boolean;
  readonly facts: readonly {
    readonly type: string;
    readonly effectiveOn: string;
    readonly recordedAt?: string;
  }[];
  readonly warnings: readonly Notice[];
}

export interface Transition {
  readonly standard: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: string;
  readonly effectiveOn: string;
  readonly afterEscape?: boolean;
}

export interface HouseholdOrderAnswer extends OrderAnswer {
  readonly householdId: string;
  readonly transitions: readonly Transition[];
}

export interface UnitView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface Break {
  readonly on: string;
  readonly reason: string;
}

export interface UnitAnswer {
  readonly unit: UnitView;
  readonly on: string;
  readonly knownOn: string;
  readonly standard: string;
  readonly group: string;
  readonly position: string;
  readonly breaks: readonly Break[];
  readonly warnings: readonly Notice[];
}

export interface Count {
  readonly households: number | null;
  readonly persons: number | null;
  readonly rate: number | null;
}

export interface Rates extends UnitAnswer {
  readonly totalHouseholds: { count: number; on: string; source: string; basis: string } | null;
  readonly poor: Count;
  readonly nearPoor: Count;
  readonly multidimensionallyPoor: Count;
  readonly completeness: { reviewed: number; expected: number; unclassifiedCommunes: number };
}

export interface Children<Child> extends UnitAnswer {
  readonly children: readonly Child[];
}

export interface Series extends UnitAnswer {
  readonly points: readonly Rates[];
}

export type Flow = Readonly<Record<string, number>>;

export interface FlowTable {
  readonly households: Flow;
  readonly persons: Flow;
}

export interface Flows extends UnitAnswer {
  readonly poor: FlowTable;
  readonly nearPoor: FlowTable;
  readonly closes: boolean;
}

export interface ChildrenFlows extends Children<Flows> {
  readonly parent: Flows;
  readonly movedInside: Readonly<Record<string, unknown>>;
}

export interface Share {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly rate: number | null;
  readonly definition: string;
}

export interface RePoverty extends UnitAnswer {
  readonly ofAllHouseholds: Share;
  readonly ofEscaped: Share;
  readonly cohort: Share;
}

export interface Items<Item = Readonly<Record<string, unknown>>> extends UnitAnswer {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export interface Spell {
  readonly standard: string;
  readonly status: string;
  readonly from: string;
  readonly to: string | null;
  readonly unit: string;
  readonly enteredBy: string;
  readonly leftBy: string | null;
  readonly factIds: readonly string[];
}

export interface Timeline {
  readonly spells: readonly Spell[];
}

export interface Facts {
  readonly facts: readonly {
    readonly id: string;
    readonly type: string;
    readonly effectiveOn: string;
    readonly recordedAt: string;
    readonly recordedBy: string;
    readonly decision: unknown;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
}

export const codesOf = (notices: readonly Notice[]): string[] => notices.map(({ code }) => code);
