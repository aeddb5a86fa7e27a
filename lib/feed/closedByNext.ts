import type { OperatorFunction } from 'rxjs';
import { type CandleBehind, behindWith, isAnew } from '../book/candlesAnew.js';
import type { Candle } from '../model/candle.js';
import type { FaultNotice } from '../model/fault.js';
import type { ChannelEvent } from '../socket/channelEvent.js';
import type { FoldContext } from './foldContext.js';
import { type Known, foldSession } from './foldSession.js';

/** The candle that came furthest, the one before it, and what was told behind them last. */
interface Newest {
  readonly newest: Candle | undefined;
  readonly before?: Candle | undefined;
  readonly behind?: CandleBehind | undefined;
}

/**
 * Candles of a venue that does not say when one is over: it is when one of a later beginning comes. Then the one before it
 * is emitted once more, closed. A correction of an older one is closed, too.
 *
 *     channel       -a---a'--b---l--c    a, b, c begin one after the other; l lost
 *     closedByNext  -a---a'--Ab--0--c    A is a' closed; b may have gone on unheard, and is never closed
 *
 * One behind the newest that goes on being told is the present one: the clock of the venue was set back. That is reported, and all
 * begins anew with it.
 *
 * @param context What the fold is given; without, nothing is reported.
 * @returns A fold for `foldedChannel`. Of a message of several, in the order of their beginnings, all but the last are closed.
 */
export const closedByNext = (
  context?: Pick<FoldContext, 'channel' | 'report'>,
): OperatorFunction<ChannelEvent<readonly Candle[]>, Candle | undefined> =>
  foldSession<readonly Candle[], Newest, Candle>({
    begin: () => ({ newest: undefined }),
    message: (known, candles) => advance(known, candles, context),
  });

function advance(
  known: Newest,
  candles: readonly Candle[],
  context: Pick<FoldContext, 'channel' | 'report'> | undefined,
): Known<Newest, Candle> {
  let { newest, before, behind } = known;
  const emitted: Candle[] = [];
  for (const candle of candles) {
    if (newest === undefined || candle.openTime >= newest.openTime) {
      if (newest !== undefined && newest.openTime < candle.openTime) {
        before = newest;
        emitted.push({ ...newest, closed: true });
      }
      [newest, behind] = [candle, undefined];
      continue;
    }
    const { openTime } = candle;
    behind = openTime === before?.openTime ? undefined : behindWith(behind, candle);
    if (behind !== undefined && isAnew(behind)) {
      context?.report(gapOf(context.channel, newest.openTime, openTime));
      [newest, before, behind] = [candle, undefined, undefined];
      // One between the newest and the one before it was never closed: there is nothing to correct.
    } else if (before === undefined || openTime <= before.openTime) emitted.push({ ...candle, closed: true });
  }
  if (newest !== undefined && newest !== known.newest) emitted.push(newest);
  return { known: { newest, before, behind }, emitted };
}

function gapOf(channel: string, expected: number, received: number): FaultNotice {
  const message = `${channel}: candles from ${expected} on are wanted, and the stream begins anew from ${received} on`;
  return { type: 'gap', channel, reason: 'gap', expected, received, message };
}
