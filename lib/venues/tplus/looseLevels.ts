import * as t from 'io-ts';
import { Levels } from '../../codec/levels.js';
import { numberAsText } from '../../codec/looseDecimal.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/**
 * Levels as pairs of texts, or of JSON numbers: the server's samples are texts, the venue's own client takes both. The
 * texts are tried first, so that they cost no more than at other venues.
 */
export const LooseLevels = new t.Type<readonly PriceLevel[], unknown>(
  'LooseLevels',
  Levels.is,
  (u, c) => {
    const levels = Levels.validate(u, c);
    if (levels._tag === 'Right' || !Array.isArray(u)) return levels;
    return Levels.validate(
      (u as readonly unknown[]).map((pair) => (Array.isArray(pair) ? pair.map(numberAsText) : pair)),
      c,
    );
  },
  (levels) => Levels.encode(levels),
);
