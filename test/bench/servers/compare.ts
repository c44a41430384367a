import type { AnsweredWhole } from '../measures/asking';
import type { Question } from '../measures/questions';
import type { Engine } from './engines';

/** Unknown rates are quickly told: too many of them would measure nothing. */
const KNOWN_AT_LEAST = 0.9;

/**
 * The embedded engine says what is right: an answer of servers is the same to the last digit, warnings included.
 * @throws Error at the first one that is not, or where most rates are unknown
 */
export function requireSameAnswers(
  questions: readonly Pick<Question, 'unit' | 'on' | 'knownOn'>[],
  answers: ReadonlyMap<Engine, readonly AnsweredWhole[]>,
): void {
  const [ours, theirs] = [answers.get('product') ?? [], answers.get('embedded') ?? []];
  questions.forEach((question, at) => {
    const [one, other] = [ours[at]?.whole, theirs[at]?.whole];
    if (one === undefined || one !== other)
      throw new Error(`servers answer ${one}, the embedded engine ${other}: ${JSON.stringify(question)}`);
  });
  const known = ours.filter(({ said }) => said.every((count) => !Number.isNaN(count)));
  if (known.length < questions.length * KNOWN_AT_LEAST)
    throw new Error(`only ${known.length} of ${questions.length} rates are known`);
}
