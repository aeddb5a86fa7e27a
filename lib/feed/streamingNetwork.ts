import { streamingNetwork as ofPlatform } from '#platform';
import type { Network } from '../network/network.js';

/** The platform's network with wires to `http` addresses. Apart from the defaults, so that only who needs it carries it. */
// Wrapped, so that no declaration names `#platform`: compilers that resolve as Node 10 did don't know it.
export const streamingNetwork = (): Network => ofPlatform();
