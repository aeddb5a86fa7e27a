import { SubscriptionRefusedError } from '../errors/subscriptionRefusedError.js';
import type { Report } from '../model/fault.js';

/** What of a stream is told where it is refused. */
interface RefusableStream {
  /** Its key. */
  readonly channel: string;
  readonly report: Report;
}

/**
 * Reports what ends a stream where that is a refusal, by whatever way the venue said it.
 *
 * @returns Whether it is one.
 */
export function reportRefused(error: unknown, { channel, report }: RefusableStream): boolean {
  const isRefused = error instanceof SubscriptionRefusedError;
  if (isRefused) report({ type: 'refused', channel, message: error.message });
  return isRefused;
}
