import type { FatalError } from './isFatal.js';

/** The venue refused our credentials for good. Ends every channel of the wire; nothing retries it. */
export class AuthenticationRefusedError extends Error implements FatalError {
  override readonly name = 'AuthenticationRefusedError';
  readonly fatal = 'auth';
  constructor(
    readonly venue: string,
    /** The venue's own words, without anything secret. */
    readonly text: string,
    options?: ErrorOptions,
  ) {
    super(`${venue} refused the credentials: ${text}`, options);
  }
}
