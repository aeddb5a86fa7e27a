import { aCount, aDuration, aFunction, aScheduler, anObservable, checkOptions } from '../../errors/optionRules.js';
import type { Network } from '../network.js';
import { type LiveNetworkOptions, ownNetwork } from './ownNetwork.js';

/**
 * The network of the platform: its own `WebSocket` and `fetch`. In Node before 22 there is no `WebSocket`; `wsNetwork`
 * of `millrace/node` is the network there.
 *
 * A wire that could not be opened or broke errors with `WireLostError`, reason `failed`; one that the other side closed,
 * cleanly or not, with reason `closed` and the close code. Binary frames are read as UTF-8. No error text holds a path, a
 * query or a header; what others say of an endpoint is told only where it has none of those.
 *
 * @throws InvalidArgumentError at once for options that can't be meant.
 * @throws PlatformError at once where there is no `WebSocket`; on the stream where an endpoint has headers,
 * which this kind of WebSocket can't send.
 */
export function liveNetwork(options: LiveNetworkOptions = {}): Network {
  checkOptions('options', options, rules);
  return ownNetwork(options);
}

const rules = {
  WebSocket: aFunction,
  wake: anObservable,
  fetch: aFunction,
  maxFrame: aCount,
  openWithin: aDuration,
  answerWithin: aDuration,
  scheduler: aScheduler,
};
