import type { Observable } from 'rxjs';
import { PlatformError } from '../../errors/platformError.js';
import type { Network } from '../network.js';
import { type FetchOptions, fetchRequest } from './fetchRequest.js';
import { pageWake } from './pageWake.js';
import { type SocketConstructor, socketWire } from './socketWire.js';

/** What the live network opens sockets and makes requests with, and its limits. */
export interface LiveNetworkOptions extends FetchOptions {
  /** Default: the platform's own (browsers, Node ≥ 22, Deno, Bun). */
  readonly WebSocket?: SocketConstructor;
  /** Cuts waits short. Default: in a page, when it comes online or is looked at again; elsewhere nothing does. */
  readonly wake?: Observable<unknown>;
}

interface Platform {
  readonly WebSocket?: SocketConstructor;
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
  const { WebSocket: Socket = (globalThis as Platform).WebSocket, wake = pageWake() } = options;
  if (Socket === undefined) {
    throw new PlatformError('websocket', NODE);
  }
  return {
    open: (endpoint) =>
      socketWire(
        endpoint,
        ({ url, protocols = [], headers = {} }) => {
          if (Object.keys(headers).length > 0) throw new PlatformError('headers', NODE);
          return new Socket(url, [...protocols]);
        },
        options,
      ),
    request: (request) => fetchRequest(request, options),
    answersWithin: options.answerWithin,
    wake,
  };
}

const NODE = "use wsNetwork() of 'millrace/node'";
