import * as t from 'io-ts';
import { FastType, REFUSED, tryDecodeOf } from '../../codec/fastType.js';
import { usualTimeOf } from '../../codec/isoTime.js';
import { LooseDecimal } from '../../codec/looseDecimal.js';
import { Text, leaf } from '../../codec/scalars.js';
import { plainOf } from './exponent.js';
import { orUnread } from '../../codec/sparing.js';

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

const isTime = (text: string): boolean =>
  wholeTimeOf(text) !== undefined || (text.length <= 40 && TIME.test(text) && !Number.isNaN(Date.parse(text)));

/** Knows the one of before at once: a frame has a time many times over. */
function isTimeText(): (u: unknown) => u is string {
  let last: unknown;
  return (u): u is string => {
    if (typeof u !== 'string' || (u !== last && !isTime(u))) return false;
    last = u;
    return true;
  };
}

/** A time as RFC 3339 text, or a date alone, which is its midnight in UTC. */
export const TimeText = leaf<string>('TimeText', isTimeText());

/** In ms. Reads a text; no clock is asked. */
export const timeOf = (text: string | null | undefined): number | undefined =>
  text === undefined || text === null ? undefined : (wholeTimeOf(text) ?? Date.parse(text));

/** As nearly all are, to the second: `2026-08-12T19:28:44Z`. */
const wholeTimeOf = (text: string): number | undefined => (text.length === 20 ? usualTimeOf(text) : undefined);

const readLoose = tryDecodeOf(LooseDecimal);
/** A decimal as plain exact text, also where the venue writes it with an exponent (`1E-05`) or as a JSON number. */
export const VenueDecimal = new FastType<string, string>(
  LooseDecimal.name,
  LooseDecimal.is,
  (u) => {
    const read = readLoose(u);
    if (read !== REFUSED || typeof u !== 'string') return read;
    const plain = plainOf(u);
    return plain === undefined ? REFUSED : readLoose(plain);
  },
  t.identity,
);

/** Fields that are all optional, may all be `null`, and cost themselves where they can't be read. */
export const optional = <K extends string, A, O>(
  names: readonly K[],
  codec: t.Type<A, O>,
): Readonly<Record<NoInfer<K>, t.Type<A | null | undefined, O | null | undefined>>> => {
  const fields = names.map((name) => [name, orUnread(codec)] as const);
  return Object.fromEntries(fields) as Record<K, (typeof fields)[number][1]>;
};

type Optional<K extends string> = Readonly<Record<NoInfer<K>, t.Type<string | null | undefined>>>;
export const decimals = <K extends string>(names: readonly K[]): Optional<K> => optional(names, VenueDecimal);
export const texts = <K extends string>(names: readonly K[]): Optional<K> => optional(names, Text);
export const times = <K extends string>(names: readonly K[]): Optional<K> => optional(names, TimeText);
