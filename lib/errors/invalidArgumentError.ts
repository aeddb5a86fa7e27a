/** The caller gave something that can't be meant. Thrown at once, at the call. */
export class InvalidArgumentError extends Error {
  override readonly name = 'InvalidArgumentError';
  constructor(
    readonly field: string,
    /** What would have been right. */
    readonly expected: string,
    received: unknown,
  ) {
    super(`${field}: expected ${expected}, got ${show(received)}`);
  }
}

const show = (value: unknown): string =>
  (typeof value === 'string' ? JSON.stringify(value) : String(value)).slice(0, 100);
