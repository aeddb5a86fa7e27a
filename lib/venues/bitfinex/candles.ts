import { monthFrom } from '../../book/candleSpan.js';
import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { sparingReader } from '../../codec/sparing.js';
import { leftOutOf } from '../../feed/leftOut.js';
import type { Report } from '../../model/fault.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { CandleFrame, type CandleRow, CandlesFrame } from './frames.js';
import { byKind } from './frameData.js';
import { channelOf } from './topics.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Lengths in ms; a month has none. */
const lengths = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '3h': 3 * HOUR,
  '6h': 6 * HOUR,
  '12h': 12 * HOUR,
  '1D': DAY,
  '1W': 7 * DAY,
  '14D': 14 * DAY,
  '1M': undefined,
} as const;

/** The venue's own name of an interval. */
export type BitfinexInterval = keyof typeof lengths;
/** Every interval the venue has candles of. */
export const bitfinexIntervals = Object.keys(lengths) as readonly BitfinexInterval[];

/** The last candles, and then the present one as it grows. The venue does not say when it is over. */
export function candlesChannel(
  instrument: string,
  interval: BitfinexInterval,
  report: Report,
): ChannelSpec<readonly Candle[]> {
  // Callers without types are told, too.
  checkOneOf('interval', bitfinexIntervals, interval);
  const key = `trade:${interval}:${instrument}`;
  const unread = leftOutOf(`candles:${key}`, report);
  const snapshot = sparingReader(CandlesFrame, ['data.*'], unread, ({ data }, at): readonly Candle[] =>
    data.map((row) => candleOf(instrument, interval, row, at)).sort((a, b) => a.openTime - b.openTime),
  );
  const update = reader(CandleFrame, ({ data }, at): readonly Candle[] => [candleOf(instrument, interval, data, at)]);
  return channelOf({ channel: 'candles', key }, byKind({ snapshot, update }, []));
}

/** A row as a candle. */
export function candleOf(instrument: string, interval: BitfinexInterval, row: CandleRow, at: number): Candle {
  const { time, open, close, high, low, volume } = row;
  const exact = { open, high, low, close, volume };
  const closeTime = time + (lengths[interval] ?? monthFrom(time)) - 1;
  return makeCandle({ instrument, interval, openTime: time, closeTime, closed: false, receivedTime: at }, exact);
}
