import {
  type OptionRule,
  aDuration,
  aFunction,
  aNetwork,
  aScheduler,
  anObject,
  fromZero,
} from '../errors/optionRules.js';

/** The options that every venue has. */
export const exchangeRules: Readonly<Record<string, OptionRule>> = {
  network: aNetwork,
  scheduler: aScheduler,
  random: aFunction,
  backoff: anObject,
  linger: fromZero,
  wireLinger: fromZero,
  confirmWithin: aDuration,
  handshakeWithin: aDuration,
  maxLag: fromZero,
};
