import type * as t from 'io-ts';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { orNone } from '../../codec/orNone.js';
import { Text, leaf } from '../../codec/scalars.js';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** A time as RFC 3339 text. */
export const TimeText = leaf<string>(
  'TimeText',
  (u): u is string => typeof u === 'string' && TIME.test(u) && !Number.isNaN(Date.parse(u)),
);

/** In ms. Reads a text; no clock is asked. */
export const timeOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** Fields that are all optional, and may all be `null`. */
export const optional = <K extends string, A, O>(
  names: readonly K[],
  codec: t.Type<A, O>,
): Readonly<Record<NoInfer<K>, t.Type<A | undefined, O | undefined>>> => {
  const perhaps = orNone(codec);
  return Object.fromEntries(names.map((name) => [name, perhaps])) as Record<K, typeof perhaps>;
};

type Optional<K extends string> = Readonly<Record<NoInfer<K>, t.Type<string | undefined, string | undefined>>>;
export const decimals = <K extends string>(names: readonly K[]): Optional<K> => optional(names, LooseDecimal);
export const texts = <K extends string>(names: readonly K[]): Optional<K> => optional(names, Text);
export const times = <K extends string>(names: readonly K[]): Optional<K> => optional(names, TimeText);
