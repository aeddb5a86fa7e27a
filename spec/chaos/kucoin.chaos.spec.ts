import { depthChaosSpec } from '../support/chaosDepthSpec.js';
import { kucoinOfChaos } from '../support/chaosKucoin.js';

depthChaosSpec(kucoinOfChaos);
