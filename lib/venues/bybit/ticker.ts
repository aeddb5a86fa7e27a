import type { OperatorFunction } from 'rxjs';
import { numbersOf } from '../../codec/numbersOf.js';
import { reader } from '../../codec/read.js';
import { foldSession } from '../../feed/foldSession.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import type { BybitCategory } from './endpoint.js';
import { TickerFrame } from './frames.js';
import { channelOf } from './topics.js';
import { volumesOf } from './volumes.js';

type Row = TickerFrame['data'];
/** A frame, and when it came. */
interface Told {
  readonly frame: TickerFrame;
  readonly at: number;
}

export const tickerChannel = (symbol: string): ChannelSpec<Told> =>
  channelOf(
    `tickers.${symbol}`,
    reader(TickerFrame, (frame, at) => ({ frame, at })),
  );

/** Statistics as they stand: a snapshot, and after it the fields that changed. None before one, and none after a loss. */
export const foldTicker = (category: BybitCategory): OperatorFunction<ChannelEvent<Told>, Ticker | undefined> =>
  foldSession({
    begin: (): Row | undefined => undefined,
    message: (before, told) => {
      const { type, data } = told.frame;
      const row = type === 'snapshot' ? data : before && { ...before, ...data };
      return { known: row, emitted: row === undefined ? [] : [tickerOf(category, row, told)] };
    },
  });

function tickerOf(category: BybitCategory, row: Row, { frame: { ts }, at }: Told): Ticker | undefined {
  const {
    symbol,
    prevPrice24h: open,
    highPrice24h: high,
    lowPrice24h: low,
    lastPrice: last,
    volume24h,
    turnover24h,
  } = row;
  if (open === undefined || high === undefined || low === undefined || last === undefined) return undefined;
  if (volume24h === undefined || turnover24h === undefined) return undefined;
  const exact = { open, high, low, last, ...volumesOf(category, volume24h, turnover24h) };
  return { instrument: symbol, ...numbersOf(exact), exact, venueTime: ts, receivedTime: at };
}
