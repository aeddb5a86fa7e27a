/** A request got no usable answer: none at all (`status` absent), or one the caller can't accept. */
export class RequestFailedError extends Error {
  override readonly name = 'RequestFailedError';
  constructor(
    readonly text: string,
    readonly status?: number,
    /** How long the venue asks us to stay away, in ms. */
    readonly retryAfter?: number,
    options?: ErrorOptions,
  ) {
    super(`request failed${status === undefined ? '' : ` with status ${status}`}: ${text}`, options);
  }
}
