import type { SimulatedMarket } from '../market/simulatedMarket.js';
import { bookTickerBroadcast, diffBroadcast, partialDepthBroadcast } from './depthBroadcasts.js';
import type { Broadcast } from '../broadcast.js';
import type { BinanceMarket, StreamName } from './streamName.js';
import { allTickersBroadcast, miniTickerBroadcast, tickerBroadcast } from './tickerBroadcasts.js';
import { aggregateTradeBroadcast, candleBroadcast, tradeBroadcast } from './tradeBroadcasts.js';

/** The broadcast behind a stream's name; `undefined` where there is no such symbol. */
export function broadcastOf(
  market: BinanceMarket,
  stream: string,
  name: StreamName,
  source: SimulatedMarket,
): Broadcast | undefined {
  const { every } = name;
  if (name.kind === 'allTickers' || name.kind === 'allMiniTickers') {
    const instruments = source.symbols.flatMap((symbol) => source.instrument(symbol) ?? []);
    return allTickersBroadcast({ market, stream, every, instruments, isMini: name.kind === 'allMiniTickers' });
  }
  const instrument = source.instrument(name.symbol);
  if (instrument === undefined) return undefined;
  const config = { market, stream, instrument, every };
  switch (name.kind) {
    case 'depth':
      return diffBroadcast(config);
    case 'partialDepth':
      return partialDepthBroadcast({ ...config, levels: name.levels });
    case 'bookTicker':
      return bookTickerBroadcast(config);
    case 'trade':
      return tradeBroadcast(config);
    case 'aggTrade':
      return aggregateTradeBroadcast(config);
    case 'kline':
      return candleBroadcast({ ...config, interval: name.interval });
    case 'ticker':
      return tickerBroadcast(config);
    case 'miniTicker':
      return miniTickerBroadcast(config);
  }
}
