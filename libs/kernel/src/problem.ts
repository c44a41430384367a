import type { Json } from './json';

/** The languages in which an officer reads us. */
export type Language = 'en' | 'vi';

/** Texts by code; `{word}` is filled in from the facts of the problem. Each room keeps its own. */
export type Texts = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** Something to say about an input or an answer: a stable code, and the facts that its text needs. */
export interface Notice<Code extends string = string> {
  readonly code: Code;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** A notice that refuses: which field broke the rule `code`, and what was there instead. */
export interface Refusal<Code extends string = string> extends Notice<Code> {
  readonly field?: string;
  readonly got?: Json;
}

/**
 * Why something is refused, in the order of the HTTP statuses that it becomes at the edge:
 * malformed 400, unknown 404, conflict 409, precondition 412, too-large 413, rule 422, unavailable 503.
 */
export type ProblemKind =
  'malformed' | 'unknown' | 'conflict' | 'precondition' | 'too-large' | 'rule' | 'unavailable';

/** The one way to refuse. `refusals` is never empty; the first one gives the problem its code. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly kind: ProblemKind,
    readonly refusals: readonly [Refusal, ...Refusal[]],
    options?: ErrorOptions,
  ) {
    super(refusals.map((refusal) => refusal.code).join(', '), options);
  }

  get code(): string {
    return this.refusals[0].code;
  }
}

export function ruleBroken<Code extends string>(refusal: Refusal<Code>): Problem {
  return new Problem('rule', [refusal]);
}

export function notKnown<Code extends string>(refusal: Refusal<Code>): Problem {
  return new Problem('unknown', [refusal]);
}

/** The text of a notice in a language; the bare code where the catalogue lacks it. */
export function textOf(texts: Texts, notice: Notice, language: Language): string {
  const template = texts[notice.code]?.[language] ?? notice.code;
  return template.replace(/\{(\w+)\}/g, (_whole, word: string) => String(notice.facts?.[word] ?? '?'));
}
