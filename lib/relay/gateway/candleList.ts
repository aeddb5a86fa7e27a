import { type OperatorFunction, map, scan } from 'rxjs';
import type { Candle } from '../../model/candle.js';
import { type Trust, trusted } from '../../model/trust.js';
import type { ListedCandle } from '../wire/pastCandles.js';
import { candleWire } from '../wire/values.js';

/** The last `count` candles of a stream that tells each closed before the next one, as a state. */
export const candleList =
  (count: number): OperatorFunction<Candle, Trust<{ readonly value: readonly ListedCandle[] }, string>> =>
  (candle$) =>
    candle$.pipe(
      scan((list: readonly ListedCandle[], candle) => put(list, candle, count), []),
      map((value) => trusted({ value })),
    );

function put(list: readonly ListedCandle[], candle: Candle, count: number): readonly ListedCandle[] {
  const { openTime } = candle;
  const one: ListedCandle = [openTime, candleWire.write(candle)];
  // A correction is of one of the last two.
  const isThere = list.slice(-2).some(([time]) => time === openTime);
  return isThere ? list.map((old) => (old[0] === openTime ? one : old)) : [...list, one].slice(-count);
}
