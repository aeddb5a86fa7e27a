import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { CandleFrame } from './frames.js';
import { channelOf, instrumentOf } from './topics.js';

/** Every resolution the venue has candles of: minutes, and a day. */
export const deribitResolutions = ['1', '3', '5', '10', '15', '30', '60', '120', '180', '360', '720', '1D'] as const;
/** The venue's own name of a resolution: `5` is five minutes. */
export type DeribitResolution = (typeof deribitResolutions)[number];

const MINUTE = 60_000;
/** In ms. */
export const lengthOf = (resolution: DeribitResolution): number =>
  resolution === '1D' ? 1_440 * MINUTE : Number(resolution) * MINUTE;

/** The candle of the present interval as it grows. The venue does not say when it is over. */
export function candlesChannel(name: string, resolution: DeribitResolution): ChannelSpec<readonly Candle[]> {
  const instrument = instrumentOf(name);
  // Callers without types are told, too.
  checkOneOf('resolution', deribitResolutions, resolution);
  const read = reader(CandleFrame, ({ tick, open, high, low, close, volume }, at): readonly Candle[] => {
    const exact = { open, high, low, close, volume };
    const closeTime = tick + lengthOf(resolution) - 1;
    const facts = { instrument, interval: resolution, openTime: tick, closeTime, closed: false, receivedTime: at };
    return [makeCandle(facts, exact)];
  });
  return channelOf(`chart.trades.${instrument}.${resolution}`, read);
}
