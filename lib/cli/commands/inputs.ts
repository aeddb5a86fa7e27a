import { EMPTY, catchError, interval, map, merge, of, type Observable, type SchedulerLike } from 'rxjs';
import { followSymbols } from '../../operators/followSymbols.js';
import type { ChannelName } from '../args/request.js';
import { errorText } from '../errorText.js';
import type { VenueFeed } from '../venues/venueFeed.js';
import type { WatchInput } from '../view/advance.js';
import type { WatchEvent } from '../view/watch.js';
import type { InputsOf } from './present.js';

/** How often the view may be drawn anew, in ms. */
export const DRAWN_EVERY = 100;

/** What is watched of each instrument. */
export interface Watched {
  readonly channel: ChannelName;
  readonly interval: string;
}

/**
 * Everything that a feed tells of some instruments, as events of a watch. A channel that errors is told as refused.
 *
 * @param messages$ Emits for each message to be counted.
 */
export const inputs =
  (feed: VenueFeed, watched: Watched, messages$: Observable<unknown>, scheduler: SchedulerLike): InputsOf =>
  (instruments$) => {
    const now = (): number => scheduler.now();
    const streamOf = (instrument: string): Observable<WatchEvent> =>
      channel(feed, instrument, watched, now).pipe(
        catchError((error: unknown) => of<WatchInput>({ type: 'refused', at: now(), why: errorText(error) })),
        map((input): WatchEvent => ({ ...input, instrument })),
      );
    return merge(
      // Faults and connection steps first: both are hot, and the first step comes with the first channel.
      feed.faults$.pipe(map((fault): WatchEvent => ({ type: 'fault', at: now(), fault }))),
      feed.connection$.pipe(map((connection): WatchEvent => ({ type: 'connection', at: now(), connection }))),
      instruments$.pipe(followSymbols({ streamOf })),
      // After the channels: the socket keeps a wire open, and takes the one that is there.
      messages$.pipe(map((): WatchEvent => ({ type: 'messages', at: now(), count: 1 }))),
      interval(DRAWN_EVERY, scheduler).pipe(map((): WatchEvent => ({ type: 'tick', at: now() }))),
    );
  };

function channel(feed: VenueFeed, instrument: string, watched: Watched, now: () => number): Observable<WatchInput> {
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
