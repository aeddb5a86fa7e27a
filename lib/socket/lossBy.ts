import { isFatal } from '../errors/isFatal.js';
import { WireLostError } from '../errors/wireLostError.js';
import type { LossReason } from '../model/connection.js';

/**
 * What a wire is lost by when something of the caller's or the venue's throws: an error of ours as it is, of anything
 * else only the kind, since its text may hold a secret.
 */
export const lossBy = (cause: unknown, reason: LossReason, what: string): unknown =>
  cause instanceof WireLostError || isFatal(cause)
    ? cause
    : new WireLostError(reason, `${what}: ${kindOf(cause)}`, undefined, { cause });

const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** What is told of a loss. A fatal error is told in its own words, since these hold no secret. */
export function lossOf(error: unknown): WireLostError {
  if (error instanceof WireLostError) return error;
  return isFatal(error) ? new WireLostError(error.fatal, error.message) : new WireLostError('failed', kindOf(error));
}
