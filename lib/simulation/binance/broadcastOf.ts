import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { bookTickerBroadcast, diffBroadcast, partialDepthBroadcast } from './depthBroadcasts.js';
import type { Broadcast } from '../broadcast.js';
import type { BinanceMarket, StreamName } from './streamName.js';
import { miniTickerBroadcast, tickerBroadcast } from './tickerBroadcasts.js';
import { aggregateTradeBroadcast, candleBroadcast, tradeBroadcast } from './tradeBroadcasts.js';

/** The broadcast behind a stream's name. */
export function broadcastOf(
  market: BinanceMarket,
  stream: string,
  name: StreamName,
  instrument: SimulatedInstrument,
): Broadcast {
  const config = { market, stream, instrument, every: name.every };
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
