/** A consumer fell behind by more than it allowed, and asked to be told by an error. Ends that observer's stream only. */
export class BufferOverflowError extends Error {
  override readonly name = 'BufferOverflowError';
  constructor(readonly limit: number) {
    super(`more than ${limit} values are waiting`);
  }
}
