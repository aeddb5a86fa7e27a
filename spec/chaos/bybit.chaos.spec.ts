import { bybitOfChaos } from '../support/chaosBybit.js';
import { depthChaosSpec } from '../support/chaosDepthSpec.js';

depthChaosSpec(bybitOfChaos);
