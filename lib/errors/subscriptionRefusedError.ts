import type { FatalError } from './isFatal.js';

/** The venue refused one subscription. Ends that channel only; ask again by subscribing again. */
export class SubscriptionRefusedError extends Error implements FatalError {
  override readonly name = 'SubscriptionRefusedError';
  readonly fatal = 'failed';
  constructor(
    readonly venue: string,
    readonly channel: string,
    /** The venue's own words. */
    readonly text: string,
  ) {
    super(`${venue} refused ${channel}: ${text}`);
  }
}
