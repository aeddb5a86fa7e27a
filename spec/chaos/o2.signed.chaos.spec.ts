import { o2ChaosSpec } from '../support/o2ChaosSpec.js';

o2ChaosSpec('signed-change');
