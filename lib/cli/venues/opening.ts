import { EMPTY, NEVER } from 'rxjs';
import type { Exchange } from '../../feed/exchange.js';
import { type RelayedOptions, type OwnStreams, relayed } from '../../relay/index.js';
import { type ChannelName, isTable } from '../args/request.js';
import type { FeedOptions, VenueFeed } from './venueFeed.js';

/** What not every venue streams: where one does not, it is left out, and nothing is shown. */
type Optional = 'quotes' | 'candles' | 'ticker';
/** What is shown of an exchange. */
export type ShownFeed = Omit<VenueFeed, Optional> & Partial<Pick<VenueFeed, Optional>>;

/** How an exchange is had, and what of it is shown: the same wherever it is, here or in another process. */
export interface OpeningConfig<E extends Exchange> {
  readonly connect: (options: FeedOptions) => E;
  /** Shows it by streams that are relayed, and asks for them when it is called. */
  readonly show: (exchange: E, options: FeedOptions) => ShownFeed;
  /** The venue's own streams, where some of them are shown. */
  readonly streams?: OwnStreams;
}

/** Calls of an exchange's streams by method, each a list of arguments. */
export type Calls = Readonly<Record<string, readonly (readonly unknown[])[]>>;

/** A channel as it is asked for. */
export interface RequestedChannel {
  readonly channel: ChannelName;
  readonly instrument: string;
  readonly interval: string;
}

/** One venue's exchange, opened in each of the ways that commands have. */
export interface Opening {
  /** The exchange, as far as the command line shows it. */
  open(options: FeedOptions): VenueFeed;
  /** The exchange itself, for a gateway. */
  connect(options: FeedOptions): Exchange;
  /** Which streams a gateway offers, so that all of these channels can be shown elsewhere. */
  calls(options: FeedOptions, requested: readonly RequestedChannel[]): Calls;
  /** What is shown of an exchange that another process holds. */
  relayed(options: FeedOptions, by: Omit<RelayedOptions, 'streams'>): VenueFeed;
  readonly streams: OwnStreams;
}

export const opening = <E extends Exchange>({ connect, show, streams = {} }: OpeningConfig<E>): Opening => {
  const whole = (exchange: E, options: FeedOptions): VenueFeed => ({ ...nothing, ...show(exchange, options) });
  return openings(connect, whole, streams);
};

const nothing: Pick<VenueFeed, Optional> = { quotes: () => EMPTY, candles: () => EMPTY, ticker: () => EMPTY };

const openings = <E extends Exchange>(
  connect: OpeningConfig<E>['connect'],
  show: (exchange: E, options: FeedOptions) => VenueFeed,
  streams: OwnStreams,
): Opening => ({
  streams,
  connect,
  open: (options) => show(connect(options), options),
  calls: (options, requested) => {
    const calls = new Map<string, Map<string, readonly unknown[]>>();
    const heard = (method: string, args: readonly unknown[]): void => {
      const known = calls.get(method) ?? new Map<string, readonly unknown[]>();
      calls.set(method, known.set(JSON.stringify(args), args));
    };
    // An exchange that only notes what is asked of it.
    const feed = show(standIn(heard, streams) as E, options);
    for (const one of requested) ask(feed, one);
    return Object.fromEntries([...calls].map(([method, each]) => [method, [...each.values()]]));
  },
  relayed: (options, by) => {
    // What is shown asks for nothing that is not relayed: `calls` says so, too.
    const far: Exchange = relayed<Exchange, OwnStreams>({ ...by, streams });
    return show(far as E, options);
  },
});

/** The streams that are relayed of every exchange, where it has them. */
const COMMON = ['book', 'trades', 'aggregateTrades', 'quotes', 'candles', 'ticker'];

function standIn(heard: (method: string, args: readonly unknown[]) => void, { market, account }: OwnStreams): object {
  const methods = [...COMMON, ...Object.keys(market ?? {}), ...Object.keys(account ?? {})];
  const noting =
    (method: string) =>
    (...args: readonly unknown[]) => {
      heard(method, args);
      return NEVER;
    };
  return Object.fromEntries(methods.map((method) => [method, noting(method)]));
}

function ask(feed: VenueFeed, { channel, instrument, interval }: RequestedChannel): void {
  if (isTable(channel)) {
    feed.table?.(instrument, channel);
    return;
  }
  if (channel === 'candles') feed.candles(instrument, interval);
  else feed[channel](instrument);
  // A program asks for what the library calls so.
  if (channel === 'trades') feed.plainTrades?.(instrument);
}
