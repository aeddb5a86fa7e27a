import {
  aCount,
  aDuration,
  aFunction,
  aNetwork,
  aScheduler,
  checkKind,
  checkOptions,
} from '../../errors/optionRules.js';
import type { Network } from '../network.js';
import { type HttpStreamsOptions, httpStream } from './httpStream.js';

/**
 * The same network with wires to `http://` and `https://` addresses: the lines in the body of one GET. For venues that
 * stream that way; apart from `liveNetwork`, so that only who needs it carries it. In Node `wsNetwork` has them by itself.
 *
 * @throws InvalidArgumentError at once for what can't be meant.
 */
export function withHttpStreams(network: Network, options: HttpStreamsOptions = {}): Network {
  checkKind('network', aNetwork, network);
  checkOptions('options', options, rules);
  return {
    ...network,
    open: (endpoint) => (/^https?:/.test(endpoint.url) ? httpStream(endpoint, options) : network.open(endpoint)),
  };
}

const rules = { fetch: aFunction, maxFrame: aCount, openWithin: aDuration, scheduler: aScheduler };
