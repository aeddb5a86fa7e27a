import { asyncScheduler } from 'rxjs';
import { WebSocket } from 'ws';
import { type Fetch, fetchRequest } from '../network/live/fetchRequest.js';
import { httpStream } from '../network/live/httpStream.js';
import { type SocketHandle, type SocketListener, wireFrom } from '../network/live/wireFrom.js';
import type { LiveLimits } from '../network/live.js';
import type { Network } from '../network/network.js';
import { wsSocket } from './wsSocket.js';

export interface WsNetworkOptions extends LiveLimits {
  /** Default: Node's own. */
  readonly fetch?: Fetch;
  /** How long our closing handshake may take before the socket is cut, in ms. Default: 2,000. */
  readonly closeWithin?: number;
}

/**
 * The live network of Node, on `ws`: sends headers, answers protocol pings, and shows pings and pongs as the wire's
 * `activity`. The status of a refused upgrade is the error's `code`. Wires to `http` addresses are `httpStream`s, whose lines
 * are bounded in characters. Otherwise like `liveNetwork`.
 */
export function wsNetwork(options: WsNetworkOptions = {}): Network {
  const { maxFrame = 2 ** 26, openWithin = 10_000, answerWithin = 30_000, closeWithin = 2_000 } = options;
  const { scheduler = asyncScheduler, fetch: fetchOf = ownFetch } = options;
  return {
    open: (endpoint) => {
      const { url, protocols = [], headers = {} } = endpoint;
      if (/^https?:/.test(url)) return httpStream(endpoint, { fetch: fetchOf, maxFrame, openWithin, scheduler });
      const config = { url, protocols, headers, maxFrame, closeWithin };
      const start = (listener: SocketListener): SocketHandle => wsSocket(WebSocket, config, listener);
      return wireFrom(endpoint, start, { openWithin, scheduler });
    },
    request: (request) => fetchRequest(request, { fetch: fetchOf, answerWithin, scheduler }),
  };
}

const ownFetch: Fetch = (url, init) => fetch(url, init);
