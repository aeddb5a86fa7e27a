import { type Observable, type SchedulerLike, asyncScheduler, throwError } from 'rxjs';
import { PlatformError } from '../errors/platformError.js';
import { type Fetch, fetchRequest } from './live/fetchRequest.js';
import { type NativeSocketConstructor, nativeSocket } from './live/nativeSocket.js';
import { pageWake } from './live/pageWake.js';
import { wireFrom } from './live/wireFrom.js';
import type { Network } from './network.js';

/** Bounds of a live network. */
export interface LiveLimits {
  /**
   * The longest frame taken. A longer one ends the wire with a `WireLostError` that names this limit, code 1009. In
   * characters, with `wsNetwork` in bytes. Default: 67,108,864 (64 Mi); a venue's biggest book is some MiB.
   */
  readonly maxFrame?: number;
  /** How long opening a wire may take, in ms. Default: 10,000. */
  readonly openWithin?: number;
  /** How long the whole answer to a request may take, in ms. Default: 30,000. */
  readonly answerWithin?: number;
  /** All time comes from here. Default: `asyncScheduler`. */
  readonly scheduler?: SchedulerLike;
}

export interface LiveNetworkOptions extends LiveLimits {
  /** Default: the platform's own (browsers, Node ≥ 22, Deno, Bun). */
  readonly WebSocket?: NativeSocketConstructor;
  /** Default: the platform's own. */
  readonly fetch?: Fetch;
  /** Cuts waits short. Default: in a page, when it comes online or is looked at again; elsewhere nothing does. */
  readonly wake?: Observable<unknown>;
}

/**
 * The network of the platform: its own `WebSocket` and `fetch`. In Node before 22 there is no `WebSocket`; `wsNetwork`
 * of `millrace/node` is the network there.
 *
 * A wire that could not be opened or broke errors with `WireLostError`, reason `failed`; one that the other side closed,
 * cleanly or not, with reason `closed` and the close code. Binary frames are read as UTF-8. No error text holds a path, a
 * query or a header; what others say of an endpoint is told only where it has none of those.
 *
 * @throws PlatformError at once where there is no `WebSocket`; on the stream where an endpoint has headers,
 * which this kind of WebSocket can't send.
 */
export function liveNetwork(options: LiveNetworkOptions = {}): Network {
  const { maxFrame = 2 ** 26, openWithin = 10_000, answerWithin = 30_000, scheduler = asyncScheduler } = options;
  const socketOf = options.WebSocket ?? ownSocket();
  const fetch = options.fetch ?? ownFetch;
  const wake = options.wake ?? pageWake();
  return {
    open: (endpoint) => {
      const { url, protocols = [], headers = {} } = endpoint;
      if (Object.keys(headers).length > 0) return throwError(() => new PlatformError('headers', NODE));
      const config = { url, protocols, maxFrame };
      return wireFrom(endpoint, (listener) => nativeSocket(socketOf, config, listener), { openWithin, scheduler });
    },
    request: (request) => fetchRequest(request, { fetch, answerWithin, scheduler }),
    ...(wake && { wake }),
  };
}

const NODE = "in Node use `wsNetwork()` of 'millrace/node'";

function ownSocket(): NativeSocketConstructor {
  if (typeof WebSocket === 'function') return WebSocket;
  throw new PlatformError('websocket', `${NODE}, or hand one in: \`liveNetwork({ WebSocket })\``);
}

const ownFetch: Fetch = (url, init) => fetch(url, init);
