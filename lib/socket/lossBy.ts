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

export const kindOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
