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

/** What `liveNetwork` gives, of options that are right: an exchange without a network has it as it is. */
export function ownNetwork(options: LiveNetworkOptions = {}): Network {
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
