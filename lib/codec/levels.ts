import * as t from 'io-ts';
import type { PriceLevel } from '../model/priceLevel.js';
import { DecimalText, SizeText } from './decimalText.js';
import { type Pair, pairsOf, ScannedLevels } from './scanSides.js';
import { levelOf } from './levelOf.js';
import { list } from './list.js';

const Pairs = list(t.tuple([DecimalText, SizeText], ''));

/**
 * Levels as most venues send them, `[["7.5040","813"],…]`, to {@link PriceLevel}s in the same order, texts kept. A size
 * below 0 is refused. What follows price and size in a tuple (a number of orders, a time) is passed over.
 */
export const Levels = new t.Type<readonly PriceLevel[], readonly Pair[]>(
  'Levels',
  (u): u is readonly PriceLevel[] =>
    Array.isArray(u) && u.every((level) => typeof level === 'object' && 'exact' in level),
  (u, c) => {
    if (u instanceof ScannedLevels) return t.success(u.levels);
    // Asking needs no contexts (the paths of errors), which cost more than all else here.
    const pairs = arePairs(u) ? t.success(u) : Pairs.validate(u, c);
    return pairs._tag === 'Left' ? pairs : t.success(pairs.right.map(([price, size]) => levelOf(price, size)));
  },
  pairsOf,
);

/** What `Pairs` reads, rows that go on behind the size included, of which its own `is` wants to know nothing. */
const arePairs = (u: unknown): u is readonly Pair[] => Array.isArray(u) && u.every(isPair);
const isPair = (row: unknown): boolean => Array.isArray(row) && DecimalText.is(row[0]) && SizeText.is(row[1]);
