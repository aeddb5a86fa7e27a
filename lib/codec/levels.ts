import * as t from 'io-ts';
import type { PriceLevel } from '../model/priceLevel.js';
import { DecimalText, SizeText } from './decimalText.js';
import { levelOf } from './levelOf.js';
import { list } from './list.js';
import { type Pair, pairsOf, ScannedLevels } from './scanSides.js';
import { REFUSED, type Refused, FastType } from './fastType.js';

const Pairs = list(t.tuple([DecimalText, SizeText], ''));

/**
 * Levels as most venues send them, `[["7.5040","813"],…]`, to {@link PriceLevel}s in the same order, texts kept. A size
 * below 0 is refused. What follows price and size in a tuple (a number of orders, a time) is passed over.
 */
export const Levels = new FastType<readonly PriceLevel[], readonly Pair[]>(
  'Levels',
  (u): u is readonly PriceLevel[] =>
    Array.isArray(u) && u.every((level) => typeof level === 'object' && 'exact' in level),
  levelsOf,
  pairsOf,
  (u, c) => {
    const levels = levelsOf(u);
    // Once more to say where.
    return levels === REFUSED ? (Pairs.validate(u, c) as t.Validation<never>) : t.success(levels);
  },
);

function levelsOf(u: unknown): readonly PriceLevel[] | Refused {
  if (u instanceof ScannedLevels) return u.levels;
  if (!Array.isArray(u)) return REFUSED;
  const levels: PriceLevel[] = [];
  for (const row of u as readonly unknown[]) {
    if (!Array.isArray(row)) return REFUSED;
    const [priceText, sizeText] = row as readonly unknown[];
    if (!DecimalText.is(priceText) || !SizeText.is(sizeText)) return REFUSED;
    levels.push(levelOf(priceText, sizeText));
  }
  return levels;
}
