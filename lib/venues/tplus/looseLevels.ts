import { REFUSED, FastType } from '../../codec/fastType.js';
import { Levels } from '../../codec/levels.js';
import { numberAsText } from '../../codec/looseDecimal.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/**
 * Levels as pairs of texts, or of JSON numbers: the server's samples are texts, the venue's own client takes both. The
 * texts are tried first, so that they cost no more than at other venues.
 */
export const LooseLevels = new FastType<readonly PriceLevel[], unknown>(
  'LooseLevels',
  Levels.is,
  (u) => {
    const levels = Levels.tryDecode(u);
    return levels !== REFUSED || !Array.isArray(u) ? levels : Levels.tryDecode(u.map(asTexts));
  },
  (levels) => Levels.encode(levels),
  (u, c) => Levels.validate(Array.isArray(u) ? u.map(asTexts) : u, c),
);

const asTexts = (pair: unknown): unknown => (Array.isArray(pair) ? pair.map(numberAsText) : pair);
