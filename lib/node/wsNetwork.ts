import { type FetchOptions, fetchRequest } from '../network/live/fetchRequest.js';
import { httpStream } from '../network/live/httpStream.js';
import { socketWire } from '../network/live/socketWire.js';
import type { Network } from '../network/network.js';
import { aCount, aDuration, aFunction, aScheduler, checkOptions } from '../errors/optionRules.js';
import { wsSocket } from './wsSocket.js';

/** How the network of Node opens sockets by `ws`, and its limits. */
export interface WsNetworkOptions extends FetchOptions {
  /** How long our closing handshake may take before the socket is cut, in ms. Default: 2,000. */
  readonly closeWithin?: number;
}

/**
 * The live network of Node, on `ws`: sends headers, answers protocol pings, and shows pings and pongs as the wire's
 * `activity`. The status of a refused upgrade is the error's `code`. Wires to `http` addresses are `httpStream`s, whose lines
 * are bounded in characters. Otherwise like `liveNetwork`.
 *
 * @throws InvalidArgumentError for options that can't be meant.
 */
export function wsNetwork(options: WsNetworkOptions = {}): Network {
  checkOptions('options', options, rules);
  return {
    open: (endpoint) =>
      /^https?:/.test(endpoint.url)
        ? httpStream(endpoint, options)
        : socketWire(endpoint, (to) => wsSocket(to, options), options),
    request: (request) => fetchRequest(request, options),
    answersWithin: options.answerWithin,
  };
}

const rules = {
  fetch: aFunction,
  maxFrame: aCount,
  openWithin: aDuration,
  answerWithin: aDuration,
  closeWithin: aDuration,
  scheduler: aScheduler,
};
