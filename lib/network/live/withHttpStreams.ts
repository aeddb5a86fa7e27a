import type { Network } from '../network.js';
import { type HttpStreamsOptions, httpStream } from './httpStream.js';

/**
 * The same network with wires to `http://` and `https://` addresses: the lines in the body of one GET. For venues that
 * stream that way; apart from `liveNetwork`, so that only who needs it carries it. In Node `wsNetwork` has them by itself.
 */
export const withHttpStreams = (network: Network, options: HttpStreamsOptions = {}): Network => ({
  ...network,
  open: (endpoint) => (/^https?:/.test(endpoint.url) ? httpStream(endpoint, options) : network.open(endpoint)),
});
