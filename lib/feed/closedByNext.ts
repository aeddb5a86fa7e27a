import type { OperatorFunction } from 'rxjs';
import type { Candle } from '../model/candle.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import { type Known, foldSession } from './foldSession.js';

/**
 * Candles of a venue that does not say when one is over: it is when one of a later beginning comes. Then the one before it
 * is emitted once more, closed. A correction of an older one is closed, too.
 *
 *     channel       -a---a'--b---l--c    a, b, c begin one after the other; l lost
 *     closedByNext  -a---a'--Ab--0--c    A is a' closed; b may have gone on unheard, and is never closed
 *
 * @returns A fold for `foldedChannel`. Of a message of several, in the order of their beginnings, all but the last are closed.
 */
export const closedByNext = (): OperatorFunction<ChannelEvent<readonly Candle[]>, Candle | undefined> =>
  foldSession<readonly Candle[], Candle | undefined, Candle>({ begin: () => undefined, message: emittedOf });

/** @param newest The candle that came furthest. */
function emittedOf(newest: Candle | undefined, candles: readonly Candle[]): Known<Candle | undefined, Candle> {
  let last = newest;
  const emitted: Candle[] = [];
  for (const candle of candles) {
    if (last !== undefined && candle.openTime < last.openTime) emitted.push({ ...candle, closed: true });
    else {
      if (last !== undefined && last.openTime < candle.openTime) emitted.push({ ...last, closed: true });
      last = candle;
    }
  }
  return { known: last, emitted: last === undefined || last === newest ? emitted : [...emitted, last] };
}
