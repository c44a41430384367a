import type { Texts } from './problem';
import { Problem, notKnown, ruleBroken, textOf } from './problem';

const texts: Texts = {
  'escape.late': { en: '{got} is later than {day}, {day}!', vi: '{got} sau {day}' },
};

describe('A problem', () => {
  it('takes its code from its first refusal', () => {
    const problem = new Problem('rule', [{ code: 'a', field: 'x' }, { code: 'b' }]);
    expect({ kind: problem.kind, code: problem.code, message: problem.message }).toEqual({
      ...{ kind: 'rule', code: 'a', message: 'a, b' },
    });
    expect(problem).toBeInstanceOf(Error);
  });

  it('is a broken rule or something unknown', () => {
    expect(ruleBroken({ code: 'a', field: 'x', got: 1 })).toMatchObject({
      ...{ kind: 'rule', refusals: [{ code: 'a', field: 'x', got: 1 }] },
    });
    expect(notKnown({ code: 'a' })).toMatchObject({ kind: 'unknown', code: 'a' });
  });
});

describe('A text', () => {
  it('has its words filled in from the facts, each time that they occur', () => {
    const facts = { got: 3, day: '$&' };
    expect(textOf(texts, { code: 'escape.late', facts }, 'en')).toBe('3 is later than $&, $&!');
    expect(textOf(texts, { code: 'escape.late', facts }, 'vi')).toBe('3 sau $&');
  });

  it('shows where a word is missing, and the bare code where the text is', () => {
    expect(textOf(texts, { code: 'escape.late' }, 'vi')).toBe('? sau ?');
    expect(textOf(texts, { code: 'escape.early' }, 'vi')).toBe('escape.early');
    expect(textOf(texts, { code: 'toString' }, 'en')).toBe('toString');
  });
});
