/** The venue refused one subscription. Ends that channel only; ask again by subscribing again. */
export class SubscriptionRefusedError extends Error {
  override readonly name = 'SubscriptionRefusedError';
  constructor(
    readonly venue: string,
    readonly channel: string,
    /** The venue's own words. */
    readonly text: string,
  ) {
    super(`${venue} refused ${channel}: ${text}`);
  }
}
