import { type FetchOptions, fetchRequest } from '../network/live/fetchRequest.js';
import { httpStream } from '../network/live/httpStream.js';
import { socketWire } from '../network/live/socketWire.js';
import { type Fetch, ownFetch } from '../network/live/fetchHere.js';
import type { Endpoint, HttpRequest, Network } from '../network/network.js';
import { aCount, aDuration, aFunction, aScheduler, anything, checkOptions } from '../errors/optionRules.js';
import { type DialOptions, type Dialled, checkDial, dialBy } from './dial.js';
import { nodeFetch } from './nodeFetch.js';
import { namingProxy } from './proxyRefusedError.js';
import { wsSocket } from './wsSocket.js';

/** How the network of Node opens sockets by `ws` and makes requests, and its limits. */
export interface WsNetworkOptions extends FetchOptions, DialOptions {
  /** How long our closing handshake may take before the socket is cut, in ms. Default: 2,000. */
  readonly closeWithin?: number;
}

/**
 * The live network of Node, on `ws`: sends headers, answers protocol pings, and shows pings and pongs as the wire's
 * `activity`. The status of a refused upgrade is the error's `code`. Wires to `http` addresses are `httpStream`s, whose lines
 * are bounded in characters. Proxies of the environment are used. Otherwise like `liveNetwork`.
 *
 * @throws InvalidArgumentError for options that can't be meant.
 * @throws PlatformError on the stream where the environment names a proxy that is none of HTTP.
 */
export function wsNetwork(options: WsNetworkOptions = {}): Network {
  checkOptions('options', options, rules);
  checkDial(options);
  const { headers = {} } = options;
  const dial = dialBy(options);
  const byNode = nodeFetch(dial);
  // The platform's own, where nothing of this is asked of it: it keeps connections open.
  const fetch: Fetch = (url, init) => (isPlain(dial(url)) ? ownFetch(url, init) : byNode(url, init));
  const around = { ...options, fetch: options.fetch ?? fetch };
  const headed = <T extends Endpoint | HttpRequest>(to: T): T =>
    Object.keys(headers).length === 0 ? to : { ...to, headers: { ...headers, ...to.headers } };
  return {
    open: (endpoint) =>
      /^https?:/.test(endpoint.url)
        ? httpStream(headed(endpoint), around).pipe(namingProxy(endpoint))
        : socketWire(headed(endpoint), (to) => wsSocket(to, options, dial(to.url)), options),
    request: (request) => fetchRequest(headed(request), around).pipe(namingProxy(request)),
    answersWithin: options.answerWithin,
  };
}

const isPlain = ({ agent, ca }: Dialled): boolean => agent === undefined && ca === undefined;

const rules = {
  fetch: aFunction,
  maxFrame: aCount,
  openWithin: aDuration,
  answerWithin: aDuration,
  closeWithin: aDuration,
  scheduler: aScheduler,
  agent: anything,
  headers: anything,
  ca: anything,
};
