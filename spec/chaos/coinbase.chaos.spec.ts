import { depthChaosSpec } from '../support/chaosDepthSpec.js';
import { coinbaseOfChaos } from '../support/chaosCoinbase.js';

depthChaosSpec(coinbaseOfChaos);
