import type { ContinuityRule } from './rule.js';

/**
 * Nothing tells how diffs follow one another: each one counts. Only a checksum or a crossed book tells a loss. Kraken
 * (checksum), O2, Coinbase Exchange.
 */
export const noRule: ContinuityRule = {
  name: 'none',
  isBlind: true,
  join: () => 'joins',
  next: () => 'next',
};
