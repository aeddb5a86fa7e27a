import { makeCandle } from '../../codec/makeCandle.js';
import { reader } from '../../codec/read.js';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { CandleFrame } from './frames.js';
import { channelOf, coinOf } from './topics.js';

/** Every interval the venue has candles of. */
export const hyperliquidIntervals = [
  ...(['1m', '3m', '5m', '15m', '30m', '1h', '2h', '4h', '8h', '12h', '1d', '3d', '1w', '1M'] as const),
] as const;
/** The venue's own name of an interval. */
export type HyperliquidInterval = (typeof hyperliquidIntervals)[number];

/** The candle of the present interval as it grows. The venue does not say when it is over. */
export function candlesChannel(coin: string, interval: HyperliquidInterval): ChannelSpec<readonly Candle[]> {
  // Callers without types are told, too.
  checkOneOf('interval', hyperliquidIntervals, interval);
  const read = reader(CandleFrame, (frame, at): readonly Candle[] => [candleOf(frame, at)]);
  return channelOf({ type: 'candle', coin: coinOf(coin), interval }, read);
}

/** The same in an answer. */
export function candleOf({ t, T, s, i, o, h, l, c, v, n }: CandleFrame, at: number): Candle {
  const exact = { open: o, high: h, low: l, close: c, volume: v };
  const facts = { instrument: s, interval: i, openTime: t, closeTime: T, trades: n, closed: false, receivedTime: at };
  return makeCandle(facts, exact);
}
