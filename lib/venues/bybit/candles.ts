import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BybitCategory } from './endpoint.js';
import { CandleFrame, type CandleRow } from './frames.js';
import { channelOf } from './topics.js';
import { volumesOf } from './volumes.js';

/** Every interval the venue has candles of: minutes, a day, a week, a month. */
export const bybitIntervals = ['1', '3', '5', '15', '30', '60', '120', '240', '360', '720', 'D', 'W', 'M'] as const;
/** The venue's own name of an interval: `5` is five minutes. */
export type BybitInterval = (typeof bybitIntervals)[number];

/** The candle of the present interval as it grows, closed at its end. */
export function candlesChannel(
  category: BybitCategory,
  symbol: string,
  interval: BybitInterval,
): ChannelSpec<readonly Candle[]> {
  // Callers without types are told, too.
  checkOneOf('interval', bybitIntervals, interval);
  const read = reader(CandleFrame, ({ data }, at) => data.map((row) => candleOf(category, symbol, row, at)));
  return channelOf(`kline.${interval}.${symbol}`, read);
}

function candleOf(category: BybitCategory, instrument: string, row: CandleRow, at: number): Candle {
  const { start, end, interval, open, high, low, close, volume, turnover, confirm, timestamp } = row;
  const exact = { open, high, low, close, volume: volumesOf(category, volume, turnover).volume };
  const facts = {
    instrument,
    interval,
    openTime: start,
    closeTime: end,
    closed: confirm,
    venueTime: timestamp,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
