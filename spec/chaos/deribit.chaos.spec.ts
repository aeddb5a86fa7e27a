import { deribitOfChaos } from '../support/chaosDeribit.js';
import { depthChaosSpec } from '../support/chaosDepthSpec.js';

depthChaosSpec(deribitOfChaos);
