import { chaosSpec } from '../support/chaosSpec.js';

chaosSpec('spot');
