import { platformNetwork } from '#platform';
import { type SchedulerLike, asyncScheduler } from 'rxjs';
import { check } from '../errors/checks.js';
import { aNumber, checkOptions } from '../errors/optionRules.js';
import { SteadyScheduler, steady } from '../time/steadyScheduler.js';
import { defaultBackoff } from '../socket/backoff.js';
import type { Network } from '../network/network.js';
import type { Timing } from '../socket/venueParts.js';
import type { ExchangeOptions } from './exchange.js';

/** The outside of a venue, and how patient it is with it. */
export interface Surroundings {
  readonly network: Network;
  readonly scheduler: SteadyScheduler;
  /** In [0, 1). */
  readonly random: () => number;
  /** How long a channel outlives its last observer, in ms. */
  readonly linger: number;
  readonly timing: Timing;
}

/**
 * What an exchange is made with where the caller says nothing. Names the platform's own, as only `streamingNetwork.ts` does
 * beside it.
 *
 * @throws InvalidArgumentError for a duration, or a figure of the backoff, that is none.
 */
export function withDefaults({
  network = platformNetwork(),
  scheduler = asyncScheduler,
  random = Math.random,
  linger = 1_000,
  wireLinger = 1_000,
  confirmWithin = 10_000,
  handshakeWithin = 10_000,
  maxLag = 5_000,
  ...options
}: ExchangeOptions): Surroundings {
  const durations = { linger, wireLinger, confirmWithin, handshakeWithin, maxLag };
  if (options.backoff !== undefined) checkOptions('backoff', options.backoff, backoffRules);
  const backoff = { ...defaultBackoff, ...options.backoff };
  for (const [field, value] of Object.entries({ ...durations, ...backoff })) {
    check(field, typeof value === 'number' && value >= 0, 'a number from 0', value);
  }
  // Pauses that shrink would have a venue that is down asked ever faster.
  check('factor', backoff.factor >= 1, 'a number from 1', backoff.factor);
  const timing = { backoff, wireLinger, confirmWithin, handshakeWithin, maxLag };
  return { network, scheduler: timeOf(scheduler), random, linger, timing };
}

/** Of the two clocks of a platform one is never set: it tells a program that was held up from a clock that was set. */
const timeOf = (scheduler: SchedulerLike): SteadyScheduler =>
  scheduler === asyncScheduler ? new SteadyScheduler(scheduler, () => performance.now()) : steady(scheduler);

const backoffRules = { base: aNumber, factor: aNumber, cap: aNumber, stableAfter: aNumber, limit: aNumber };
