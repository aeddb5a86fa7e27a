import type { SimulatedInstrument } from '../market/simulatedInstrument.js';
import { bookTickerFeed, diffFeed, partialDepthFeed } from './depthFeeds.js';
import type { Feed } from '../feed.js';
import type { BinanceMarket, StreamName } from './streamName.js';
import { miniTickerFeed, tickerFeed } from './tickerFeeds.js';
import { aggregateTradeFeed, candleFeed, tradeFeed } from './tradeFeeds.js';

/** The feed behind a stream's name. */
export function feedOf(market: BinanceMarket, stream: string, name: StreamName, instrument: SimulatedInstrument): Feed {
  const config = { market, stream, instrument, every: name.every };
  switch (name.kind) {
    case 'depth':
      return diffFeed(config);
    case 'partialDepth':
      return partialDepthFeed({ ...config, levels: name.levels });
    case 'bookTicker':
      return bookTickerFeed(config);
    case 'trade':
      return tradeFeed(config);
    case 'aggTrade':
      return aggregateTradeFeed(config);
    case 'kline':
      return candleFeed({ ...config, interval: name.interval });
    case 'ticker':
      return tickerFeed(config);
    case 'miniTicker':
      return miniTickerFeed(config);
  }
}
