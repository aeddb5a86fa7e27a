import * as t from 'io-ts';
import type { PriceLevel } from '../model/priceLevel.js';
import { Decimal, decimalOf } from './decimal.js';
import { ScannedLevels } from './scanLevels.js';

type Pairs = readonly (readonly [price: string, size: string])[];

/** What a level must have is told apart only once it is known that something is wrong. */
const Size = t.refinement(Decimal, (size) => size >= 0, 'Size');
const Pair = t.tuple([Decimal, Decimal], '');
const SizedPair = t.tuple([Decimal, Size], '');

/**
 * Levels as most venues send them, `[["7.5040","813"],…]`, to {@link PriceLevel}s in the same order, texts kept. A size
 * below 0 is refused.
 */
export const Levels = levelsCodec(false);

/** The same of tuples that may go on after price and size (a number of orders, a time); what follows is passed over. */
export const LevelsAndMore = levelsCodec(true);

function levelsCodec(allowsMore: boolean): t.Type<readonly PriceLevel[], Pairs> {
  return new t.Type<readonly PriceLevel[], Pairs>(
    'Levels',
    (u): u is readonly PriceLevel[] => Array.isArray(u) && u.every(isLevel),
    (u, c) => {
      if (u instanceof ScannedLevels) return t.success(u.levels);
      const levels = read(u, allowsMore);
      return levels === undefined ? refuse(u, c, allowsMore) : t.success(levels);
    },
    (levels) => levels.map(({ exact }) => [exact.price, exact.size]),
  );
}

/**
 * Reads all pairs, or gives up at the first that is not right.
 *
 * A level is one literal with its texts beside the numbers. Getters, classes and sizes read lazily were no faster: making
 * the objects is a tenth of the time, reading the digits the rest.
 */
function read(u: unknown, allowsMore: boolean): readonly PriceLevel[] | undefined {
  if (!Array.isArray(u)) return undefined;
  const levels: PriceLevel[] = [];
  for (const pair of u as readonly unknown[]) {
    if (!Array.isArray(pair) || (pair.length !== 2 && !(allowsMore && pair.length > 2))) return undefined;
    const price: unknown = pair[0];
    const size: unknown = pair[1];
    if (typeof price !== 'string' || typeof size !== 'string') return undefined;
    const level = { price: decimalOf(price), size: decimalOf(size), exact: { price, size } };
    // Neither holds for NaN.
    if (!(level.size >= 0 && level.price === level.price)) return undefined;
    levels.push(level);
  }
  return levels;
}

/** Says where it went wrong. The slow way over the same ground, taken for refused frames only. */
function refuse(u: unknown, context: t.Context, allowsMore: boolean): t.Validation<never> {
  if (!Array.isArray(u)) return t.failure(u, context);
  const errors = (u as readonly unknown[]).flatMap((pair, i): t.Errors => {
    const key = String(i);
    const result = Pair.validate(pair, t.appendContext(context, key, Pair, pair));
    if (result._tag === 'Left') return result.left;
    const sized = SizedPair.validate(pair, t.appendContext(context, key, SizedPair, pair));
    if (sized._tag === 'Left') return sized.left;
    // `t.tuple` itself passes over what follows.
    const [, , ...more] = pair as readonly unknown[];
    if (allowsMore || more.length === 0) return [];
    const place = t.appendContext(t.appendContext(context, key, Pair, pair), '2', t.never, more[0]);
    return [{ value: more[0], context: place }];
  });
  return t.failures(errors);
}

const isLevel = (u: unknown): u is PriceLevel => Level.is(u);
const Level = t.type({ price: t.number, size: t.number, exact: t.type({ price: t.string, size: t.string }) });
