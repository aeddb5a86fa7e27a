import { bitstampOfChaos } from '../support/chaosBitstamp.js';
import { depthChaosSpec } from '../support/chaosDepthSpec.js';

depthChaosSpec(bitstampOfChaos);
