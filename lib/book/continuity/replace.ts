import type { ContinuityRule } from './rule.js';

/**
 * Each message is the whole book: a book that went wrong is right again with the next message, and nobody is asked. Until
 * then one that missed a message is not known to be right, since nothing is numbered. Partial depth, Hyperliquid, TradeStation. The messages are snapshots; a diff would be
 * folded as it comes. One that is older than the book, by its time and its number where it has one, came late and is passed over.
 */
export const replaceRule: ContinuityRule = {
  name: 'replace',
  isBlind: true,
  isTimed: true,
  join: () => 'joins',
  next: () => 'next',
};
