import { AnswersInOrder } from '../../lib/socket/answersInOrder.js';

const KEY = 'a';
let now = 0;
const clock = { elapsed: () => now };
function requested(...steps: readonly ('begin' | 'end')[]): AnswersInOrder {
  const answers = new AnswersInOrder(clock);
  for (const step of steps) answers.requested(KEY, step);
  return answers;
}

describe('answers in order', () => {
  it('takes an answer for that to the first of its kind; what stood ahead of it has lost its own', () => {
    const answers = requested('begin', 'end', 'begin');

    expect(answers.answered(KEY, 'end')).toBe(true);
    expect(answers.isEnding(KEY)).toBe(false);
    expect([answers.answered(KEY, 'end'), answers.answered(KEY, 'begin'), answers.answered(KEY, 'begin')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('takes one answer for all beginnings in a row', () => {
    const answers = requested('end', 'begin', 'begin', 'end');
    expect([answers.answered(KEY, 'begin'), answers.next(KEY)]).toEqual([true, 'end']);
  });

  it('is ending until the beginning after the end is answered, if the end is not', () => {
    const answers = requested('end', 'begin');
    expect([answers.isEnding(KEY), answers.isOnly(KEY)]).toEqual([true, false]);

    answers.answered(KEY, 'begin');

    expect([answers.isEnding(KEY), answers.isOnly(KEY)]).toEqual([false, true]);
  });

  it('takes a word that says nothing but the key for the answer to what is next', () => {
    const answers = requested('begin', 'end');

    expect([answers.next(KEY), answers.next(KEY), answers.next(KEY)]).toEqual(['begin', 'end', undefined]);
  });

  it('waits for what is ahead of a beginning until that was requested again twice, and once for an end that is', () => {
    const repeated = requested('begin', 'end', 'begin', 'begin');
    expect([repeated.isEnding(KEY), repeated.isRepeated(KEY)]).toEqual([true, true]);
    expect(requested('end', 'begin').isRepeated(KEY)).toBe(false);
    // Of the first beginning it would be too late.
    repeated.answered(KEY, 'begin');
    expect(repeated.isEnding(KEY)).toBe(false);
    expect(requested('begin', 'end', 'begin', 'begin', 'begin').isEnding(KEY)).toBe(false);
    const answers = requested('begin', 'end', 'end');
    expect([answers.answered(KEY, 'begin'), answers.answered(KEY, 'end'), answers.answered(KEY, 'end')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('knows whether anything else may be answered', () => {
    const answers = requested('begin');
    answers.requested('b', 'begin');
    expect([answers.isOnly(KEY), answers.isOnly('b'), answers.isOnly('c')]).toEqual([false, false, false]);
    answers.answered('b', 'begin');
    expect([answers.isOnly(KEY), answers.isOnly('b')]).toEqual([true, false]);
  });

  it('waits for none for longer than 20 s', () => {
    const answers = requested('begin', 'end');
    now += 10_000;
    answers.requested(KEY, 'begin');
    now += 9_999;
    expect([answers.isEnding(KEY), answers.isBeginning(KEY)]).toEqual([true, true]);
    now += 1;
    expect([answers.isEnding(KEY), answers.isOnly(KEY), answers.answered(KEY, 'end')]).toEqual([false, true, false]);
    expect(answers.answered(KEY, 'begin')).toBe(true);
  });

  it('waits for none behind which a later one was answered', () => {
    const answers = requested('begin', 'end', 'begin', 'end');
    answers.passed(KEY);
    expect([answers.isEnding(KEY), answers.next(KEY)]).toEqual([false, undefined]);
  });

  it('knows once that a second answer may come to what was requested twice', () => {
    const answers = requested('begin', 'begin');
    expect(answers.takeSecond()).toBe(false);
    answers.answered(KEY, 'begin');
    expect([answers.takeSecond(), answers.takeSecond()]).toEqual([true, false]);
  });
});
