import { type FaultKind, aFewTimes, noDetails } from '../faults/faultKind.js';

/**
 * What can go wrong at a simulated T+ only.
 *
 * - `nonceRefused`: signing in is refused because of its nonce.
 * - `signInFails`: signing in gets an HTTP error.
 * - `upgradeRefused`: a user's stream is refused as if its token were none.
 * - `tokenExpired`: no token is known any more, and the users' streams are told so and closed.
 * - `sequenceRestart`: all connections are closed, and the books count anew.
 * - `foreignFrame`: a diff of another market comes before the right one.
 */
export const tplusFaults = {
  nonceRefused: { details: aFewTimes },
  signInFails: {
    value: 'status',
    details: (dice) => ({ for: dice.lasts(1_000, 8_000), status: dice.pick([429, 500, 503], 500) }),
  },
  upgradeRefused: {
    value: 'status',
    details: (dice) => ({ count: dice.between(1, 3), status: dice.pick([401, 403], 401) }),
  },
  tokenExpired: { momentary: true, details: noDetails },
  sequenceRestart: { momentary: true, details: noDetails },
  foreignFrame: { details: aFewTimes },
} as const satisfies Readonly<Record<string, FaultKind>>;
