import { depthChaosSpec } from '../support/chaosDepthSpec.js';
import { okxOfChaos } from '../support/chaosOkx.js';

depthChaosSpec(okxOfChaos);
