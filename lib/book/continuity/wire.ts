import type { ContinuityRule, Following } from './rule.js';

/**
 * The frames of a whole wire are counted, whatever channel they belong to, so a book can't see a loss in its own diffs.
 * The dialect counts with {@link followOnWire} and calls `link.interrupted()` when it breaks; within a book each diff
 * continues. Coinbase Advanced Trade: `sequence_num`; Bitfinex: the number at the end of a frame, with flag 65536.
 */
export const wireRule: ContinuityRule = {
  name: 'wire',
  // One that came, was counted and could not be read is as good as lost, and only its channel knows.
  isBlind: true,
  join: () => 'joins',
  next: () => 'next',
};

/**
 * How a frame's counter follows the last one of its wire. A wire may begin at any number (Bitfinex at 1, Coinbase
 * at 0): `last` is `undefined` before its first frame.
 */
export function followOnWire(last: number | undefined, counter: number): Following {
  if (last === undefined || counter === last + 1) return 'next';
  return counter <= last ? 'stale' : 'gap';
}
