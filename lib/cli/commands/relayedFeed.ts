import type { Observable } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import type { BookState } from '../../model/bookState.js';
import type { Candle } from '../../model/candle.js';
import type { Quote } from '../../model/quote.js';
import type { Ticker } from '../../model/ticker.js';
import type { Trade } from '../../model/trade.js';
import { wsNetwork } from '../../node/wsNetwork.js';
import { relayed } from '../../relay/index.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import { busOver, tokenOf } from './buses.js';
import { busName } from './relay.js';

/** Any venue, as far as it is relayed. */
interface AnyVenue extends Exchange {
  book(instrument: string): Observable<BookState>;
  trades(instrument: string): Observable<Trade>;
  quotes(instrument: string): Observable<Quote>;
  candles(instrument: string, interval: string): Observable<Candle>;
  ticker(instrument: string): Observable<Ticker>;
}

/** The streams of a venue that a gateway relays, over NATS or by its WebSocket. */
export async function relayedFeed(url: string, venue: string, market: string): Promise<VenueFeed> {
  const name = busName(venue, market);
  if (!url.startsWith('ws')) return relayed<AnyVenue>({ venue: name, bus: await busOver(url.split(',')) });
  const token = tokenOf(process.env);
  const address = token === undefined ? url : `${url}/?token=${encodeURIComponent(token)}`;
  return relayed<AnyVenue>({ venue: name, url: address, network: wsNetwork() });
}
