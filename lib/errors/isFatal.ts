/** An error that no retry can help: it ends the channels of its wire as it is. Its message is told, so it holds no secret. */
export interface FatalError extends Error {
  /** By what reason `connection$` tells the wire lost. */
  readonly fatal: 'auth' | 'failed';
}

/**
 * Whether no retry can help: credentials refused for good, a platform that can't do it, an address that the venue does not
 * have. Known by a mark, so that nobody carries the errors of others.
 */
export const isFatal = (error: unknown): error is FatalError =>
  error instanceof Error && /^(auth|failed)$/.test((error as FatalError).fatal);
