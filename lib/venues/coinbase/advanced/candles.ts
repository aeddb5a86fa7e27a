import { makeCandle } from '../../../codec/makeCandle.js';
import { sparingReader } from '../../../codec/sparing.js';
import { leftOutOf } from '../../../feed/leftOut.js';
import type { Report } from '../../../model/fault.js';
import { timeIfAny } from '../../../codec/isoTime.js';
import type { Candle } from '../../../model/candle.js';
import type { ChannelSpec } from '../../../socket/channel.js';
import { channelOf } from '../topics.js';
import { type CandleRow, CandlesEvent } from './frames.js';

const FIVE_MINUTES = 300_000;

/** The candles of a message, the older ones first; of those that a subscription begins with the present one. */
export const candlesChannel = (product: string, report: Report): ChannelSpec<readonly Candle[]> =>
  channelOf(
    'market',
    'candles',
    product,
    sparingReader(
      CandlesEvent,
      ['timestamp'],
      leftOutOf(`candles:${product}`, report),
      ({ type, candles, timestamp }, at) =>
        candles
          .map((row) => candleOf(row, timeIfAny(timestamp), at))
          .sort((a, b) => a.openTime - b.openTime)
          .slice(type === 'snapshot' ? -1 : 0),
    ),
  );

function candleOf(row: CandleRow, venueTime: number | undefined, at: number): Candle {
  const { product_id, start: openTime, open, high, low, close, volume } = row;
  const exact = { open, high, low, close, volume };
  const facts = {
    instrument: product_id,
    interval: '5m',
    openTime,
    closeTime: openTime + FIVE_MINUTES - 1,
    closed: false,
    venueTime,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
