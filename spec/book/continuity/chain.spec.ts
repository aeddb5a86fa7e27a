import { chainRule } from '../../../lib/book/continuity/chain.js';
import { diff } from '../../../lib/testing/builders.js';

const link = (previousSequence: number, lastSequence: number) => diff({ previousSequence, lastSequence });

describe('chainRule', () => {
  it.each([
    ['linked, however far', 10, link(10, 42), true],
    ['a keepalive, which changes nothing', 15, link(15, 15), true],
    ['numbers that begin anew at the venue’s maintenance', 15, link(15, 3), true],
    ['the one after that', 3, link(3, 5), true],
    ['one after that where it was missed: nothing is old', 15, link(3, 5), false],
    ['a repeat', 10, link(5, 10), false],
    ['linked to one that was lost', 10, link(12, 14), false],
    ['without a link', 10, diff({ lastSequence: 11 }), false],
    ['without a number', 10, diff({ previousSequence: 10 }), false],
    ['no numbers in a book without one', undefined, diff({}), true],
    ['numbers in a book without one', undefined, link(10, 11), false],
    ['a number without a link in a book without one', undefined, diff({ lastSequence: 11 }), false],
  ])('%s', (_, sequence, event, isNext) => {
    expect(chainRule.next({ sequence }, event)).toBe(isNext ? 'next' : 'gap');
    expect(chainRule.join({ sequence }, event)).toBe(isNext ? 'joins' : 'ahead');
  });
});
