import { eventChainRule } from '../../../lib/book/continuity/eventChain.js';
import { diff } from '../../../lib/testing/builders.js';

describe('eventChainRule', () => {
  const position = { eventId: 'b', venueTime: 10 };

  it.each([
    ['c', 'b', 10, 'next'],
    ['c', 'b', 9, 'next'],
    ['b', 'a', 10, 'stale'],
    ['d', 'c', 10, 'gap'],
    ['d', 'c', 11, 'gap'],
    ['a', 'z', 9, 'stale'],
    [undefined, undefined, 10, 'next'],
    [undefined, undefined, 9, 'stale'],
  ] as const)('%s behind %s at %d follows b at 10 as %s', (eventId, previousEventId, venueTime, following) => {
    expect(eventChainRule.next(position, diff({ eventId, previousEventId, venueTime }))).toBe(following);
  });

  it('joins by time, since snapshots bear no names', () => {
    expect(eventChainRule.join({ venueTime: 10 }, diff({ eventId: 'c', previousEventId: 'b', venueTime: 10 }))).toBe(
      'stale',
    );
    expect(eventChainRule.join({ venueTime: 10 }, diff({ eventId: 'c', previousEventId: 'b', venueTime: 11 }))).toBe(
      'joins',
    );
  });

  it('goes by time where the book knows no name yet', () => {
    expect(eventChainRule.next({ venueTime: 10 }, diff({ eventId: 'c', previousEventId: 'b', venueTime: 11 }))).toBe(
      'next',
    );
  });
});
