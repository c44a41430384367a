import { Recent } from './recent';

describe('What was worked out', () => {
  it('is worked out once', () => {
    const work = jest.fn(() => 'answer');
    const recent = new Recent<string, string>(2);
    expect([recent.get('a', work), recent.get('a', work)]).toEqual(['answer', 'answer']);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('goes when others were asked for since', () => {
    const recent = new Recent<string, number>(2);
    recent.keep('a', 1);
    recent.keep('b', 2);
    recent.find('a');
    recent.keep('c', 3);
    expect(['a', 'b', 'c'].map((key) => recent.find(key))).toEqual([1, undefined, 3]);
  });

  it('weighs what it is said to weigh, and no more than is left after it went', () => {
    const recent = new Recent<string, string>(10, ({ length }) => length);
    recent.keep('a', 'xxxx');
    recent.keep('b', 'xxxx');
    recent.keep('b', 'xx');
    recent.keep('c', 'xxxx');
    expect(recent.find('a')).toBe('xxxx');
    recent.keep('d', 'x');
    expect(['a', 'b', 'c', 'd'].map((key) => recent.find(key))).toEqual(['xxxx', undefined, 'xxxx', 'x']);
  });

  it('stays when it is the last one, however heavy', () => {
    const recent = new Recent<string, string>(3, ({ length }) => length);
    recent.keep('a', 'xx');
    recent.keep('b', 'xxxxx');
    expect([recent.find('a'), recent.find('b')]).toEqual([undefined, 'xxxxx']);
    recent.keep('c', 'x');
    expect([recent.find('b'), recent.find('c')]).toEqual([undefined, 'x']);
  });
});
