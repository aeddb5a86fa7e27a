import type { OperatorFunction } from 'rxjs';
import { numbersOf } from '../../codec/numbersOf.js';
import { sparingReader } from '../../codec/sparing.js';
import { foldSession } from '../../feed/foldSession.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import type { Ticker } from '../../model/ticker.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { ChannelEvent } from '../../socket/channelEvent.js';
import type { BybitCategory } from './endpoint.js';
import { TickerFrame } from './frames.js';
import { channelOf } from './topics.js';
import { volumesOf } from './volumes.js';

type Row = TickerFrame['data'];
/** A frame, and when it came. */
interface Figures {
  readonly frame: TickerFrame;
  readonly at: number;
}

export function tickerChannel(symbol: string, report: Report): ChannelSpec<Figures> {
  const topic = `tickers.${symbol}`;
  return channelOf(
    topic,
    sparingReader(TickerFrame, [], leftOutOf(topic, report), (frame, at) => ({ frame, at })),
  );
}

/**
 * Statistics as they stand: a snapshot, and after it the fields that changed. None while any of them is unknown: before it
 * was told, after a loss, and after a frame or a figure that could not be read, until it is told again.
 */
export const foldTicker = (category: BybitCategory): OperatorFunction<ChannelEvent<Figures>, Ticker | undefined> =>
  foldSession({
    begin: (): Partial<Row> => ({}),
    message: (before, figures) => {
      const { type, data } = figures.frame;
      const row = type === 'snapshot' ? data : { ...before, ...data };
      return { known: row, emitted: [tickerOf(category, row, figures)] };
    },
    missed: 'discard',
  });

function tickerOf(
  category: BybitCategory,
  row: Partial<Row> & Pick<Row, 'symbol'>,
  { frame: { ts }, at }: Figures,
): Ticker | undefined {
  const {
    symbol,
    prevPrice24h: open,
    highPrice24h: high,
    lowPrice24h: low,
    lastPrice: last,
    volume24h,
    turnover24h,
  } = row;
  if (!isPresent(open) || !isPresent(high) || !isPresent(low) || !isPresent(last)) return undefined;
  if (!isPresent(volume24h) || !isPresent(turnover24h)) return undefined;
  const exact = { open, high, low, last, ...volumesOf(category, volume24h, turnover24h) };
  return { instrument: symbol, ...numbersOf(exact), exact, venueTime: ts, receivedTime: at };
}

const isPresent = (figure: string | null | undefined): figure is string => figure !== undefined && figure !== null;
