import type { Network } from './network.js';
import { ownNetwork } from './live/ownNetwork.js';
import { withHttpStreams } from './live/withHttpStreams.js';

/**
 * The network of a platform with sockets of its own: browsers, workers, Deno, Bun. `#platform` means this file
 * everywhere but in Node, where it means the one with `ws`; so a bundle for browsers holds nothing of Node.
 */
export const platformNetwork = (): Network => ownNetwork();

/** The same with wires to `http` addresses, for venues that stream that way. Who does not name it does not carry it. */
export const streamingNetwork = (): Network => withHttpStreams(ownNetwork());
