import { makeCandle } from '../../../codec/makeCandle.js';
import { reader } from '../../../codec/read.js';
import type { Candle } from '../../../model/candle.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { checkInterval, type KrakenInterval, lengthOf } from '../intervals.js';
import { channelOf } from '../topics.js';
import { CandleFrame, type CandleRow } from './frames.js';

/** The present candle; it is the last of those that a subscription begins with. */
export function candlesChannel(symbol: string, interval: KrakenInterval): ChannelSpec<readonly Candle[]> {
  checkInterval(interval);
  const read = reader(CandleFrame, ({ type, data, timestamp }, at) =>
    (type === 'snapshot' ? data.slice(-1) : data).map((row) => candleOf(interval, row, timestamp, at)),
  );
  return channelOf(`ohlc-${interval}`, { channel: 'ohlc', symbol, params: { interval: Number(interval) } }, read);
}

function candleOf(interval: KrakenInterval, row: CandleRow, venueTime: number | undefined, at: number): Candle {
  const { symbol, open, high, low, close, volume, trades, interval_begin: openTime } = row;
  const exact = { open, high, low, close, volume };
  const facts = {
    instrument: symbol,
    interval,
    openTime,
    closeTime: openTime + lengthOf(interval) - 1,
    trades,
    closed: false,
    venueTime,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
