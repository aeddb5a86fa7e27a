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
    return levels !== REFUSED || !Array.isArray(u) ? levels : Levels.tryDecode(asTexts(u));
  },
  (levels) => Levels.encode(levels),
  (u, c) => Levels.validate(Array.isArray(u) ? asTexts(u) : u, c),
);

/** As far as they are pairs: of a list of other things it is enough to look at the first. */
function asTexts(levels: readonly unknown[]): readonly unknown[] {
  const texts: unknown[] = [];
  for (const pair of levels) {
    if (!Array.isArray(pair)) return [...texts, pair];
    texts.push(pair.map(numberAsText));
  }
  return texts;
}
