import * as t from 'io-ts';
import { Levels } from '../../../codec/levels.js';
import type { PriceLevel } from '../../../model/priceLevel.js';

const SECONDS = /^\d{1,12}(\.\d{1,9})?$/;

/** By way of µs, which is what the venue tells: a double of seconds is not exact. */
const millisOf = (seconds: string): number => Math.round(Number(seconds) * 1e6) / 1_000;

/** A time in seconds since 1970, as a text with decimals (`"1618678134.490367"`), to ms with a fraction. */
export const SecondsText = new t.Type<number, string>(
  'SecondsText',
  t.number.is,
  (u, c) => (typeof u === 'string' && SECONDS.test(u) ? t.success(millisOf(u)) : t.failure(u, c)),
  (ms) => String(ms / 1_000),
);

/** A checksum: an unsigned number of 32 bits, as a text. */
export const Checksum = new t.Type<number, string>(
  'Checksum',
  t.number.is,
  (u, c) => (typeof u === 'string' && /^\d{1,10}$/.test(u) ? t.success(Number(u)) : t.failure(u, c)),
  String,
);

/** Levels, and when the newest of them changed, in ms. */
export interface TimedLevels {
  readonly levels: readonly PriceLevel[];
  readonly time: number;
}

/** `[price, volume, time]`, and `"r"` behind it where the level is told again: what it says is the same. */
export const TimedLevels = new t.Type<TimedLevels, unknown>(
  'Levels',
  (u): u is TimedLevels => typeof u === 'object' && u !== null && 'levels' in u,
  (u, c) => {
    const levels = Levels.validate(u, c);
    return levels._tag === 'Left' ? levels : t.success({ levels: levels.right, time: newestOf(u) });
  },
  ({ levels }) => Levels.encode(levels),
);

function newestOf(rows: unknown): number {
  let newest = 0;
  for (const row of rows as readonly (readonly unknown[])[]) {
    // What is no time costs itself only.
    const text = row[2];
    const time = typeof text === 'string' && SECONDS.test(text) ? millisOf(text) : 0;
    if (time > newest) newest = time;
  }
  return newest;
}
