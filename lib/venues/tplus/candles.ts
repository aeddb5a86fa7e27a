import * as t from 'io-ts';
import { FastType, tryDecodeOf } from '../../codec/fastType.js';
import { makeCandle } from '../../codec/makeCandle.js';
import { spanOf } from '../../book/candleSpan.js';
import { millisOfNanos } from '../../codec/integers.js';
import { reader } from '../../codec/read.js';
import { ReadFrame } from '../../codec/readFrame.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import { type Bar, Bars } from './frames.js';
import { topicOf } from './topics.js';

/** Every version of the client reads a list; the server's own document names one bar. Both are taken. */
const OneOrMore = new FastType<readonly Bar[], unknown>(
  'tplus.Bars',
  Bars.is,
  (u) => tryBars(listIn(u)),
  t.identity,
  (u, c) => Bars.validate(listIn(u), c),
);
const tryBars = tryDecodeOf(Bars);
const listIn = (u: unknown): unknown => (Array.isArray(u) || u instanceof ReadFrame ? u : [u]);

/**
 * The bars of a frame, in order. A bar replaces the one before with the same opening time; the width is the server's
 * setting, told by the bar alone. Nothing marks a bar's end: only one that a later bar follows in the same frame is
 * `closed`, else it is over when a bar with a later opening time comes.
 */
export const candlesChannel = (asset: string): ChannelSpec<readonly Candle[]> => ({
  topic: topicOf('candles', asset),
  decode: reader(OneOrMore, (bars, at) =>
    bars.map((bar, i) =>
      candleOf(
        bar,
        asset,
        bars.slice(i + 1).some((later) => isLater(later, bar)),
        at,
      ),
    ),
  ),
});

const isLater = (one: Bar, other: Bar): boolean => BigInt(one.open_timestamp_ns) > BigInt(other.open_timestamp_ns);

/** A bar as a candle. */
export function candleOf(bar: Bar, asset: string, closed: boolean, at: number): Candle {
  const { open, high, low, close, volume } = bar;
  const exact = { open, high, low, close, volume };
  const openTime = millisOfNanos(bar.open_timestamp_ns);
  const end = millisOfNanos(bar.close_timestamp_ns);
  const facts = {
    instrument: asset,
    interval: spanOf(end - openTime).name,
    openTime,
    // The venue's end is the next bar's beginning; ours is the last ms within.
    closeTime: Math.ceil(end) - 1,
    closed,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
