import { AuthenticationRefusedError } from './authenticationRefusedError.js';
import { PlatformError } from './platformError.js';
import { SubscriptionRefusedError } from './subscriptionRefusedError.js';

/**
 * Whether no retry can help: credentials refused for good, a platform that can't do it, or an address that the venue
 * does not have.
 */
export const isFatal = (error: unknown): error is Error =>
  error instanceof AuthenticationRefusedError ||
  error instanceof PlatformError ||
  error instanceof SubscriptionRefusedError;
