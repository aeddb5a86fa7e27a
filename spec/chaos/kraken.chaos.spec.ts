import { depthChaosSpec } from '../support/chaosDepthSpec.js';
import { krakenOfChaos } from '../support/chaosKraken.js';

depthChaosSpec(krakenOfChaos);
