import type { TypeOf } from 'io-ts';
import { checkOneOf } from '../../errors/checks.js';
import type { Candle } from '../../model/candle.js';
import type { ChannelSpec } from '../../socket/channel.js';
import type { BinanceMarket } from './endpoint.js';
import { KlineEvent } from './frames.js';
import { makeCandle } from '../../codec/makeCandle.js';
import { channelOf } from './topics.js';

/** How long a candle takes. `1s` is offered by spot only. */
export type BinanceInterval =
  '1s' | `${1 | 3 | 5 | 15 | 30}m` | `${1 | 2 | 4 | 6 | 8 | 12}h` | `${1 | 3}d` | '1w' | '1M';
const INTERVALS = [
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '3d',
  '1w',
  '1M',
] as const satisfies readonly BinanceInterval[];

/** Those of each market, in the venue's own words. */
export const binanceIntervals: Readonly<Record<BinanceMarket, readonly BinanceInterval[]>> = {
  spot: ['1s', ...INTERVALS],
  usdm: INTERVALS,
  coinm: INTERVALS,
};

/** The candle of the present interval as it grows, closed once at the interval's end. */
export function candlesChannel(market: BinanceMarket, symbol: string, interval: BinanceInterval): ChannelSpec<Candle> {
  // Callers without types are told, too: a stream of any other name is acknowledged and stays silent.
  checkOneOf('interval', binanceIntervals[market], interval);
  return (market === 'coinm' ? coinKlines : klines)(market, symbol, interval);
}

const klines = channelOf('market', 'kline_', KlineEvent, (event, at) => candleOf(event, event.k.v, at));
const coinKlines = channelOf('market', 'kline_', KlineEvent, (event, at) => candleOf(event, event.k.q, at));

function candleOf({ E, s, k }: TypeOf<typeof KlineEvent>, volume: string, at: number): Candle {
  const exact = { open: k.o, high: k.h, low: k.l, close: k.c, volume };
  const facts = {
    instrument: s,
    interval: k.i,
    openTime: k.t,
    closeTime: k.T,
    trades: k.n,
    closed: k.x,
    venueTime: E,
    receivedTime: at,
  };
  return makeCandle(facts, exact);
}
