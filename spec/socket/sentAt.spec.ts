import { sentAt } from '../../lib/socket/sentAt.js';
import { diff, snapshot } from '../../lib/testing/builders.js';

describe('sentAt', () => {
  it.each([
    ['a diff', diff({ venueTime: 5 }), 5],
    ['a snapshot', snapshot({ venueTime: 6 }), 6],
    ['the last of several', [diff({ venueTime: 5 }), diff({ venueTime: 7 })], 7],
    ['a diff without a time', diff({}), undefined],
    ['a reset', { type: 'reset', instrument: 'a', reason: 'gap', receivedTime: 1 }, undefined],
    ['none', [], undefined],
    ['what is not depth', { instrument: 'a', venueTime: 9 }, undefined],
    ['a text', 'diff', undefined],
    ['null', null, undefined],
    ['undefined', undefined, undefined],
  ])('of %s', (_, value, at) => {
    expect(sentAt(value)).toBe(at);
  });
});
