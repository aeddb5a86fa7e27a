import { increasingRule } from '../../../lib/book/continuity/increasing.js';
import { diff } from '../../../lib/testing/builders.js';

it.each<[number | undefined, number | undefined, string, string]>([
  [10, 9, 'stale', 'stale'],
  [10, 10, 'stale', 'stale'],
  [10, 11, 'joins', 'next'],
  [10, 900, 'joins', 'next'],
  [undefined, 1, 'joins', 'next'],
  [10, undefined, 'joins', 'next'],
])('after %p comes %p: %s a snapshot, %s of a diff', (sequence, lastSequence, joining, following) => {
  const given = diff(lastSequence === undefined ? {} : { lastSequence });

  expect(increasingRule.join({ sequence }, given)).toBe(joining);
  expect(increasingRule.next({ sequence }, given)).toBe(following);
});
