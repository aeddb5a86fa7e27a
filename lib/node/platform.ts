import type { Network } from '../network/network.js';
import { wsNetwork } from './wsNetwork.js';

/** The network of Node. `#platform` means this file there. */
export const platformNetwork = (): Network => wsNetwork();

/** The same: in Node wires to `http` addresses are always there. */
export const streamingNetwork = platformNetwork;
