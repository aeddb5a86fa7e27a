import { bitfinexOfChaos } from '../support/chaosBitfinex.js';
import { depthChaosSpec } from '../support/chaosDepthSpec.js';

depthChaosSpec(bitfinexOfChaos);
