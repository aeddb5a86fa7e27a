import { hyperliquidOfChaos } from '../support/chaosHyperliquid.js';
import { depthChaosSpec } from '../support/chaosDepthSpec.js';

depthChaosSpec(hyperliquidOfChaos);
