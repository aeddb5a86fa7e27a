import { type FaultKind, aFewTimes, noDetails } from './faultKind.js';

/** What can go wrong at every venue: {@link faultNames}. */
export const commonFaults = {
  drop: { details: aFewTimes },
  duplicate: { details: aFewTimes },
  reorder: { details: aFewTimes },
  corruptJson: { details: aFewTimes },
  wrongTypes: { details: aFewTimes },
  crossedBook: { details: aFewTimes },
  refuseConnections: {
    value: 'status',
    details: (dice) => ({ for: dice.lasts(500, 8_000), status: dice.pick([403, 429, 502, 503], 503) }),
  },
  acceptAndClose: {
    value: 'code',
    details: (dice) => ({ for: dice.lasts(200, 4_000), code: dice.pick([1000, 1001, 1008, 1012], 1000) }),
  },
  closeCleanly: {
    momentary: true,
    value: 'code',
    details: (dice) => ({ code: dice.pick([1000, 1001, 1012], 1000) }),
  },
  terminate: { momentary: true, details: noDetails },
  silent: { momentary: true, details: (dice) => (dice.draw() < 0.3 ? {} : { for: dice.lasts(500, 15_000) }) },
  halfOpen: { momentary: true, details: noDetails },
  slowSnapshot: {
    value: 'delay',
    details: (dice) => ({ for: dice.lasts(2_000, 10_000), delay: dice.between(200, 6_000) }),
  },
  staleSnapshot: {
    value: 'delay',
    details: (dice) => ({
      for: dice.lasts(2_000, 10_000),
      count: dice.between(1, 4),
      delay: dice.between(500, 20_000),
    }),
  },
  failingSnapshot: {
    value: 'status',
    details: (dice) => ({
      for: dice.lasts(2_000, 8_000),
      count: dice.between(1, 5),
      status: dice.pick([429, 500, 503], 500),
    }),
  },
  unknownSymbol: { details: (dice) => ({ for: dice.lasts(500, 5_000) }) },
  ackNever: { details: (dice) => ({ for: dice.lasts(1_000, 10_000), count: dice.between(1, 3) }) },
  burst: { momentary: true, details: (dice) => ({ count: dice.between(20, 150) }) },
} as const satisfies Readonly<Record<string, FaultKind>>;
