import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { CandleFrame } from './frames.js';
import { channelOf } from './topics.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Lengths in ms, by the venue's own names. */
export const lengths = {
  '1min': MINUTE,
  '3min': 3 * MINUTE,
  '5min': 5 * MINUTE,
  '15min': 15 * MINUTE,
  '30min': 30 * MINUTE,
  '1hour': HOUR,
  '2hour': 2 * HOUR,
  '4hour': 4 * HOUR,
  '6hour': 6 * HOUR,
  '8hour': 8 * HOUR,
  '12hour': 12 * HOUR,
  '1day': 24 * HOUR,
  '1week': 168 * HOUR,
} as const;

/** The venue's own name of an interval: `5min`. */
export type KucoinInterval = keyof typeof lengths;
/** Every interval the venue has candles of. */
export const kucoinIntervals = Object.keys(lengths) as readonly KucoinInterval[];

/** The candle of the present interval as it grows. The venue does not say when it is over. */
export function candlesChannel(instrument: string, interval: KucoinInterval): ChannelSpec<readonly Candle[]> {
  // Callers without types are told, too.
  checkOneOf('interval', kucoinIntervals, interval);
  const read = reader(CandleFrame, ({ data }, at): readonly Candle[] => {
    const { start, open, close, high, low, volume } = data.candles;
    const exact = { open, high, low, close, volume };
    const openTime = 1_000 * Number(start);
    const closeTime = openTime + lengths[interval] - 1;
    return [makeCandle({ instrument, interval, openTime, closeTime, closed: false, receivedTime: at }, exact)];
  });
  return channelOf('/market/candles', `${instrument}_${interval}`, read);
}
