import { EMPTY, interval, map, merge, type Observable, type SchedulerLike } from 'rxjs';
import type { ChannelName } from '../args/request.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import type { WatchInput } from '../view/advance.js';

/** How often the view may be drawn anew, in ms. */
export const DRAWN_EVERY = 100;

export interface Watched {
  readonly instrument: string;
  readonly channel: ChannelName;
  readonly interval: string;
}

/**
 * Everything that a feed tells of one instrument, as inputs of the view. Errors when a channel does.
 *
 * @param messages$ Emits for each message to be counted.
 */
export function inputs(
  feed: VenueFeed,
  watched: Watched,
  messages$: Observable<unknown>,
  scheduler: SchedulerLike,
): Observable<WatchInput> {
  const now = (): number => scheduler.now();
  return merge(
    // Faults and connection steps first: both are hot, and the first step comes with the first channel.
    feed.faults$.pipe(map((fault): WatchInput => ({ type: 'fault', at: now(), fault }))),
    feed.connection$.pipe(map((connection): WatchInput => ({ type: 'connection', at: now(), connection }))),
    channel(feed, watched, now),
    // After the channel: the socket keeps a wire open, and takes the one that is there.
    messages$.pipe(map((): WatchInput => ({ type: 'messages', at: now(), count: 1 }))),
    interval(DRAWN_EVERY, scheduler).pipe(map((): WatchInput => ({ type: 'tick', at: now() }))),
  );
}

function channel(feed: VenueFeed, watched: Watched, now: () => number): Observable<WatchInput> {
  const { instrument } = watched;
  const trades = feed.trades(instrument).pipe(map((trade): WatchInput => ({ type: 'trade', at: now(), trade })));
  switch (watched.channel) {
    case 'book':
      return merge(feed.book(instrument).pipe(map((book): WatchInput => ({ type: 'book', at: now(), book }))), trades);
    case 'trades':
      return trades;
    case 'quotes':
      return feed.quotes(instrument).pipe(map((quote): WatchInput => ({ type: 'quote', at: now(), quote })));
    case 'candles':
      return feed
        .candles(instrument, watched.interval)
        .pipe(map((candle): WatchInput => ({ type: 'candle', at: now(), candle })));
    case 'ticker':
      return feed.ticker(instrument).pipe(map((ticker): WatchInput => ({ type: 'ticker', at: now(), ticker })));
    case 'account':
    case 'board':
    case 'orders':
    case 'fills':
    case 'balances':
      return (feed.table?.(instrument, watched.channel) ?? EMPTY).pipe(
        map((table): WatchInput => ({ type: 'table', at: now(), table })),
      );
  }
}
