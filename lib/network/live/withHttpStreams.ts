import { type SchedulerLike, asyncScheduler } from 'rxjs';
import type { Network } from '../network.js';
import type { Fetch } from './fetchRequest.js';
import { httpStream } from './httpStream.js';

export interface HttpStreamsOptions {
  /** Default: the platform's own. */
  readonly fetch?: Fetch;
  /** The longest line taken, in characters. Default: 67,108,864 (64 Mi). */
  readonly maxFrame?: number;
  /** How long the head of an answer may take, in ms. Default: 10,000. */
  readonly openWithin?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

/**
 * The same network with wires to `http://` and `https://` addresses: the lines in the body of one GET. For venues that
 * stream that way; apart from `liveNetwork`, so that only who needs it carries it. In Node `wsNetwork` has them by itself.
 */
export function withHttpStreams(network: Network, options: HttpStreamsOptions = {}): Network {
  const { maxFrame = 2 ** 26, openWithin = 10_000, scheduler = asyncScheduler } = options;
  const fetchOf: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  return {
    ...network,
    open: (endpoint) =>
      /^https?:/.test(endpoint.url)
        ? httpStream(endpoint, { fetch: fetchOf, maxFrame, openWithin, scheduler })
        : network.open(endpoint),
  };
}
