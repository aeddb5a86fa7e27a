import type { FatalError } from './isFatal.js';

/** The venue refused one subscription, or its list of instruments has no such name. Ends that channel only; ask again by subscribing again. */
export class SubscriptionRefusedError extends Error implements FatalError {
  override readonly name = 'SubscriptionRefusedError';
  readonly fatal = 'failed';
  constructor(
    readonly venue: string,
    readonly channel: string,
    /** The venue's own words; ours where its list has no such name. */
    readonly text: string,
    /** Of a name that the venue's list does not have, or has more than once: what may have been meant. */
    readonly candidates: readonly string[] = [],
  ) {
    super(`${venue} refused ${channel}: ${text}`);
  }
}
