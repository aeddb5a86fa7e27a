import type { ExchangeOptions } from '../../feed/exchange.js';
import type { FeedOptions } from './venueFeed.js';

/** What every exchange takes. All else is the command line's, for its venue to put into the exchange's own words. */
export function commonOptions({
  market,
  instrument,
  streams,
  tradeStreams,
  answers,
  url,
  restUrl,
  ...common
}: FeedOptions): ExchangeOptions {
  return common;
}
