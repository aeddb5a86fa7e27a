/** The wire could not be brought back within the limit that the caller set. Ends every channel of the wire. */
export class RetriesExhaustedError extends Error {
  override readonly name = 'RetriesExhaustedError';
  constructor(
    readonly attempts: number,
    options?: ErrorOptions,
  ) {
    super(`gave up after ${attempts} attempts`, options);
  }
}
