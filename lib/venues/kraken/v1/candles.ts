import { makeCandle } from '../../../codec/makeCandle.js';
import { reader } from '../../../codec/read.js';
import type { Candle } from '../../../model/candle.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { checkInterval, type KrakenInterval, lengthOf } from '../intervals.js';
import { channelOf } from '../topics.js';
import { CandleFrame } from './frames.js';

/** The present candle, with each trade. */
export function candlesChannel(symbol: string, interval: KrakenInterval): ChannelSpec<readonly Candle[]> {
  checkInterval(interval);
  const read = reader(CandleFrame, ({ candle }, at) => [candleOf(symbol, interval, candle, at)]);
  return channelOf(`ohlc-${interval}`, { channel: 'ohlc', symbol, params: { interval: Number(interval) } }, read);
}

function candleOf(instrument: string, interval: KrakenInterval, row: CandleFrame['candle'], at: number): Candle {
  const { time, etime, open, high, low, close, volume, count } = row;
  const exact = { open, high, low, close, volume };
  const facts = {
    instrument,
    interval,
    openTime: etime - lengthOf(interval),
    closeTime: etime - 1,
    trades: count,
    closed: false,
    venueTime: time,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
