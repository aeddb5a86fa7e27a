import { type OptionRule, aFunction, aNetwork, aNumber, aScheduler, anObject } from '../errors/optionRules.js';

/** The options that every venue has. */
export const exchangeRules: Readonly<Record<string, OptionRule>> = {
  network: aNetwork,
  scheduler: aScheduler,
  random: aFunction,
  backoff: anObject,
  linger: aNumber,
  wireLinger: aNumber,
  confirmWithin: aNumber,
  handshakeWithin: aNumber,
  maxLag: aNumber,
};
