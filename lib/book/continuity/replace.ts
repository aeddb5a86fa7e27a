import type { ContinuityRule } from './rule.js';

/**
 * Each message is the whole book, so there is nothing to lose: a book that went wrong is right again with the next
 * message, and nobody is asked. Partial depth, Hyperliquid, TradeStation. The messages are snapshots; a diff would be
 * folded as it comes.
 */
export const replaceRule: ContinuityRule = {
  name: 'replace',
  join: () => 'joins',
  next: () => 'next',
};
