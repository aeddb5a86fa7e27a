import * as t from 'io-ts';
import { Decimal } from '../../codec/decimal.js';
import { DecimalText } from '../../codec/decimalText.js';
import { Levels } from '../../codec/levels.js';
import type { PriceLevel } from '../../model/priceLevel.js';

/** A decimal as text, or as a JSON number: of that the text is the shortest that reads back the same. */
const textOf = (u: unknown): unknown => (typeof u === 'number' && Number.isFinite(u) ? Decimal.encode(u) : u);

export const LooseDecimal = new t.Type<string, string>(
  'LooseDecimal',
  DecimalText.is,
  (u, c) => (DecimalText.is(textOf(u)) ? t.success(String(textOf(u))) : t.failure(u, c)),
  t.identity,
);

/** The same where the venue says `null` for none. */
export const DecimalOrNone = new t.Type<string | undefined, string | undefined>(
  'DecimalOrNone',
  (u): u is string | undefined => u === undefined || DecimalText.is(u),
  (u, c) => (u === null || u === undefined ? t.success(undefined) : LooseDecimal.validate(u, c)),
  t.identity,
);

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
      (u as readonly unknown[]).map((pair) => (Array.isArray(pair) ? pair.map(textOf) : pair)),
      c,
    );
  },
  (levels) => Levels.encode(levels),
);

/** What may be `null` where it is absent; `null` reads as absent. */
export function orNone<A, O>(codec: t.Type<A, O>): t.Type<A | undefined, O | undefined> {
  return new t.Type<A | undefined, O | undefined>(
    codec.name,
    (u): u is A | undefined => u === undefined || codec.is(u),
    (u, c) => (u === null || u === undefined ? t.success(undefined) : codec.validate(u, c)),
    (a) => (a === undefined ? undefined : codec.encode(a)),
  );
}
